/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed and not sent stays with its conversation. */

#include "config.h"

#include "uc-composer-private.h"

/* Long enough that a write is not made for every letter, short enough that a crash costs
 * a word. */
#define SAVE_AFTER_MS 800

static gboolean
save_cb (gpointer user_data)
{
  UcComposer *self = user_data;

  self->draft_id = 0;
  _uc_composer_draft_save (self);

  return G_SOURCE_REMOVE;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcComposer *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = uc_store_load_draft_finish (UC_STORE (source), result, &error);
  g_autofree char *typed = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL) {
    g_warning ("Reading a draft: %s", error->message);
    return;
  }
  /* Whoever began to write meanwhile is not interrupted. */
  typed = uc_composer_dup_text (self);
  if (text != NULL && *typed == '\0' && self->mode != UC_COMPOSER_EDIT)
    _uc_composer_set_text (self, text);
}

/* What is typed but not on its way: behind what is being sent. */
char *
_uc_composer_dup_unsent (UcComposer *self)
{
  GtkTextIter start, end;

  if (self->mode == UC_COMPOSER_EDIT)
    return g_strdup (self->stash != NULL ? self->stash : "");

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  if (self->is_sending)
    gtk_text_buffer_get_iter_at_mark (self->buffer, &start, self->sent_end);

  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

void
_uc_composer_draft_changed (UcComposer *self)
{
  if (self->is_filling || self->mode == UC_COMPOSER_EDIT)
    return;

  self->is_draft_dirty = TRUE;
  if (self->draft_id == 0)
    self->draft_id = g_timeout_add (SAVE_AFTER_MS, save_cb, self);
}

void
_uc_composer_draft_save (UcComposer *self)
{
  g_autofree char *text = NULL;

  g_clear_handle_id (&self->draft_id, g_source_remove);
  /* While a message is on its way into the store the draft is what would be left of it
   * after a crash. */
  if (!self->is_draft_dirty || *self->channel_id == '\0' || self->is_sending)
    return;

  text = _uc_composer_dup_unsent (self);
  uc_session_put_draft (self->session, self->channel_id, self->root_id, text);
  self->is_draft_dirty = FALSE;
}

void
_uc_composer_draft_load (UcComposer *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->is_draft_dirty = FALSE;
  if (*self->channel_id != '\0')
    uc_store_load_draft_async (uc_session_get_store (self->session), self->channel_id,
                               self->root_id, self->cancellable, loaded_cb, self);
}

/**
 * uc_composer_flush:
 * @self: a composer
 *
 * Writes the draft down at once.
 */
void
uc_composer_flush (UcComposer *self)
{
  g_return_if_fail (UC_IS_COMPOSER (self));

  _uc_composer_draft_save (self);
}
