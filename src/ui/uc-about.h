/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-window-account.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* @account (nullable): adds its state to the debug information. */
AdwDialog *uc_about_dialog_new (UcWindowAccount *account);
/* For a bug report: versions, state, flags, the redacted log; no messages, no tokens. */
char *uc_about_dup_debug_info (UcWindowAccount *account) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
