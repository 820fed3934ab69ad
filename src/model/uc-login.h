/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-types.h"

G_BEGIN_DECLS

/**
 * UcLogin:
 *
 * One session of a user at the server: a device that is signed in (protocol.md 3.3).
 * @device is what the server made of the program's name, "" when that was nothing.
 */
struct _UcLogin
{
  char    *id;
  char    *device;
  gint64   create_at_ms;
  gint64   expires_at_ms; /* 0: never */
  gint64   last_activity_at_ms;
  gboolean is_mobile;
};

UcLogin *uc_login_new   (void) G_GNUC_WARN_UNUSED_RESULT;
UcLogin *uc_login_ref   (const UcLogin *self);
void     uc_login_unref (UcLogin       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcLogin, uc_login_unref)

G_END_DECLS
