/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message row: what it shows of its item. Where things stand is in
 * uc-row-message-layout.c, what can be done in uc-row-message-actions.c, what pops up in
 * uc-row-message-menu.c. */

#include "config.h"

#include "uc-row-message-private.h"

#include "uc-format.h"
#include "uc-row-call.h"
#include "uc-row-parts.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (UcRowMessage, uc_row_message, GTK_TYPE_WIDGET)

static gboolean
is_pending (const UcMessage *message)
{
  return message->send_state == UC_SEND_QUEUED || message->send_state == UC_SEND_SENDING ||
         message->send_state == UC_SEND_IN_DOUBT;
}

/* The quiet word behind the text. Sending shows here too, so that a message sent changes
 * no height when it is acknowledged. */
static char *
dup_suffix (UcRowMessage *self)
{
  const UcMessage *message = self->message;

  if (is_pending (message))
    return uc_format_send_state (message->send_state, message->send_error,
                                 uc_session_get_state (uc_row_context_get_session (self->context)));
  if (message->post->delete_at_ms == 0 && message->post->edit_at_ms > 0)
    return g_strdup (_ ("edited"));

  return NULL;
}

static void
drop_part (GtkWidget **part)
{
  g_clear_pointer (part, gtk_widget_unparent);
}

static void
put_part (UcRowMessage *self, GtkWidget **place, GtkWidget *part)
{
  drop_part (place);
  *place = part;
  if (part != NULL)
    gtk_widget_insert_before (part, GTK_WIDGET (self), self->actions);
}

/* Files never change while a message is what it is: a picture is not loaded twice. Those
 * that wait to be sent tell why. */
static gboolean
has_same_files (const UcMessage *before, const UcMessage *now)
{
  const GPtrArray *a = before->post->files, *b = now->post->files;

  if (before->post->delete_at_ms != now->post->delete_at_ms || a->len != b->len ||
      (now->send_state == UC_SEND_FAILED) != (before->send_state == UC_SEND_FAILED))
    return FALSE;
  for (guint i = 0; i < a->len; i++) {
    const UcFile *file_a = g_ptr_array_index (a, i), *file_b = g_ptr_array_index (b, i);

    if (!g_str_equal (file_a->id, file_b->id) || file_a->width != file_b->width ||
        file_a->height != file_b->height)
      return FALSE;
  }

  return TRUE;
}

static void
show_text (UcRowMessage *self)
{
  const UcMessage *message = self->message;
  g_autofree char *suffix = dup_suffix (self);
  g_autoptr (UcMarkdown) own = NULL;
  const UcMarkdown *markdown = NULL;

  if (message->post->delete_at_ms > 0) {
    own = uc_markdown_parse (_ ("_This message was deleted_"), NULL);
  } else {
    markdown = uc_timeline_item_get_markdown (self->item);
  }
  if (own != NULL)
    markdown = own;

  uc_row_text_set_markdown (UC_ROW_TEXT (self->text), markdown, suffix);
  gtk_widget_set_visible (self->text,
                          (markdown != NULL && markdown->blocks->len > 0) || suffix != NULL);
  if (message->is_delete_queued || message->post->delete_at_ms > 0)
    gtk_widget_add_css_class (self->text, "dim-label");
  else
    gtk_widget_remove_css_class (self->text, "dim-label");
}

static void
show_author (UcRowMessage *self)
{
  const UcPost *post = self->message->post;
  UcDirectory  *directory = uc_row_context_get_directory (self->context);

  g_free (self->author);
  g_free (self->initials);
  if (post->override_name != NULL) {
    self->author = g_strdup (post->override_name);
    self->initials =
        g_utf8_substring (post->override_name, 0, MIN (g_utf8_strlen (post->override_name, -1), 1));
  } else {
    self->author = uc_directory_dup_name (directory, post->user_id);
    self->initials = uc_directory_dup_initials (directory, post->user_id);
  }
  _uc_row_message_drop_layouts (self);
}

static void
show_time (UcRowMessage *self)
{
  g_free (self->time);
  self->time =
      uc_format_time (self->message->post->create_at_ms, uc_row_context_get_24h (self->context));
  _uc_row_message_drop_layouts (self);
}

static void
show (UcRowMessage *self)
{
  g_autoptr (UcMessage) before = g_steal_pointer (&self->message);
  g_autofree char *summary = NULL;
  UcMessage       *message = uc_timeline_item_get_message (self->item);

  self->message = uc_message_ref (message);
  self->is_grouped = uc_timeline_item_is_grouped (self->item);
  show_author (self);
  show_time (self);
  show_text (self);
  if (before == NULL || !has_same_files (before, message))
    put_part (self, &self->files, uc_row_parts_make_files (self->context, message));
  put_part (self, &self->badges,
            uc_row_parts_make_badges (uc_row_context_get_flags (self->context), message));
  put_part (self, &self->call, uc_row_call_new (self->context, message));
  put_part (self, &self->chips, uc_row_parts_make_chips (self->context, message));
  put_part (self, &self->failed, uc_row_parts_make_failed (self->context, message));
  _uc_row_message_update_actions (self);

  summary = uc_row_message_dup_summary (self->context, self->item);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, summary,
                                  -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
item_changed_cb (UcRowMessage *self)
{
  show (self);
}

static void
context_changed_cb (UcRowMessage *self)
{
  if (self->item != NULL)
    show (self);
}

static void
state_changed_cb (UcRowMessage *self)
{
  if (self->message != NULL && is_pending (self->message))
    show_text (self);
}

static void
user_changed_cb (UcRowMessage *self, const char *user_id)
{
  if (self->message == NULL || !g_str_equal (self->message->post->user_id, user_id))
    return;

  show_author (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
follow_cb (UcRowMessage *self, guint run_flags, const char *target)
{
  uc_row_context_follow (self->context, run_flags, target);
}

static void
show_more_cb (UcRowMessage *self)
{
  uc_timeline_item_set_expanded (self->item, TRUE);
}

static gboolean
query_tooltip (GtkWidget *widget, int x, int y, gboolean is_keyboard, GtkTooltip *tooltip)
{
  UcRowMessage    *self = UC_ROW_MESSAGE (widget);
  graphene_rect_t  bounds;
  g_autofree char *when = NULL;

  /* Over the head, or the gutter of one that has none. */
  if (self->message == NULL || is_keyboard ||
      !gtk_widget_compute_bounds (self->text, widget, &bounds) ||
      (self->is_grouped ? x >= bounds.origin.x : y >= bounds.origin.y))
    return FALSE;

  when = uc_format_full_time (self->message->post->create_at_ms,
                              uc_row_context_get_24h (self->context));
  gtk_tooltip_set_text (tooltip, when);

  return TRUE;
}

static void
uc_row_message_dispose (GObject *object)
{
  UcRowMessage *self = UC_ROW_MESSAGE (object);
  GtkWidget    *child;

  uc_row_message_set_item (self, NULL);
  self->text = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_row_message_parent_class)->dispose (object);
}

static void
uc_row_message_finalize (GObject *object)
{
  UcRowMessage *self = UC_ROW_MESSAGE (object);

  g_free (self->author);
  g_free (self->initials);
  g_free (self->time);
  _uc_row_message_drop_layouts (self);

  G_OBJECT_CLASS (uc_row_message_parent_class)->finalize (object);
}

static void
uc_row_message_class_init (UcRowMessageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = uc_row_message_dispose;
  object_class->finalize = uc_row_message_finalize;
  widget_class->query_tooltip = query_tooltip;
  _uc_row_message_layout_class_init (widget_class);
  _uc_row_message_actions_class_init (widget_class);
  _uc_row_message_menu_class_init (widget_class);

  gtk_widget_class_set_css_name (widget_class, "rowmessage");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
uc_row_message_init (UcRowMessage *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  self->text = uc_row_text_new ();
  gtk_widget_set_parent (self->text, GTK_WIDGET (self));
  g_signal_connect_object (self->text, "follow", G_CALLBACK (follow_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text, "show-more", G_CALLBACK (show_more_cb), self,
                           G_CONNECT_SWAPPED);
  _uc_row_message_menu_init (self);
}

/**
 * uc_row_message_new:
 * @context: what rows share
 *
 * Returns: (transfer floating): a row without a message
 */
GtkWidget *
uc_row_message_new (UcRowContext *context)
{
  UcRowMessage *self;

  g_return_val_if_fail (UC_IS_ROW_CONTEXT (context), NULL);

  self = g_object_new (UC_TYPE_ROW_MESSAGE, NULL);
  self->context = g_object_ref (context);
  g_signal_connect_object (context, "changed", G_CALLBACK (context_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (uc_row_context_get_session (context), "state-changed",
                           G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (uc_row_context_get_directory (context), "user-changed",
                           G_CALLBACK (user_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * uc_row_message_set_item:
 * @self: a row
 * @item: (nullable): what to show
 *
 * Shows an item and follows it, or lets go of the one it had.
 */
void
uc_row_message_set_item (UcRowMessage *self, UcTimelineItem *item)
{
  g_return_if_fail (UC_IS_ROW_MESSAGE (self));

  if (self->item == item)
    return;

  g_clear_signal_handler (&self->changed_id, self->item);
  _uc_row_message_popdown (self);
  self->is_hovered = FALSE;
  g_clear_pointer (&self->message, uc_message_unref);
  g_set_object (&self->item, item);
  if (item != NULL) {
    self->changed_id = g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), self,
                                                G_CONNECT_SWAPPED);
    show (self);
  } else {
    drop_part (&self->files);
    drop_part (&self->badges);
    drop_part (&self->call);
    drop_part (&self->chips);
    drop_part (&self->failed);
    drop_part (&self->actions);
  }
}

/**
 * uc_row_message_get_index_at:
 * @self: a row
 * @x: pixels in the row
 * @y: pixels in the row
 *
 * Returns: the offset into its text nearest to that place
 */
int
uc_row_message_get_index_at (UcRowMessage *self, double x, double y)
{
  graphene_point_t point;

  g_return_val_if_fail (UC_IS_ROW_MESSAGE (self), 0);

  if (!gtk_widget_get_visible (self->text) ||
      !gtk_widget_compute_point (GTK_WIDGET (self), self->text, &GRAPHENE_POINT_INIT (x, y),
                                 &point))
    return 0;

  return uc_row_text_get_index_at (UC_ROW_TEXT (self->text), point.x, point.y);
}

/**
 * uc_row_message_select:
 * @self: a row
 * @start: bytes into its text
 * @end: bytes into its text; the same for none
 *
 * Shows a part of the text as selected.
 */
void
uc_row_message_select (UcRowMessage *self, int start, int end)
{
  g_return_if_fail (UC_IS_ROW_MESSAGE (self));

  uc_row_text_select (UC_ROW_TEXT (self->text), start, end);
}

/**
 * uc_row_message_dup_summary:
 * @context: what rows share
 * @item: a message
 *
 * Returns: (transfer full): who, when and what, with all that the row shows besides
 */
char *
uc_row_message_dup_summary (UcRowContext *context, UcTimelineItem *item)
{
  const UcMessage *message = uc_timeline_item_get_message (item);
  const UcPost    *post = message->post;
  UcDirectory     *directory = uc_row_context_get_directory (context);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *author = post->override_name != NULL
                                ? g_strdup (post->override_name)
                                : uc_directory_dup_name (directory, post->user_id);
  g_autofree char *time = uc_format_time (post->create_at_ms, uc_row_context_get_24h (context));
  g_autofree char *text =
      uc_markdown_to_plain (message->edit_text != NULL ? message->edit_text : post->message);

  g_string_append_printf (words, "%s, %s", author, time);
  if (post->delete_at_ms > 0)
    g_string_append_printf (words, ": %s", _ ("deleted"));
  else
    g_string_append_printf (words, ": %s", text);
  if (post->edit_at_ms > 0 && post->delete_at_ms == 0)
    g_string_append_printf (words, ", %s", _ ("edited"));
  if (uc_row_context_get_flags (context) && message->annotation != NULL &&
      message->annotation->category != UC_CATEGORY_NONE)
    g_string_append_printf (words, ", %s, %s", uc_format_category (message->annotation->category),
                            uc_format_priority (message->annotation->priority));
  for (guint i = 0; i < post->files->len; i++)
    g_string_append_printf (words, ", %s", ((UcFile *) g_ptr_array_index (post->files, i))->name);
  if (post->reactions->len > 0)
    g_string_append_printf (words,
                            ngettext (", %u reaction", ", %u reactions", post->reactions->len),
                            post->reactions->len);
  if (post->reply_count > 0)
    g_string_append_printf (words, ngettext (", %d reply", ", %d replies", post->reply_count),
                            post->reply_count);
  if (message->send_state != UC_SEND_NONE && message->send_state != UC_SEND_DONE) {
    g_autofree char *state =
        uc_format_send_state (message->send_state, message->send_error,
                              uc_session_get_state (uc_row_context_get_session (context)));

    g_string_append_printf (words, ", %s", state);
  }

  return g_string_free (g_steal_pointer (&words), FALSE);
}
