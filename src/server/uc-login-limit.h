/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UcLoginLimit:
 *
 * How many wrong passwords one address may try: a bucket of tries that refills
 * slowly. The limit of one account is counted with the account. Main thread.
 */
typedef struct _UcLoginLimit UcLoginLimit;

UcLoginLimit *uc_login_limit_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* 0 when a try is free, else the seconds to wait. */
guint uc_login_limit_check (UcLoginLimit *self, const char *address, gint64 now_ms);
void  uc_login_limit_note_failure (UcLoginLimit *self, const char *address, gint64 now_ms);
void  uc_login_limit_free (UcLoginLimit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcLoginLimit, uc_login_limit_free)

G_END_DECLS
