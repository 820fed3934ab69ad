/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-markdown.h"
#include "uc-row-colors.h"

G_BEGIN_DECLS

/**
 * UcRowFlow:
 *
 * The blocks of a message as they stand below each other in a width: one layout a
 * block, or a cell of a table. Its text is that of all blocks with a newline
 * between them; offsets are bytes of it. Main thread.
 */
typedef struct _UcRowFlow UcRowFlow;

/* Something that can be followed: a link, a mention, a channel, a hashtag. */
typedef struct {
  guint      start;
  guint      end;
  UcRunFlags flags;
  char      *target;
} UcRowLink;

/* The text of a whole message as a flow has it: of what is not on screen. */
char *uc_row_flow_flatten (const UcMarkdown *markdown) G_GNUC_WARN_UNUSED_RESULT;

/* @markdown is copied. @suffix, (nullable), is a quiet word behind the text. */
UcRowFlow *uc_row_flow_new (const UcMarkdown *markdown,
                            const char       *suffix) G_GNUC_WARN_UNUSED_RESULT;
void       uc_row_flow_free (UcRowFlow *self);
/* Before the first layout, and whenever fonts or colours change. */
void uc_row_flow_set_style (UcRowFlow         *self,
                            PangoContext      *context,
                            const UcRowColors *colors,
                            gboolean           is_rtl);

/* Lays out for a width in pixels; returns the height. Cheap when nothing changed. */
int  uc_row_flow_layout (UcRowFlow *self, int width);
void uc_row_flow_snapshot (UcRowFlow         *self,
                           GtkSnapshot       *snapshot,
                           const UcRowColors *colors,
                           int                select_start,
                           int                select_end);

int              uc_row_flow_get_index_at (UcRowFlow *self, double x, double y);
guint            uc_row_flow_get_n_links (UcRowFlow *self);
const UcRowLink *uc_row_flow_get_link (UcRowFlow *self, guint index);
/* -1 for none */
int uc_row_flow_get_link_at (UcRowFlow *self, double x, double y);
/* What stands at [start, end): (transfer full) (nullable) */
cairo_region_t *
uc_row_flow_get_region (UcRowFlow *self, guint start, guint end) G_GNUC_WARN_UNUSED_RESULT;

/* Blocks of code: their boxes, their text, and moving what is wider than the box. */
guint uc_row_flow_get_n_codes (UcRowFlow *self);
void  uc_row_flow_get_code_box (UcRowFlow *self, guint index, GdkRectangle *box);
char *uc_row_flow_dup_code (UcRowFlow *self, guint index) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE when there is nothing to move at that place. */
gboolean uc_row_flow_scroll_at (UcRowFlow *self, double x, double y, double delta);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcRowFlow, uc_row_flow_free)

G_END_DECLS
