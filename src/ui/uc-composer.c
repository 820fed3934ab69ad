/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The composer: what it is made of, and where it writes. Sending is in uc-composer-send.c,
 * reply and edit in uc-composer-mode.c, drafts in uc-composer-draft.c, files in
 * uc-composer-files.c, suggestions in uc-composer-complete.c, keys in uc-composer-keys.c. */

#include "config.h"

#include "uc-composer-private.h"

#include "uc-limits.h"
#include "uc-thread.h"

#include <glib/gi18n.h>

/* The others need not hear of every letter. */
#define TYPING_EVERY_US (5 * G_USEC_PER_SEC)

/* After so many it scrolls. */
#define MAX_LINES 8

/* So many characters before the limit the count shows. */
#define COUNT_FROM (UC_LIMIT_POST_CHARS - 1000)

G_DEFINE_FINAL_TYPE (UcComposer, uc_composer, GTK_TYPE_WIDGET)

enum {
  SENT,
  EDIT_LAST,
  LEAVE,
  NOTICE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static int
count_chars (UcComposer *self)
{
  return gtk_text_buffer_get_char_count (self->buffer);
}

/* Buttons, count and placeholder for what stands there now. */
void
_uc_composer_update (UcComposer *self)
{
  const int n = count_chars (self);

  if (self->channel_id == NULL)
    return;

  gtk_widget_set_sensitive (self->send_button, _uc_composer_can_send (self));
  gtk_widget_set_sensitive (self->attach_button, self->mode != UC_COMPOSER_EDIT);
  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), n == 0 && !self->has_preedit);
  gtk_widget_set_visible (GTK_WIDGET (self->counter), n > COUNT_FROM);
  if (n > COUNT_FROM) {
    g_autofree char *count = g_strdup_printf ("%d", UC_LIMIT_POST_CHARS - n);

    gtk_label_set_text (self->counter, count);
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->counter), _ ("Characters left"));
    if (n > UC_LIMIT_POST_CHARS)
      gtk_widget_add_css_class (GTK_WIDGET (self->counter), "error");
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self->counter), "error");
  }
}

void
_uc_composer_set_text (UcComposer *self, const char *text)
{
  GtkTextIter end;

  self->is_filling = TRUE;
  gtk_text_buffer_set_text (self->buffer, text, -1);
  self->is_filling = FALSE;
  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_place_cursor (self->buffer, &end);
  _uc_composer_complete_close (self);
  _uc_composer_update (self);
}

static void
tell_typing (UcComposer *self)
{
  const gint64 now = g_get_monotonic_time ();

  if (self->is_filling || self->mode == UC_COMPOSER_EDIT || *self->channel_id == '\0' ||
      count_chars (self) == 0 ||
      (self->typed_at_us != 0 && now - self->typed_at_us < TYPING_EVERY_US))
    return;

  self->typed_at_us = now;
  uc_session_type (self->session, self->channel_id, self->root_id);
}

static void
changed_cb (UcComposer *self)
{
  tell_typing (self);
  _uc_composer_draft_changed (self);
  _uc_composer_update (self);
}

/* After the cursor has moved, too: the word at it is another one. */
static void
cursor_moved_cb (UcComposer *self)
{
  _uc_composer_complete_update (self);
}

static void
leave_mode_cb (UcComposer *self)
{
  _uc_composer_leave_mode (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
attach_cb (UcComposer *self)
{
  _uc_composer_files_choose (self);
}

static void
send_cb (UcComposer *self)
{
  _uc_composer_send (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
emoji_picked_cb (UcComposer *self, const char *emoji)
{
  _uc_composer_insert (self, emoji);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

/* The chooser is costly and seldom wanted. */
static void
make_emoji_chooser_cb (GtkMenuButton *button, gpointer user_data)
{
  UcComposer *self = user_data;
  GtkWidget  *chooser;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  chooser = gtk_emoji_chooser_new ();
  g_signal_connect_object (chooser, "emoji-picked", G_CALLBACK (emoji_picked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, chooser);
}

/* It grows with the text up to a few lines of the font of now. */
static void
limit_height (UcComposer *self)
{
  PangoContext     *context = gtk_widget_get_pango_context (GTK_WIDGET (self->text_view));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);

  gtk_scrolled_window_set_max_content_height (
      self->scrolled, MAX_LINES * PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics)) +
                          gtk_text_view_get_top_margin (self->text_view) +
                          gtk_text_view_get_bottom_margin (self->text_view));
  pango_font_metrics_unref (metrics);
}

static void
uc_composer_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (uc_composer_parent_class)->css_changed (widget, change);

  limit_height (UC_COMPOSER (widget));
}

static void
uc_composer_dispose (GObject *object)
{
  UcComposer *self = UC_COMPOSER (object);
  GtkWidget  *child;

  if (self->session != NULL)
    _uc_composer_draft_save (self);
  g_clear_handle_id (&self->draft_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->popover)));
  gtk_widget_dispose_template (GTK_WIDGET (self), UC_TYPE_COMPOSER);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->completion);
  g_clear_object (&self->directory);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (uc_composer_parent_class)->dispose (object);
}

static void
uc_composer_finalize (GObject *object)
{
  UcComposer *self = UC_COMPOSER (object);

  g_free (self->channel_id);
  g_free (self->root_id);
  g_free (self->stash);
  g_clear_pointer (&self->message, uc_message_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  _uc_composer_attach_clear (self);
  g_clear_pointer (&self->parked, g_hash_table_unref);

  G_OBJECT_CLASS (uc_composer_parent_class)->finalize (object);
}

static void
uc_composer_class_init (UcComposerClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType     type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = uc_composer_dispose;
  widget_class->css_changed = uc_composer_css_changed;
  object_class->finalize = uc_composer_finalize;

  signals[SENT] =
      g_signal_new ("sent", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDIT_LAST] =
      g_signal_new ("edit-last", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEAVE] =
      g_signal_new ("leave", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NOTICE] = g_signal_new ("notice", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "composer");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, UcComposer, mode_box);
  gtk_widget_class_bind_template_child (widget_class, UcComposer, mode_title);
  gtk_widget_class_bind_template_child (widget_class, UcComposer, mode_excerpt);
  gtk_widget_class_bind_template_child (widget_class, UcComposer, files_box);
  gtk_widget_class_bind_template_child (widget_class, UcComposer, attach_button);
  gtk_widget_class_bind_template_child (widget_class, UcComposer, scrolled);
  gtk_widget_class_bind_template_child (widget_class, UcComposer, text_view);
  gtk_widget_class_bind_template_child (widget_class, UcComposer, buffer);
  gtk_widget_class_bind_template_child (widget_class, UcComposer, placeholder);
  gtk_widget_class_bind_template_child (widget_class, UcComposer, emoji_button);
  gtk_widget_class_bind_template_child (widget_class, UcComposer, send_button);
  gtk_widget_class_bind_template_child (widget_class, UcComposer, counter);
  gtk_widget_class_bind_template_callback (widget_class, leave_mode_cb);
  gtk_widget_class_bind_template_callback (widget_class, attach_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
}

static void
uc_composer_init (UcComposer *self)
{
  GtkTextIter start;

  g_type_ensure (ADW_TYPE_WRAP_BOX);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->send_on_enter = TRUE;
  self->channel_id = g_strdup ("");
  self->root_id = g_strdup ("");
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  /* What is typed behind it does not move it. */
  self->sent_end = gtk_text_buffer_create_mark (self->buffer, NULL, &start, TRUE);
  self->sent_tag = gtk_text_buffer_create_tag (self->buffer, NULL, "editable", FALSE, NULL);
  gtk_menu_button_set_create_popup_func (self->emoji_button, make_emoji_chooser_cb, self, NULL);
  _uc_composer_files_init (self);
  _uc_composer_keys_init (self);
}

/**
 * uc_composer_new:
 * @session: what sends and keeps drafts
 * @directory: names of people
 * @sidebar: names of channels, for suggestions
 *
 * Returns: (transfer floating): a composer that writes nowhere yet
 */
GtkWidget *
uc_composer_new (UcSession *session, UcDirectory *directory, UcSidebar *sidebar)
{
  UcComposer *self;

  UC_ASSERT_MAIN_THREAD ();
  g_return_val_if_fail (UC_IS_SESSION (session), NULL);

  self = g_object_new (UC_TYPE_COMPOSER, NULL);
  self->session = g_object_ref (session);
  self->directory = g_object_ref (directory);
  self->completion = uc_completion_new (session, directory, sidebar);
  _uc_composer_complete_init (self);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "notify::cursor-position", G_CALLBACK (cursor_moved_cb),
                           self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  _uc_composer_update (self);

  return GTK_WIDGET (self);
}

/**
 * uc_composer_set_target:
 * @self: a composer
 * @channel_id: (nullable): where to write, %NULL for nowhere
 * @root_id: the thread, "" for the channel
 *
 * Writes somewhere else: keeps what stands here for later, and brings back what stood
 * there.
 */
void
uc_composer_set_target (UcComposer *self, const char *channel_id, const char *root_id)
{
  g_return_if_fail (UC_IS_COMPOSER (self));

  if (channel_id == NULL)
    channel_id = "";
  if (g_str_equal (self->channel_id, channel_id) && g_str_equal (self->root_id, root_id))
    return;

  _uc_composer_leave_mode (self);
  _uc_composer_draft_save (self);
  _uc_composer_files_switch (self, channel_id, root_id);
  if (self->is_sending) {
    GtkTextIter start, end;

    gtk_text_buffer_get_bounds (self->buffer, &start, &end);
    gtk_text_buffer_remove_tag (self->buffer, self->sent_tag, &start, &end);
    self->is_sending = FALSE;
  }
  g_set_str (&self->channel_id, channel_id);
  g_set_str (&self->root_id, root_id);
  self->typed_at_us = 0;
  _uc_composer_set_text (self, "");
  _uc_composer_draft_load (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self), *channel_id != '\0');
}

/**
 * uc_composer_set_placeholder:
 * @self: a composer
 * @text: what it says while it is empty, and to assistive technology
 *
 * Names the place that is written to.
 */
void
uc_composer_set_placeholder (UcComposer *self, const char *text)
{
  g_return_if_fail (UC_IS_COMPOSER (self));

  gtk_label_set_text (self->placeholder, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text_view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
}

/**
 * uc_composer_set_send_on_enter:
 * @self: a composer
 * @send_on_enter: whether Enter sends; else it breaks the line and Ctrl+Enter sends
 *
 * Chooses what Enter does.
 */
void
uc_composer_set_send_on_enter (UcComposer *self, gboolean send_on_enter)
{
  g_return_if_fail (UC_IS_COMPOSER (self));

  self->send_on_enter = send_on_enter;
}

/**
 * uc_composer_focus_text:
 * @self: a composer
 *
 * Lets one write.
 */
void
uc_composer_focus_text (UcComposer *self)
{
  g_return_if_fail (UC_IS_COMPOSER (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

/**
 * uc_composer_dup_text:
 * @self: a composer
 *
 * Returns: (transfer full): what stands in it
 */
char *
uc_composer_dup_text (UcComposer *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (UC_IS_COMPOSER (self), NULL);

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);

  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}
