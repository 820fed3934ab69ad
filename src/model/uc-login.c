/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Devices that are signed in. */

#include "config.h"

#include "uc-login.h"

#include "uc-record-private.h"

static const UcTextField login_texts[] = {
  UC_TEXT (UcLogin, id),
  UC_TEXT (UcLogin, device),
};

static void
login_clear (gpointer record)
{
  _uc_record_clear (record, login_texts, G_N_ELEMENTS (login_texts));
}

/**
 * uc_login_new:
 *
 * Returns: (transfer full): an empty record for the caller to fill before it is handed
 *   out
 */
UcLogin *
uc_login_new (void)
{
  return _uc_record_new (sizeof (UcLogin), login_texts, G_N_ELEMENTS (login_texts));
}

/**
 * uc_login_ref:
 * @self: a login
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
UcLogin *
uc_login_ref (const UcLogin *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire ((UcLogin *) self);
}

/**
 * uc_login_unref:
 * @self: (transfer full): a login
 *
 * Any thread.
 */
void
uc_login_unref (UcLogin *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, login_clear);
}
