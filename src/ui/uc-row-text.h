/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-markdown.h"
#include "uc-row-flow.h"

G_BEGIN_DECLS

/**
 * UcRowText:
 *
 * The text of a message, drawn by itself: one layout a block, measured once per
 * width. Links, mentions, channels and hashtags can be followed with the pointer
 * and, by Tab and Enter, with the keyboard. Selecting is the list's business, which
 * tells it what to show as selected.
 *
 * Signals:
 *   "follow" (UcRowText *, guint run_flags, const char *target)
 *   "show-more" (UcRowText *)   the rest of a text that was cut is asked for
 */
#define UC_TYPE_ROW_TEXT (uc_row_text_get_type ())
G_DECLARE_FINAL_TYPE (UcRowText, uc_row_text, UC, ROW_TEXT, GtkWidget)

GtkWidget *uc_row_text_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @markdown (nullable) is copied; @suffix (nullable): "edited" */
void uc_row_text_set_markdown (UcRowText *self, const UcMarkdown *markdown, const char *suffix);
void uc_row_text_select (UcRowText *self, int start, int end);
int  uc_row_text_get_index_at (UcRowText *self, double x, double y);
/* (nullable) (transfer none) */
const UcRowLink *uc_row_text_get_link_at (UcRowText *self, double x, double y);

G_END_DECLS
