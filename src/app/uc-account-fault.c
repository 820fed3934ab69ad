/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults that keep an account from being opened, in words. */

#include "config.h"

#include "uc-account-fault.h"

#include "uc-error.h"

#include <glib/gi18n.h>

/**
 * uc_account_fault_describe:
 * @error: why the account does not run
 * @title: (out) (transfer none): a heading
 * @text: (out) (transfer full): what it means and what can be done
 *
 * Puts @error into words. The messages are never touched by any of these faults, and
 * that is said too.
 */
void
uc_account_fault_describe (const GError *error, const char **title, char **text)
{
  const char *what;

  g_return_if_fail (error != NULL && title != NULL && text != NULL);

  if (g_error_matches (error, UC_ERROR, UC_ERROR_CONFLICT)) {
    *title = _ ("Already Open");
    what = _ ("Another Unified Chat is using these messages. Close it, then try again.");
  } else if (g_error_matches (error, UC_ERROR, UC_ERROR_SCHEMA_TOO_NEW)) {
    *title = _ ("Written by a Newer Version");
    what = _ ("Nothing was changed. One of the two ways below helps; then try again.");
  } else if (g_error_matches (error, UC_ERROR, UC_ERROR_STORAGE)) {
    *title = _ ("Messages Cannot Be Opened");
    what = _ ("Nothing was removed. Look whether the disk is full or write-protected, then try "
              "again.");
  } else {
    *title = _ ("Account Cannot Be Opened");
    what = _ ("Nothing was removed.");
  }
  *text = g_strdup_printf ("%s\n\n%s", what, error->message);
}
