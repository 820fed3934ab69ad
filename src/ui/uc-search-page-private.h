/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-search-field.h"
#include "uc-search-hints.h"
#include "uc-search-list.h"
#include "uc-search-page.h"

G_BEGIN_DECLS

struct _UcSearchPage {
  AdwNavigationPage parent_instance;

  UcSearchField  *field;
  GtkMenuButton  *filter_button;
  GtkWidget      *spinner;
  AdwToggleGroup *order;
  GtkWidget      *error_box;
  GtkLabel       *error_label;
  GtkWidget      *status_box;
  GtkLabel       *status_label;
  GtkWidget      *retry_button;
  GtkStack       *stack;
  UcSearchHints  *hints;
  UcSearchList   *list;
  GtkBox         *advice_box;

  UcWindowAccount *account; /* (owned) (nullable) */
  UcSearch        *search;  /* (owned) (nullable) */
  UcSearchRecent  *recent;  /* (owned) (nullable) */
  gboolean         use_24h;
  gboolean         show_flags;
  gboolean         opens_first; /* Enter was pressed: what comes first is wanted */
  guint            announce_id; /* 0: nothing is to be said */
  char            *announced;   /* (owned) (nullable) what was said last */
};

/* uc-search-page-show.c: what a search looks like. */
void     _uc_search_page_update (UcSearchPage *self);
gboolean _uc_search_page_has_query (UcSearchPage *self);
void     _uc_search_page_stop_announcing (UcSearchPage *self);

/* uc-search-page-actions.c */
void _uc_search_page_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
