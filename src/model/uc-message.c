/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Posts as they lie in the store. */

#include "config.h"

#include "uc-message.h"

#include "uc-annotation.h"
#include "uc-post.h"
#include "uc-record-private.h"

static const UcTextField message_texts[] = {
  UC_TEXT (UcMessage, key),
  UC_TEXT_NULLABLE (UcMessage, send_error),
  UC_TEXT_NULLABLE (UcMessage, edit_text),
};

static void
message_clear (gpointer record)
{
  UcMessage *self = record;

  g_clear_pointer (&self->post, uc_post_unref);
  g_clear_pointer (&self->annotation, uc_annotation_unref);
  _uc_record_clear (record, message_texts, G_N_ELEMENTS (message_texts));
}

/**
 * uc_message_new:
 *
 * Returns: (transfer full): an empty message for the caller to fill before it is
 *   handed out
 */
UcMessage *
uc_message_new (void)
{
  return _uc_record_new (sizeof (UcMessage), message_texts, G_N_ELEMENTS (message_texts));
}

/**
 * uc_message_copy:
 * @self: a message
 *
 * Returns: (transfer full): another one, for the caller to change before it is
 *   handed out
 */
UcMessage *
uc_message_copy (const UcMessage *self)
{
  UcMessage *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = _uc_record_copy (self, sizeof (UcMessage), message_texts, G_N_ELEMENTS (message_texts));
  copy->post = self->post != NULL ? uc_post_ref (self->post) : NULL;
  copy->annotation = self->annotation != NULL ? uc_annotation_ref (self->annotation) : NULL;
  return copy;
}

/**
 * uc_message_ref:
 * @self: a message
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
UcMessage *
uc_message_ref (const UcMessage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire ((UcMessage *) self);
}

/**
 * uc_message_unref:
 * @self: (transfer full): a message
 *
 * Any thread.
 */
void
uc_message_unref (UcMessage *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, message_clear);
}
