/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-sidebar.h"

G_BEGIN_DECLS

/**
 * UcSearchChip:
 * @name: of the operator, "from"
 * @value: what stands behind the colon, without quotes
 *
 * A filter of a search that is shown as one thing instead of as text. A query is a
 * list of them and the words that are left; both ways it stays one string.
 */
typedef struct {
  char    *name;
  char    *value;
  gboolean is_negated;
} UcSearchChip;

UcSearchChip *uc_search_chip_new (const char *name,
                                  const char *value,
                                  gboolean    is_negated) G_GNUC_WARN_UNUSED_RESULT;
void          uc_search_chip_free (UcSearchChip *self);
gboolean      uc_search_chip_equal (const UcSearchChip *a, const UcSearchChip *b);
/* In words: "From Anna Keller", "Before 3 March". */
char *uc_search_chip_dup_label (const UcSearchChip *self,
                                UcDirectory        *directory,
                                UcSidebar          *sidebar,
                                gint64              now_ms) G_GNUC_WARN_UNUSED_RESULT;
/* What in: is followed by for a conversation. */
char *uc_search_chip_dup_place (UcDirectory   *directory,
                                UcSidebar     *sidebar,
                                UcSidebarItem *item) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray       *
uc_search_chips_take (const char *text, gssize cursor, char **rest) G_GNUC_WARN_UNUSED_RESULT;
char *uc_search_chips_join (GPtrArray *chips, const char *rest) G_GNUC_WARN_UNUSED_RESULT;
int   uc_search_chips_find (GPtrArray *chips, gsize start, gsize *rest_start);
gboolean uc_search_find_typed (const char *text,
                               gsize       cursor,
                               gsize      *start,
                               gsize      *end,
                               char      **name,
                               char      **value);
char    *uc_search_dup_settled (const char *text, gssize cursor) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcSearchChip, uc_search_chip_free)

G_END_DECLS
