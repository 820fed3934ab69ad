/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-row-flow.h"

G_BEGIN_DECLS

/* One text of a flow: a block, or a cell of a table. */
typedef struct {
  UcBlockKind kind;
  int         level;
  int         quote;  /* so many quotes around it */
  int         indent; /* so many lists */
  guint       start;  /* bytes into the flow's text */
  guint       end;
  char       *text;      /* (owned) */
  char       *marker;    /* (owned) (nullable) of a list */
  char       *suffix;    /* (owned) (nullable) drawn behind the text, no part of it */
  GArray     *runs;      /* (owned) (element-type UcRun) bytes into @text */
  GArray     *breaks;    /* (owned) (nullable) (element-type guint): where the layout's text has a
                            zero width space that @text has not */
  PangoLayout   *layout; /* (owned) (nullable) until there is a style */
  PangoLayout   *marker_layout; /* (owned) (nullable) */
  int            row;           /* of a cell */
  int            column;
  PangoAlignment alignment;
  GdkRectangle   box;   /* with padding */
  GdkRectangle   area;  /* where the text is drawn */
  int            bar_y; /* where the bars of its quotes begin */
  int            text_width;
  double         scroll_x; /* of code that is wider than its area */
} UcRowPiece;

struct _UcRowFlow {
  GPtrArray *pieces; /* (owned) (element-type UcRowPiece) */
  GArray    *links;  /* (owned) (element-type UcRowLink) */
  gboolean   is_rtl;
  gboolean   is_emoji_only;
  int        width; /* laid out for, or -1 */
  int        height;
};

/* uc-row-flow-style.c */
void _uc_row_piece_style (UcRowPiece        *piece,
                          PangoContext      *context,
                          const UcRowColors *colors,
                          gboolean           is_emoji_only);
int  _uc_row_piece_to_layout (UcRowPiece *piece, int index);
int  _uc_row_piece_from_layout (UcRowPiece *piece, int index);

/* uc-row-flow-layout.c */
int _uc_row_flow_place (UcRowFlow *self, int width);

G_END_DECLS
