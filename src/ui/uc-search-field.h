/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-search-chip.h"
#include "uc-window-account.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UcSearchField:
 *
 * Where a search is typed: filters that are finished stand as pills before the words.
 * What follows an operator is completed while it is typed. The whole is one string,
 * which is what is set, told and copied.
 *
 * Properties: "advanced" (FALSE: words alone, nothing is a filter)
 *
 * Signals:
 *   "changed" (UcSearchField *)     the query, by whatever way
 *   "activate" (UcSearchField *)    Enter
 *   "move-down" (UcSearchField *)   Down, with no suggestions
 */
#define UC_TYPE_SEARCH_FIELD (uc_search_field_get_type ())
G_DECLARE_FINAL_TYPE (UcSearchField, uc_search_field, UC, SEARCH_FIELD, GtkWidget)

/* NULL: none; the query is forgotten. */
void uc_search_field_set_account (UcSearchField *self, UcWindowAccount *account);

void uc_search_field_set_query (UcSearchField *self, const char *query);
/* All of it, as it can be copied. */
char *uc_search_field_dup_query (UcSearchField *self) G_GNUC_WARN_UNUSED_RESULT;
/* Without what is only half typed: what is to be looked for now. */
char *uc_search_field_dup_settled (UcSearchField *self) G_GNUC_WARN_UNUSED_RESULT;
/* The words without the filters. (transfer none) */
const char *uc_search_field_get_words (UcSearchField *self);
/* (transfer none) (element-type UcSearchChip) */
GPtrArray *uc_search_field_get_chips (UcSearchField *self);
char      *uc_search_field_dup_chip_label (UcSearchField *self, guint i) G_GNUC_WARN_UNUSED_RESULT;

void uc_search_field_add_chip (UcSearchField *self,
                               const char    *name,
                               const char    *value,
                               gboolean       is_negated);
void uc_search_field_remove_chip (UcSearchField *self, guint i);
/* Takes every filter of @name out, whatever its value. */
void uc_search_field_remove_all (UcSearchField *self, const char *name);
/* Writes "from:" where the cursor is and suggests what may follow. */
void uc_search_field_begin_operator (UcSearchField *self, const char *name);
/* Where in the settled query the mistake is, in bytes; @end 0: nowhere. */
void uc_search_field_mark_wrong (UcSearchField *self, gboolean is_wrong, gsize start, gsize end);
/* With all the words selected, so that typing begins anew. */
void uc_search_field_focus (UcSearchField *self);

G_END_DECLS
