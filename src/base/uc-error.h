/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UC_ERROR:
 *
 * The one error domain of the program. A code says what the caller can do about
 * it, the message is a sentence for a person.
 */
#define UC_ERROR (uc_error_quark ())

/**
 * UcErrorCode:
 * @UC_ERROR_OFFLINE: the server was not reached; wait for the network
 * @UC_ERROR_TIMEOUT: no answer in time; the effect may have happened
 * @UC_ERROR_RATE_LIMITED: ask again after the time the server named
 * @UC_ERROR_SERVER: the server failed (5xx); try again later
 * @UC_ERROR_AUTH: the session is over; sign in again
 * @UC_ERROR_FORBIDDEN: refused for this user; trying again does not help
 * @UC_ERROR_NOT_FOUND: the thing does not exist (any more)
 * @UC_ERROR_CONFLICT: somebody else was first; look at the present state
 * @UC_ERROR_INVALID: what was sent or typed cannot be taken; change it
 * @UC_ERROR_PROTOCOL: the answer is not what the protocol says
 * @UC_ERROR_STORAGE: disk or database trouble
 * @UC_ERROR_SCHEMA_TOO_NEW: the store was written by a newer version
 * @UC_ERROR_DISABLED: the server or a setting has this switched off
 */
typedef enum
{
  UC_ERROR_OFFLINE,
  UC_ERROR_TIMEOUT,
  UC_ERROR_RATE_LIMITED,
  UC_ERROR_SERVER,
  UC_ERROR_AUTH,
  UC_ERROR_FORBIDDEN,
  UC_ERROR_NOT_FOUND,
  UC_ERROR_CONFLICT,
  UC_ERROR_INVALID,
  UC_ERROR_PROTOCOL,
  UC_ERROR_STORAGE,
  UC_ERROR_SCHEMA_TOO_NEW,
  UC_ERROR_DISABLED,
} UcErrorCode;

GQuark   uc_error_quark        (void);

gboolean uc_error_is_transient (const GError *error);

G_END_DECLS
