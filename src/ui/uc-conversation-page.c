/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The content half of the window: head, conversation, thread. It tells the session what is
 * on screen. What it shows of the head and where links lead is in
 * uc-conversation-page-parts.c. */

#include "config.h"

#include "uc-conversation-page-private.h"

#include "uc-thread.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (UcConversationPage, uc_conversation_page, ADW_TYPE_NAVIGATION_PAGE)

enum {
  PROP_0,
  PROP_CHANNEL_ID,
  PROP_SHOW_FLAGS,
  PROP_USE_24H,
  PROP_SEND_ON_ENTER,
  N_PROPS,
};

enum {
  OPEN_CHANNEL,
  OPEN_USER,
  OPEN_MESSAGE,
  SEARCH,
  NOTICE,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint       signals[N_SIGNALS];

/* What is on screen is fetched first, and read while somebody looks. */
static void
tell_visible (UcConversationPage *self)
{
  const char *channel_id = uc_conversation_page_get_channel_id (self);

  if (self->window == NULL || *channel_id == '\0')
    uc_session_set_visible (self->session, NULL, FALSE);
  else
    uc_session_set_visible (self->session, channel_id, gtk_window_is_active (self->window));
}

static void
favourite_cb (UcConversationPage *self)
{
  const gboolean wanted = gtk_toggle_button_get_active (self->favourite_button);

  if (wanted != uc_conversation_head_is_favourite (self->head))
    uc_session_set_favourite (self->session, uc_conversation_page_get_channel_id (self), wanted);
}

static void
close_thread_cb (UcConversationPage *self)
{
  adw_overlay_split_view_set_show_sidebar (self->split_view, FALSE);
}

/* Also closed by a swipe or by Escape. */
static void
sidebar_shown_cb (UcConversationPage *self)
{
  if (adw_overlay_split_view_get_show_sidebar (self->split_view))
    return;

  uc_conversation_pane_open (self->thread_pane, NULL, "", NULL);
  if (*uc_conversation_page_get_channel_id (self) != '\0')
    uc_composer_focus_text (uc_conversation_pane_get_composer (self->main_pane));
}

static void
thread_cb (UcConversationPage *self, const char *root_id)
{
  uc_conversation_page_open_thread (self, root_id);
}

static void
uc_conversation_page_map (GtkWidget *widget)
{
  UcConversationPage *self = UC_CONVERSATION_PAGE (widget);
  GtkRoot            *root = gtk_widget_get_root (widget);

  GTK_WIDGET_CLASS (uc_conversation_page_parent_class)->map (widget);

  if (!GTK_IS_WINDOW (root))
    return;
  self->window = GTK_WINDOW (root);
  self->active_id = g_signal_connect_object (root, "notify::is-active", G_CALLBACK (tell_visible),
                                             self, G_CONNECT_SWAPPED);
  tell_visible (self);
}

static void
uc_conversation_page_unmap (GtkWidget *widget)
{
  UcConversationPage *self = UC_CONVERSATION_PAGE (widget);

  if (self->window != NULL) {
    g_clear_signal_handler (&self->active_id, self->window);
    self->window = NULL;
    tell_visible (self);
  }

  GTK_WIDGET_CLASS (uc_conversation_page_parent_class)->unmap (widget);
}

static void
uc_conversation_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UcConversationPage *self = UC_CONVERSATION_PAGE (object);

  switch (prop_id) {
  case PROP_CHANNEL_ID:
    g_value_set_string (value, uc_conversation_page_get_channel_id (self));
    break;
  case PROP_SHOW_FLAGS:
    g_value_set_boolean (value, self->show_flags);
    break;
  case PROP_USE_24H:
    g_value_set_boolean (value, self->use_24h);
    break;
  case PROP_SEND_ON_ENTER:
    g_value_set_boolean (value, self->send_on_enter);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_conversation_page_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  UcConversationPage *self = UC_CONVERSATION_PAGE (object);
  gboolean           *place;

  switch (prop_id) {
  case PROP_SHOW_FLAGS:
  case PROP_USE_24H:
    place = prop_id == PROP_SHOW_FLAGS ? &self->show_flags : &self->use_24h;
    if (*place == g_value_get_boolean (value))
      return;
    *place = g_value_get_boolean (value);
    g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_SEND_ON_ENTER:
    if (self->send_on_enter == g_value_get_boolean (value))
      return;
    self->send_on_enter = g_value_get_boolean (value);
    _uc_conversation_page_update_enter (self);
    g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_conversation_page_dispose (GObject *object)
{
  UcConversationPage *self = UC_CONVERSATION_PAGE (object);

  if (self->window != NULL)
    g_clear_signal_handler (&self->active_id, self->window);
  self->window = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), UC_TYPE_CONVERSATION_PAGE);
  self->main_pane = NULL;
  self->thread_pane = NULL;
  g_clear_object (&self->head);
  g_clear_object (&self->directory);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (uc_conversation_page_parent_class)->dispose (object);
}

static void
install_signals (UcConversationPageClass *klass)
{
  static const char *const names[N_SIGNALS] = {
    [OPEN_CHANNEL] = "open-channel",
    [OPEN_USER] = "open-user",
    [OPEN_MESSAGE] = "open-message",
    [SEARCH] = "search",
    [NOTICE] = "notice",
  };

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
uc_conversation_page_class_init (UcConversationPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = uc_conversation_page_get_property;
  object_class->set_property = uc_conversation_page_set_property;
  object_class->dispose = uc_conversation_page_dispose;
  widget_class->map = uc_conversation_page_map;
  widget_class->unmap = uc_conversation_page_unmap;

  props[PROP_CHANNEL_ID] =
      g_param_spec_string ("channel-id", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_SHOW_FLAGS] =
      g_param_spec_boolean ("show-flags", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_USE_24H] =
      g_param_spec_boolean ("use-24h", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_SEND_ON_ENTER] =
      g_param_spec_boolean ("send-on-enter", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  install_signals (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/example/UnifiedChat/ui/uc-conversation-page.ui");
  gtk_widget_class_bind_template_child (widget_class, UcConversationPage, header_bar);
  gtk_widget_class_bind_template_child (widget_class, UcConversationPage, presence_icon);
  gtk_widget_class_bind_template_child (widget_class, UcConversationPage, title_box);
  gtk_widget_class_bind_template_child (widget_class, UcConversationPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, UcConversationPage, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, UcConversationPage, date_button);
  gtk_widget_class_bind_template_child (widget_class, UcConversationPage, favourite_place);
  gtk_widget_class_bind_template_child (widget_class, UcConversationPage, favourite_button);
  gtk_widget_class_bind_template_child (widget_class, UcConversationPage, stack);
  gtk_widget_class_bind_template_child (widget_class, UcConversationPage, split_view);
  gtk_widget_class_bind_template_child (widget_class, UcConversationPage, thread_view);
  gtk_widget_class_bind_template_callback (widget_class, favourite_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_thread_cb);
}

static void
uc_conversation_page_init (UcConversationPage *self)
{
  self->use_24h = TRUE;
  self->send_on_enter = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * uc_conversation_page_new:
 * @session: the account
 * @directory: its people
 * @sidebar: its channels
 *
 * Returns: (transfer floating): a page that shows the empty state
 */
UcConversationPage *
uc_conversation_page_new (UcSession *session, UcDirectory *directory, UcSidebar *sidebar)
{
  UcConversationPage *self;

  UC_ASSERT_MAIN_THREAD ();
  g_return_val_if_fail (UC_IS_SESSION (session), NULL);
  g_return_val_if_fail (UC_IS_DIRECTORY (directory), NULL);
  g_return_val_if_fail (UC_IS_SIDEBAR (sidebar), NULL);

  self = g_object_new (UC_TYPE_CONVERSATION_PAGE, NULL);
  self->session = g_object_ref (session);
  self->directory = g_object_ref (directory);
  self->main_pane =
      UC_CONVERSATION_PANE (uc_conversation_pane_new (session, directory, sidebar, FALSE));
  self->thread_pane =
      UC_CONVERSATION_PANE (uc_conversation_pane_new (session, directory, sidebar, TRUE));
  adw_overlay_split_view_set_content (self->split_view, GTK_WIDGET (self->main_pane));
  adw_toolbar_view_set_content (self->thread_view, GTK_WIDGET (self->thread_pane));
  _uc_conversation_page_add_date (self);
  _uc_conversation_page_connect_pane (self, self->main_pane);
  _uc_conversation_page_connect_pane (self, self->thread_pane);
  g_signal_connect_object (self->main_pane, "thread", G_CALLBACK (thread_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->thread_pane, "leave", G_CALLBACK (close_thread_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->split_view, "notify::show-sidebar", G_CALLBACK (sidebar_shown_cb),
                           self, G_CONNECT_SWAPPED);
  uc_composer_set_placeholder (uc_conversation_pane_get_composer (self->thread_pane),
                               _ ("Reply in the thread"));

  self->head = uc_conversation_head_new (session, directory);
  g_signal_connect_object (self->head, "changed", G_CALLBACK (_uc_conversation_page_show_head),
                           self, G_CONNECT_SWAPPED);
  _uc_conversation_page_show_head (self);

  return self;
}

static void
open (UcConversationPage *self, const char *channel_id, const char *post_id)
{
  const gboolean is_other = g_strcmp0 (uc_conversation_page_get_channel_id (self), channel_id) != 0;

  if (is_other)
    adw_overlay_split_view_set_show_sidebar (self->split_view, FALSE);
  uc_conversation_pane_open (self->main_pane, channel_id, "", post_id);
  uc_conversation_head_set_channel (self->head, channel_id != NULL ? channel_id : "");
  gtk_stack_set_visible_child_name (self->stack, channel_id != NULL ? "conversation" : "empty");
  if (!is_other)
    return;
  tell_visible (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHANNEL_ID]);
}

/**
 * uc_conversation_page_open:
 * @self: a page
 * @channel_id: (nullable): a conversation, %NULL for the empty state
 *
 * Shows a conversation, from its first unread message or its end.
 */
void
uc_conversation_page_open (UcConversationPage *self, const char *channel_id)
{
  g_return_if_fail (UC_IS_CONVERSATION_PAGE (self));
  UC_ASSERT_MAIN_THREAD ();

  open (self, channel_id, NULL);
}

/**
 * uc_conversation_page_open_message:
 * @self: a page
 * @channel_id: its conversation
 * @post_id: a message
 *
 * Shows a message in its place and marks it for a moment; it is fetched when it is not
 * stored. ::notice says when it cannot be had.
 */
void
uc_conversation_page_open_message (UcConversationPage *self,
                                   const char         *channel_id,
                                   const char         *post_id)
{
  g_return_if_fail (UC_IS_CONVERSATION_PAGE (self));
  g_return_if_fail (channel_id != NULL && post_id != NULL);
  UC_ASSERT_MAIN_THREAD ();

  open (self, channel_id, post_id);
}

/**
 * uc_conversation_page_open_thread:
 * @self: a page that shows a conversation
 * @root_id: the first message of a thread of it
 *
 * Shows the thread beside the conversation, or above it when it is narrow.
 */
void
uc_conversation_page_open_thread (UcConversationPage *self, const char *root_id)
{
  const char *channel_id;

  g_return_if_fail (UC_IS_CONVERSATION_PAGE (self));
  g_return_if_fail (root_id != NULL);
  UC_ASSERT_MAIN_THREAD ();

  channel_id = uc_conversation_page_get_channel_id (self);
  if (*channel_id == '\0')
    return;
  uc_conversation_pane_open (self->thread_pane, channel_id, root_id, NULL);
  adw_overlay_split_view_set_show_sidebar (self->split_view, TRUE);
  uc_composer_focus_text (uc_conversation_pane_get_composer (self->thread_pane));
}

/**
 * uc_conversation_page_get_channel_id:
 * @self: a page
 *
 * Returns: (transfer none): the conversation shown, "" for none
 */
const char *
uc_conversation_page_get_channel_id (UcConversationPage *self)
{
  g_return_val_if_fail (UC_IS_CONVERSATION_PAGE (self), "");

  return self->main_pane != NULL ? uc_conversation_pane_get_channel_id (self->main_pane) : "";
}

/**
 * uc_conversation_page_pack_end:
 * @self: a page
 * @widget: a widget for the header bar
 *
 * Puts a widget of the shell into the header bar.
 */
void
uc_conversation_page_pack_end (UcConversationPage *self, GtkWidget *widget)
{
  g_return_if_fail (UC_IS_CONVERSATION_PAGE (self));

  adw_header_bar_pack_end (self->header_bar, widget);
}

/**
 * uc_conversation_page_focus_composer:
 * @self: a page
 *
 * Lets one write.
 */
void
uc_conversation_page_focus_composer (UcConversationPage *self)
{
  g_return_if_fail (UC_IS_CONVERSATION_PAGE (self));

  uc_composer_focus_text (uc_conversation_pane_get_composer (self->main_pane));
}

/**
 * uc_conversation_page_flush:
 * @self: a page
 *
 * Writes drafts down at once.
 */
void
uc_conversation_page_flush (UcConversationPage *self)
{
  g_return_if_fail (UC_IS_CONVERSATION_PAGE (self));

  uc_composer_flush (uc_conversation_pane_get_composer (self->main_pane));
  uc_composer_flush (uc_conversation_pane_get_composer (self->thread_pane));
}
