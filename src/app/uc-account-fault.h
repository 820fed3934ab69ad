/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Why an account does not run, for a person: a heading, what it means and what can be
 * done before trying again. Pure. */
void uc_account_fault_describe (const GError *error,
                                const char  **title,
                                char        **text);

G_END_DECLS
