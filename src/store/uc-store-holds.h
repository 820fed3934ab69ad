/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UcHold:
 *
 * A legal hold: what retention must leave alone. @channel_id "" is every conversation,
 * a time of 0 an open end; both ends are inclusive.
 */
typedef struct
{
  gint64 number; /* never 0 once it is stored */
  char  *channel_id;
  gint64 since_ms;
  gint64 until_ms;
  char  *reason;
  gint64 set_at_ms;
} UcHold;

void       uc_hold_free          (UcHold      *self);

/* All of these block, work on the store's file and run on any thread. Reading works
 * beside a program that has the store open; changing wants it for itself
 * (UC_ERROR_CONFLICT). UC_ERROR_INVALID for a store of another version. */

/* (element-type UcHold), in the order of being set. */
GPtrArray *uc_store_load_holds   (const char  *path,
                                  GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* @hold's number is set. UC_ERROR_INVALID without a reason or with ends the wrong way
 * round. */
gboolean   uc_store_add_hold     (const char  *path,
                                  UcHold      *hold,
                                  GError     **error);
/* UC_ERROR_NOT_FOUND. */
gboolean   uc_store_remove_hold  (const char  *path,
                                  gint64       number,
                                  GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcHold, uc_hold_free)

G_END_DECLS
