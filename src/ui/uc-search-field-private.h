/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-search-field.h"
#include "uc-search-suggest.h"

G_BEGIN_DECLS

struct _UcSearchField {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *wrap;
  GtkText   *text;
  GtkWidget *clear_button;

  GtkPopover *popover;     /* (owned) of suggestions */
  GtkListBox *suggestions; /* (unowned) in it */

  UcWindowAccount *account; /* (owned) (nullable) */
  UcSearchSuggest *suggest; /* (owned) (nullable) of the account */
  GPtrArray       *chips;   /* (owned) (element-type UcSearchChip) */
  GPtrArray       *pills;   /* (owned) (element-type UcSearchPill) one for each */
  gboolean         is_advanced;
  gboolean         is_filling; /* the text is changed by us */
};

/* uc-search-field.c */
void  _uc_search_field_changed (UcSearchField *self);
gsize _uc_search_field_get_cursor (UcSearchField *self); /* in bytes */
void  _uc_search_field_set_text (UcSearchField *self, const char *text, gsize cursor);
void  _uc_search_field_finish (UcSearchField *self); /* what is half typed becomes a filter */

/* uc-search-field-pills.c */
void _uc_search_field_append_chip (UcSearchField *self, UcSearchChip *chip); /* takes @chip */
void _uc_search_field_drop_all (UcSearchField *self);
void _uc_search_field_update_labels (UcSearchField *self);

/* uc-search-field-suggest.c */
void     _uc_search_field_suggest_init (UcSearchField *self);
void     _uc_search_field_suggest_set_account (UcSearchField *self);
void     _uc_search_field_suggest_update (UcSearchField *self);
void     _uc_search_field_suggest_close (UcSearchField *self);
gboolean _uc_search_field_suggest_key (UcSearchField *self, guint keyval);

/* uc-search-field-keys.c */
void _uc_search_field_keys_init (UcSearchField *self);
void _uc_search_field_emit (UcSearchField *self, const char *signal);

G_END_DECLS
