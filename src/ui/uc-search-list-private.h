/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-search-list.h"
#include "uc-switcher-list.h"

G_BEGIN_DECLS

struct _UcSearchList {
  GtkWidget parent_instance;

  GtkScrolledWindow  *scrolled;
  GtkListView        *list;
  GtkAdjustment      *adjustment;
  GtkListItemFactory *headers; /* (owned) */

  UcWindowAccount    *account;   /* (owned) (nullable) */
  UcSearch           *search;    /* (owned) (nullable) */
  UcSwitcherList     *names;     /* (owned) (nullable) */
  GtkSliceListModel  *few_names; /* (owned) (nullable) the first of them */
  GtkStringList      *end;       /* (owned) (nullable) one line, or none */
  GtkSingleSelection *selection; /* (owned) (nullable) of all */
  gboolean            is_at_top; /* nobody has scrolled */
  gboolean            use_24h;
  gboolean            show_flags;
};

/* uc-search-list-moves.c; @keep_focus: to go on in the results. */
void _uc_search_list_open (UcSearchList *self, guint position, gboolean keep_focus);
/* How many stand above the messages. */
guint _uc_search_list_get_n_names (UcSearchList *self);

/* uc-search-list-rows.c */
void _uc_search_list_bind (UcSearchList *self, GtkListItem *list_item);
void _uc_search_list_unbind (UcSearchList *self, GtkListItem *list_item);
void _uc_search_list_bind_header (UcSearchList *self, GtkListHeader *header);

G_END_DECLS
