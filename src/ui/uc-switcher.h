/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-window-account.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UcSwitcher:
 *
 * The quick switcher: type a few letters, Enter opens. Conversations of all teams,
 * unread ones first, then people without a conversation. Ends by the actions
 * `win.open-channel` and `win.open-person`.
 */
#define UC_TYPE_SWITCHER (uc_switcher_get_type ())
G_DECLARE_FINAL_TYPE (UcSwitcher, uc_switcher, UC, SWITCHER, AdwDialog)

AdwDialog *uc_switcher_new (UcWindowAccount *account);

G_END_DECLS
