/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Posts as the API has them. */

#include "config.h"

#include "uc-post.h"

#include "uc-annotation.h"
#include "uc-record-private.h"

static const UcTextField post_texts[] = {
  UC_TEXT (UcPost, id),          UC_TEXT (UcPost, channel_id),
  UC_TEXT (UcPost, user_id),     UC_TEXT (UcPost, root_id),
  UC_TEXT (UcPost, original_id), UC_TEXT (UcPost, message),
  UC_TEXT (UcPost, type),        UC_TEXT (UcPost, props),
  UC_TEXT (UcPost, hashtags),    UC_TEXT (UcPost, pending_post_id),
  UC_TEXT (UcPost, op_id),       UC_TEXT_NULLABLE (UcPost, override_name),
};

static void
post_clear (gpointer record)
{
  UcPost *self = record;

  g_clear_pointer (&self->file_ids, g_strfreev);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->reactions, g_ptr_array_unref);
  g_clear_pointer (&self->annotation, uc_annotation_unref);
  _uc_record_clear (record, post_texts, G_N_ELEMENTS (post_texts));
}

/* Of the system posts these alone do not raise total_msg_count. */
static const char *const uncounted_types[] = {
  "system_join_leave",         "system_add_remove",
  "system_join_channel",       "system_leave_channel",
  "system_join_team",          "system_leave_team",
  "system_add_to_channel",     "system_remove_from_channel",
  "system_add_to_team",        "system_remove_from_team",
  "system_guest_join_channel", "system_add_guest_to_chan",
  "system_ephemeral",          NULL,
};

static gpointer
ref_file_cb (gconstpointer file, gpointer user_data)
{
  return uc_file_ref (file);
}

static gpointer
ref_reaction_cb (gconstpointer reaction, gpointer user_data)
{
  return uc_reaction_ref (reaction);
}

/**
 * uc_post_new:
 *
 * Returns: (transfer full): an empty post for the caller to fill before it is
 *   handed out
 */
UcPost *
uc_post_new (void)
{
  UcPost *self = _uc_record_new (sizeof (UcPost), post_texts, G_N_ELEMENTS (post_texts));

  self->file_ids = g_new0 (char *, 1);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_file_unref);
  self->reactions = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_reaction_unref);
  return self;
}

/**
 * uc_post_copy:
 * @self: a post
 *
 * Returns: (transfer full): another one, for the caller to change before it is
 *   handed out
 */
UcPost *
uc_post_copy (const UcPost *self)
{
  UcPost *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = _uc_record_copy (self, sizeof (UcPost), post_texts, G_N_ELEMENTS (post_texts));
  copy->file_ids = g_strdupv (self->file_ids);
  copy->files = g_ptr_array_copy (self->files, ref_file_cb, NULL);
  copy->reactions = g_ptr_array_copy (self->reactions, ref_reaction_cb, NULL);
  copy->annotation = self->annotation != NULL ? uc_annotation_ref (self->annotation) : NULL;
  return copy;
}

/**
 * uc_post_ref:
 * @self: a post
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
UcPost *
uc_post_ref (const UcPost *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire ((UcPost *) self);
}

/**
 * uc_post_unref:
 * @self: (transfer full): a post
 *
 * Any thread.
 */
void
uc_post_unref (UcPost *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, post_clear);
}

/**
 * uc_post_is_system:
 * @self: a post
 *
 * Returns: %TRUE when the server wrote it: its text is to be made from its type and
 *   props
 */
gboolean
uc_post_is_system (const UcPost *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_str_has_prefix (self->type, "system_");
}

/**
 * uc_post_is_counted:
 * @self: a post
 *
 * Returns: %TRUE when it raises total_msg_count of its channel (protocol.md 19.2):
 *   all but those about who joined and left, and what is not stored
 */
gboolean
uc_post_is_counted (const UcPost *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !g_strv_contains (uncounted_types, self->type);
}
