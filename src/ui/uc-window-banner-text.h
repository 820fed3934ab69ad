/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-session.h"
#include "uc-store.h"

G_BEGIN_DECLS

/**
 * UcBannerText:
 *
 * What the banner says. @title is %NULL when there is nothing to say; @button and
 * @action (of the window) are %NULL when nothing can be done.
 */
typedef struct {
  char       *title;  /* (owned) (nullable) */
  const char *button; /* (nullable) */
  const char *action; /* (nullable) */
} UcBannerText;

/* @wait_s: seconds until the next try, 0 when it is not known. */
void uc_window_banner_describe (UcSyncState      state,
                                const char      *reason,
                                gint64           wait_s,
                                UcStoreCondition condition,
                                UcBannerText    *text);
void uc_window_banner_text_clear (UcBannerText *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UcBannerText, uc_window_banner_text_clear)

G_END_DECLS
