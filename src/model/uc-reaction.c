/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What hangs on a post: reactions and files. */

#include "config.h"

#include "uc-post.h"

#include "uc-record-private.h"

static const UcTextField reaction_texts[] = {
  UC_TEXT (UcReaction, user_id),
  UC_TEXT (UcReaction, post_id),
  UC_TEXT (UcReaction, emoji_name),
};

static void
reaction_clear (gpointer record)
{
  _uc_record_clear (record, reaction_texts, G_N_ELEMENTS (reaction_texts));
}

static const UcTextField file_texts[] = {
  UC_TEXT (UcFile, id),
  UC_TEXT (UcFile, user_id),
  UC_TEXT (UcFile, post_id),
  UC_TEXT (UcFile, channel_id),
  UC_TEXT (UcFile, name),
  UC_TEXT (UcFile, extension),
  UC_TEXT (UcFile, mime_type),
  UC_TEXT_NULLABLE (UcFile, mini_preview),
  UC_TEXT_NULLABLE (UcFile, local_path),
};

static void
file_clear (gpointer record)
{
  _uc_record_clear (record, file_texts, G_N_ELEMENTS (file_texts));
}

/**
 * uc_reaction_new:
 *
 * Returns: (transfer full): an empty reaction for the caller to fill before it is
 *   handed out
 */
UcReaction *
uc_reaction_new (void)
{
  return _uc_record_new (sizeof (UcReaction), reaction_texts, G_N_ELEMENTS (reaction_texts));
}

/**
 * uc_reaction_ref:
 * @self: a reaction
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
UcReaction *
uc_reaction_ref (const UcReaction *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire ((UcReaction *) self);
}

/**
 * uc_reaction_unref:
 * @self: (transfer full): a reaction
 *
 * Any thread.
 */
void
uc_reaction_unref (UcReaction *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, reaction_clear);
}

/**
 * uc_file_new:
 *
 * Returns: (transfer full): an empty file for the caller to fill before it is
 *   handed out
 */
UcFile *
uc_file_new (void)
{
  return _uc_record_new (sizeof (UcFile), file_texts, G_N_ELEMENTS (file_texts));
}

/**
 * uc_file_copy:
 * @self: a file
 *
 * Returns: (transfer full): another one, for the caller to change before it is
 *   handed out
 */
UcFile *
uc_file_copy (const UcFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _uc_record_copy (self, sizeof (UcFile), file_texts, G_N_ELEMENTS (file_texts));
}

/**
 * uc_file_ref:
 * @self: a file
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
UcFile *
uc_file_ref (const UcFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire ((UcFile *) self);
}

/**
 * uc_file_unref:
 * @self: (transfer full): a file
 *
 * Any thread.
 */
void
uc_file_unref (UcFile *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, file_clear);
}
