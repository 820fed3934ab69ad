/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Memberships of channels. */

#include "config.h"

#include "uc-member.h"

#include "uc-record-private.h"

static const UcTextField member_texts[] = {
  UC_TEXT (UcMember, channel_id),
  UC_TEXT (UcMember, user_id),
  UC_TEXT (UcMember, roles),
  UC_TEXT (UcMember, notify_desktop),
  UC_TEXT (UcMember, notify_push),
  UC_TEXT (UcMember, notify_email),
  UC_TEXT (UcMember, ignore_channel_mentions),
};

static void
member_clear (gpointer record)
{
  _uc_record_clear (record, member_texts, G_N_ELEMENTS (member_texts));
}

/**
 * uc_member_new:
 *
 * Returns: (transfer full): an empty membership for the caller to fill before it is
 *   handed out
 */
UcMember *
uc_member_new (void)
{
  return _uc_record_new (sizeof (UcMember), member_texts, G_N_ELEMENTS (member_texts));
}

/**
 * uc_member_copy:
 * @self: a membership
 *
 * Returns: (transfer full): another one, for the caller to change before it is
 *   handed out
 */
UcMember *
uc_member_copy (const UcMember *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _uc_record_copy (self, sizeof (UcMember), member_texts, G_N_ELEMENTS (member_texts));
}

/**
 * uc_member_ref:
 * @self: a membership
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
UcMember *
uc_member_ref (const UcMember *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire ((UcMember *) self);
}

/**
 * uc_member_unref:
 * @self: (transfer full): a membership
 *
 * Any thread.
 */
void
uc_member_unref (UcMember *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, member_clear);
}
