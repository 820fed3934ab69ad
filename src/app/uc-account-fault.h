/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Why an account does not run, for a person: a heading, what it means and what can be
 * done, and whether trying again may help. Pure. */
void uc_account_fault_describe (const GError *error,
                                const char  **title,
                                char        **text,
                                gboolean     *can_try_again);

G_END_DECLS
