/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-window-account.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* For how long a status holds. */
typedef enum {
  UC_STATUS_STAYS,
  UC_STATUS_HALF_HOUR,
  UC_STATUS_HOUR,
  UC_STATUS_FOUR_HOURS,
  UC_STATUS_TODAY,
  UC_STATUS_THIS_WEEK,
} UcStatusDuration;

/**
 * UcStatusDialog:
 *
 * One's own status in words: an emoji, a line and when it ends. Needs the server; what was
 * typed stays while that says no.
 */
#define UC_TYPE_STATUS_DIALOG (uc_status_dialog_get_type ())
G_DECLARE_FINAL_TYPE (UcStatusDialog, uc_status_dialog, UC, STATUS_DIALOG, AdwDialog)

AdwDialog *uc_status_dialog_new (UcWindowAccount *account);

/* Ms since 1970, 0 for one that stays. Days and weeks (from Monday) are local; pure. */
gint64 uc_status_dialog_get_end_ms (UcStatusDuration duration, gint64 now_ms);

G_END_DECLS
