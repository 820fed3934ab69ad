/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message leaves the composer only when the store has it: until then its text stands
 * there and cannot be changed, and what is typed behind it stays. */

#include "config.h"

#include "uc-composer-private.h"

#include "uc-limits.h"

typedef struct {
  UcComposer *composer;   /* (owned) */
  char       *channel_id; /* (owned) and what follows */
  char       *root_id;
  char       *text;
  guint       n_files;
} Sending;

static void
sending_free (Sending *sending)
{
  g_object_unref (sending->composer);
  g_free (sending->channel_id);
  g_free (sending->root_id);
  g_free (sending->text);
  g_free (sending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

gboolean
_uc_composer_can_send (UcComposer *self)
{
  g_autofree char *text = uc_composer_dup_text (self);

  g_strstrip (text);

  /* A file that is still looked at would be left behind. */
  return *self->channel_id != '\0' && !self->is_sending && g_queue_is_empty (&self->checks) &&
         (*text != '\0' || (self->files->len > 0 && self->mode != UC_COMPOSER_EDIT)) &&
         gtk_text_buffer_get_char_count (self->buffer) <= UC_LIMIT_POST_CHARS;
}

static void
begin_sending (UcComposer *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_move_mark (self->buffer, self->sent_end, &end);
  gtk_text_buffer_apply_tag (self->buffer, self->sent_tag, &start, &end);
  self->is_sending = TRUE;
  _uc_composer_update (self);
}

/* Takes away what the store has, or gives it back; what was typed since stays. */
static void
end_sending (UcComposer *self, gboolean is_stored)
{
  GtkTextIter start, end;

  if (!self->is_sending)
    return;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &end, self->sent_end);
  gtk_text_buffer_remove_tag (self->buffer, self->sent_tag, &start, &end);
  self->is_sending = FALSE;
  self->is_filling = TRUE;
  if (is_stored)
    gtk_text_buffer_delete (self->buffer, &start, &end);
  self->is_filling = FALSE;
  self->is_draft_dirty = TRUE;
  _uc_composer_draft_save (self);
  _uc_composer_update (self);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sending) sending = user_data;
  UcComposer *self = sending->composer;
  g_autoptr (GError) error = NULL;
  const gboolean is_stored = uc_session_send_finish (UC_SESSION (source), result, &error);
  const gboolean is_here = g_str_equal (sending->channel_id, self->channel_id) &&
                           g_str_equal (sending->root_id, self->root_id);

  if (!is_stored)
    g_signal_emit_by_name (self, "notice", error->message);
  if (!is_here) {
    uc_session_put_draft (self->session, sending->channel_id, sending->root_id,
                          is_stored ? "" : sending->text);
    return;
  }

  if (is_stored) {
    _uc_composer_files_drop (self, sending->n_files);
    if (self->mode == UC_COMPOSER_REPLY)
      _uc_composer_leave_mode (self);
  }
  end_sending (self, is_stored);
  if (is_stored)
    g_signal_emit_by_name (self, "sent");
}

static void
send_new (UcComposer *self, const char *text)
{
  Sending *sending = g_new0 (Sending, 1);
  g_auto (GStrv) paths = _uc_composer_dup_paths (self);
  const char *root = self->root_id;

  if (self->mode == UC_COMPOSER_REPLY)
    /* A reply to a reply belongs to the same thread. */
    root =
        *self->message->post->root_id != '\0' ? self->message->post->root_id : self->message->key;

  sending->composer = g_object_ref (self);
  sending->channel_id = g_strdup (self->channel_id);
  sending->root_id = g_strdup (self->root_id);
  sending->text = g_strdup (text);
  sending->n_files = self->files->len;
  begin_sending (self);
  uc_session_send_async (self->session, self->channel_id, root, text, (const char *const *) paths,
                         NULL, sent_cb, sending);
}

static void
send_edit (UcComposer *self, const char *text)
{
  g_autoptr (UcMessage) message = uc_message_ref (self->message);

  _uc_composer_leave_mode (self);
  if (!g_str_equal (text, message->post->message) || message->edit_text != NULL)
    uc_session_edit (self->session, message, text);
  /* What was refused is tried again as it is now. */
  if (message->send_state == UC_SEND_FAILED)
    uc_session_retry (self->session, message->key);
}

void
_uc_composer_send (UcComposer *self)
{
  g_autofree char *text = NULL;

  if (!_uc_composer_can_send (self))
    return;

  _uc_composer_complete_close (self);
  text = uc_composer_dup_text (self);
  if (self->mode == UC_COMPOSER_EDIT)
    send_edit (self, text);
  else
    send_new (self, text);
}
