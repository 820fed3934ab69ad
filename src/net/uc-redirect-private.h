/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean _uc_redirect_is_one     (guint        status);
GUri    *_uc_redirect_dup_target (GUri        *from,
                                  const char  *method,
                                  guint        status,
                                  const char  *location,
                                  GError     **error) G_GNUC_WARN_UNUSED_RESULT;
GError  *_uc_redirect_new_error  (guint        status) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
