/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A conversation on screen: list, typing line, composer, and what they ask of each other.
 * Opening one is in uc-conversation-pane-open.c. */

#include "config.h"

#include "uc-conversation-pane-private.h"

#include "uc-format.h"
#include "uc-thread.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (UcConversationPane, uc_conversation_pane, GTK_TYPE_WIDGET)

enum {
  THREAD,
  LEAVE,
  NOTICE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

void
_uc_conversation_pane_show_jump (UcConversationPane *self)
{
  const gboolean is_at_end = uc_conversation_list_is_at_end (self->list);

  if (is_at_end)
    self->n_missed = 0;
  if (self->n_missed > 0) {
    g_autofree char *text = g_strdup_printf (
        ngettext ("%u new message", "%u new messages", self->n_missed), self->n_missed);

    gtk_label_set_text (self->jump_label, text);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->jump_button),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  } else {
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->jump_button),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Jump to newest"), -1);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->jump_label), self->n_missed > 0);
  gtk_revealer_set_reveal_child (self->jump_revealer, !is_at_end);
}

/* Only while some of them were passed over: who reads on needs no way back. */
void
_uc_conversation_pane_show_unread (UcConversationPane *self)
{
  const guint n = self->timeline != NULL ? uc_timeline_get_n_skipped (self->timeline) : 0;

  if (n > 0) {
    g_autofree char *text = g_strdup_printf (ngettext ("%u new message", "%u new messages", n), n);

    gtk_label_set_text (self->unread_label, text);
  }
  gtk_revealer_set_reveal_child (self->unread_revealer, n > 0);
}

void
_uc_conversation_pane_show_typing (UcConversationPane *self)
{
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;

  if (*self->channel_id != '\0')
    ids = uc_session_dup_typing (self->session, self->channel_id);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    g_ptr_array_add (names, uc_directory_dup_name (self->directory, g_ptr_array_index (ids, i)));
  text = uc_format_typing (names);
  gtk_label_set_text (self->typing, text);
}

static void
typing_changed_cb (UcConversationPane *self, const char *channel_id)
{
  if (g_str_equal (channel_id, self->channel_id))
    _uc_conversation_pane_show_typing (self);
}

static void
posted_cb (UcConversationPane *self, UcMessage *message, gboolean mentions_me)
{
  if (!g_str_equal (message->post->channel_id, self->channel_id) ||
      (*self->root_id != '\0' && !g_str_equal (message->post->root_id, self->root_id)) ||
      uc_conversation_list_is_at_end (self->list))
    return;

  self->n_missed++;
  _uc_conversation_pane_show_jump (self);
}

static void
jump_cb (UcConversationPane *self)
{
  uc_conversation_pane_jump_newest (self);
}

static void
unread_cb (UcConversationPane *self)
{
  uc_conversation_pane_jump_unread (self);
}

static void
retry_cb (UcConversationPane *self, UcTimelineItem *hole)
{
  if (self->timeline != NULL)
    uc_timeline_retry_hole (self->timeline, hole);
}

static void
sent_cb (UcConversationPane *self)
{
  if (self->timeline != NULL)
    uc_timeline_clear_divider (self->timeline);
  uc_conversation_list_show_newest (self->list);
}

static void
edit_last_cb (UcConversationPane *self)
{
  UcTimelineItem *item = self->timeline != NULL ? uc_timeline_get_last_own (self->timeline) : NULL;

  if (item != NULL)
    uc_composer_edit (self->composer, uc_timeline_item_get_message (item));
}

static void
leave_cb (UcConversationPane *self)
{
  uc_conversation_list_show_newest (self->list);
  g_signal_emit (self, signals[LEAVE], 0);
}

static void
notice_cb (UcConversationPane *self, const char *text)
{
  g_signal_emit (self, signals[NOTICE], 0, text);
}

static void
request_cb (UcConversationPane *self, guint request, UcMessage *message)
{
  const char *root = *message->post->root_id != '\0' ? message->post->root_id : message->post->id;

  switch ((UcRowRequest) request) {
  case UC_ROW_REQUEST_REPLY:
    /* In a thread every message is a reply already. */
    if (uc_row_context_is_thread (self->context))
      uc_composer_focus_text (self->composer);
    else
      uc_composer_reply (self->composer, message);
    break;
  case UC_ROW_REQUEST_THREAD:
    g_signal_emit (self, signals[THREAD], 0, root);
    break;
  case UC_ROW_REQUEST_EDIT:
    uc_composer_edit (self->composer, message);
    break;
  default:
    g_assert_not_reached ();
  }
}

/* Below the last row comes the composer. */
static gboolean
keynav_failed_cb (UcConversationPane *self, GtkDirectionType direction)
{
  if (direction != GTK_DIR_DOWN)
    return FALSE;

  uc_composer_focus_text (self->composer);

  return TRUE;
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, UcConversationPane *self)
{
  if (*self->channel_id == '\0')
    return FALSE;
  for (GSList *link = g_value_get_boxed (value); link != NULL; link = link->next)
    uc_composer_attach (self->composer, link->data);
  uc_composer_focus_text (self->composer);

  return TRUE;
}

/* The page keys scroll while one writes, too. */
static gboolean
page_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  UcConversationPane *self = UC_CONVERSATION_PANE (widget);

  uc_conversation_list_scroll_pages (self->list, g_variant_get_int32 (args));

  return GDK_EVENT_STOP;
}

static void
uc_conversation_pane_dispose (GObject *object)
{
  UcConversationPane *self = UC_CONVERSATION_PANE (object);
  GtkWidget          *child;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), UC_TYPE_CONVERSATION_PANE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->timeline);
  g_clear_object (&self->context);
  g_clear_object (&self->directory);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (uc_conversation_pane_parent_class)->dispose (object);
}

static void
uc_conversation_pane_finalize (GObject *object)
{
  UcConversationPane *self = UC_CONVERSATION_PANE (object);

  g_ptr_array_unref (self->places);
  g_free (self->channel_id);
  g_free (self->root_id);

  G_OBJECT_CLASS (uc_conversation_pane_parent_class)->finalize (object);
}

static void
uc_conversation_pane_class_init (UcConversationPaneClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType     type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = uc_conversation_pane_dispose;
  object_class->finalize = uc_conversation_pane_finalize;

  signals[THREAD] = g_signal_new ("thread", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LEAVE] =
      g_signal_new ("leave", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NOTICE] = g_signal_new ("notice", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "conversation");
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/example/UnifiedChat/ui/uc-conversation-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, UcConversationPane, overlay);
  gtk_widget_class_bind_template_child (widget_class, UcConversationPane, jump_revealer);
  gtk_widget_class_bind_template_child (widget_class, UcConversationPane, jump_button);
  gtk_widget_class_bind_template_child (widget_class, UcConversationPane, jump_label);
  gtk_widget_class_bind_template_child (widget_class, UcConversationPane, unread_revealer);
  gtk_widget_class_bind_template_child (widget_class, UcConversationPane, unread_label);
  gtk_widget_class_bind_template_child (widget_class, UcConversationPane, typing);
  gtk_widget_class_bind_template_child (widget_class, UcConversationPane, clamp);
  gtk_widget_class_bind_template_callback (widget_class, jump_cb);
  gtk_widget_class_bind_template_callback (widget_class, unread_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Up, GDK_SHIFT_MASK, page_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Down, GDK_SHIFT_MASK, page_cb, "i", 1);
}

static void
uc_conversation_pane_init (UcConversationPane *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_type_ensure (ADW_TYPE_CLAMP);
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Before the text view takes the names of files for text. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  self->places = g_ptr_array_new_with_free_func (_uc_conversation_place_free);
  self->channel_id = g_strdup ("");
  self->root_id = g_strdup ("");
}

/**
 * uc_conversation_pane_new:
 * @session: the account
 * @directory: its people
 * @sidebar: its channels
 * @is_thread: whether it shows threads
 *
 * Returns: (transfer floating): a pane that shows nothing
 */
GtkWidget *
uc_conversation_pane_new (UcSession   *session,
                          UcDirectory *directory,
                          UcSidebar   *sidebar,
                          gboolean     is_thread)
{
  UcConversationPane *self;

  UC_ASSERT_MAIN_THREAD ();

  self = g_object_new (UC_TYPE_CONVERSATION_PANE, NULL);
  self->session = g_object_ref (session);
  self->directory = g_object_ref (directory);
  self->context = uc_row_context_new (session, directory, is_thread);
  self->list = UC_CONVERSATION_LIST (uc_conversation_list_new (self->context));
  gtk_overlay_set_child (self->overlay, GTK_WIDGET (self->list));
  self->composer = UC_COMPOSER (uc_composer_new (session, directory, sidebar));
  adw_clamp_set_child (self->clamp, GTK_WIDGET (self->composer));

  g_signal_connect_object (session, "typing-changed", G_CALLBACK (typing_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "posted", G_CALLBACK (posted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "request", G_CALLBACK (request_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "notice", G_CALLBACK (notice_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::at-end",
                           G_CALLBACK (_uc_conversation_pane_show_jump), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "keynav-failed", G_CALLBACK (keynav_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->composer, "sent", G_CALLBACK (sent_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->composer, "edit-last", G_CALLBACK (edit_last_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->composer, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->composer, "notice", G_CALLBACK (notice_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * uc_conversation_pane_get_channel_id:
 * @self: a pane
 *
 * Returns: (transfer none): the conversation, "" for none
 */
const char *
uc_conversation_pane_get_channel_id (UcConversationPane *self)
{
  g_return_val_if_fail (UC_IS_CONVERSATION_PANE (self), "");

  return self->channel_id;
}

/**
 * uc_conversation_pane_get_root_id:
 * @self: a pane
 *
 * Returns: (transfer none): the thread, "" for the channel as a whole
 */
const char *
uc_conversation_pane_get_root_id (UcConversationPane *self)
{
  g_return_val_if_fail (UC_IS_CONVERSATION_PANE (self), "");

  return self->root_id;
}

/**
 * uc_conversation_pane_get_composer:
 * @self: a pane
 *
 * Returns: (transfer none): where one writes
 */
UcComposer *
uc_conversation_pane_get_composer (UcConversationPane *self)
{
  g_return_val_if_fail (UC_IS_CONVERSATION_PANE (self), NULL);

  return self->composer;
}

/**
 * uc_conversation_pane_get_context:
 * @self: a pane
 *
 * Returns: (transfer none): what its rows share
 */
UcRowContext *
uc_conversation_pane_get_context (UcConversationPane *self)
{
  g_return_val_if_fail (UC_IS_CONVERSATION_PANE (self), NULL);

  return self->context;
}
