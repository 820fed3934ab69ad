/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes to the journal when standard error is the journal, else to standard
 * error; every line passes uc_log_redact() first and the newest lines are kept in
 * memory for the debug information of the about window. */
void  uc_log_install        (void);
char *uc_log_redact         (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char *uc_log_dup_recent     (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
