/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The error domain, and the one rule about which errors are worth another try. */

#include "config.h"

#include "uc-error.h"

G_DEFINE_QUARK (uc - error - quark, uc_error)

/**
 * uc_error_is_transient:
 * @error: (nullable): any error
 *
 * Tells whether the same thing may well succeed when it is tried again later
 * without anybody changing anything. This is the only retry rule in the program.
 *
 * Returns: %TRUE for OFFLINE, TIMEOUT, RATE_LIMITED and SERVER
 */
gboolean
uc_error_is_transient (const GError *error)
{
  if (error == NULL || error->domain != UC_ERROR)
    return FALSE;

  switch ((UcErrorCode) error->code) {
  case UC_ERROR_OFFLINE:
  case UC_ERROR_TIMEOUT:
  case UC_ERROR_RATE_LIMITED:
  case UC_ERROR_SERVER:
    return TRUE;
  case UC_ERROR_AUTH:
  case UC_ERROR_FORBIDDEN:
  case UC_ERROR_NOT_FOUND:
  case UC_ERROR_CONFLICT:
  case UC_ERROR_INVALID:
  case UC_ERROR_PROTOCOL:
  case UC_ERROR_STORAGE:
  case UC_ERROR_SCHEMA_TOO_NEW:
  case UC_ERROR_DISABLED:
  default:
    return FALSE;
  }
}
