/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong on the way into a server, in a sentence that says what to do. Pure. */

#include "config.h"

#include "uc-sign-in-page-text.h"

#include "uc-error.h"

#include <glib/gi18n.h>

static const char *
get_refusal (UcSignInAttempt attempt)
{
  switch (attempt) {
  case UC_SIGN_IN_PASSWORD:
    return _ ("The user name or the password is wrong.");
  case UC_SIGN_IN_CODE:
    return _ ("The code is wrong or too old, or the password is wrong.");
  case UC_SIGN_IN_TOKEN:
    return _ ("The server does not know this access token. It may have been revoked.");
  case UC_SIGN_IN_LOOKING:
  case UC_SIGN_IN_ADOPTING:
  default:
    return _ ("The server refuses access.");
  }
}

/* NULL where the error's own message says it better. */
static const char *
get_sentence (UcErrorCode code, UcSignInAttempt attempt)
{
  switch (code) {
  case UC_ERROR_OFFLINE:
    return _ ("No server answers at this address. Check the address and your network.");
  case UC_ERROR_TIMEOUT:
    return _ ("The server did not answer in time. Try again.");
  case UC_ERROR_RATE_LIMITED:
    return _ ("Too many tries. Wait a moment and try again.");
  case UC_ERROR_SERVER:
    return _ ("The server has a problem of its own. Try again later.");
  case UC_ERROR_AUTH:
    return get_refusal (attempt);
  case UC_ERROR_PROTOCOL:
  case UC_ERROR_NOT_FOUND:
    return _ ("Something answers at this address, but it is not a chat server. Check the "
              "address. If your network wants a sign-in of its own, open it in a browser first.");
  case UC_ERROR_DISABLED:
    return _ ("The server does not allow to sign in this way.");
  case UC_ERROR_CONFLICT:
    return _ ("The messages on this computer belong to another account.");
  case UC_ERROR_STORAGE:
    return _ ("The account could not be written to this computer. Is the disk full?");
  case UC_ERROR_SCHEMA_TOO_NEW:
    return _ ("The messages on this computer were written by a newer version of Unified Chat.");
  case UC_ERROR_FORBIDDEN:
  case UC_ERROR_INVALID:
  default:
    return NULL;
  }
}

/**
 * uc_sign_in_page_dup_error_text:
 * @error: what went wrong
 * @attempt: what was being tried
 *
 * Puts @error into words for the one who signs in.
 *
 * Returns: (transfer full): a sentence
 */
char *
uc_sign_in_page_dup_error_text (const GError *error, UcSignInAttempt attempt)
{
  const char *sentence = NULL;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == UC_ERROR)
    sentence = get_sentence ((UcErrorCode) error->code, attempt);

  return g_strdup (sentence != NULL ? sentence : error->message);
}
