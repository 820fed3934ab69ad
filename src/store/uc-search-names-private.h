/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-query-private.h"

G_BEGIN_DECLS

/**
 * UcSearchNames:
 *
 * The people and channels that a query names, as keys.
 */
typedef struct _UcSearchNames UcSearchNames;

UcSearchNames *_uc_search_names_resolve          (UcDb           *db,
                                                  const UcQuery  *query,
                                                  const char     *my_user_id,
                                                  GError        **error) G_GNUC_WARN_UNUSED_RESULT;
void           _uc_search_names_free             (UcSearchNames  *self);
/* Only people or channels are asked for that nobody knows: nothing can be found. */
gboolean       _uc_search_names_are_unknown      (UcSearchNames  *self);
/* 0 when there is not exactly one. */
gint64         _uc_search_names_get_only_channel (UcSearchNames  *self);
gint64         _uc_search_names_get_only_person  (UcSearchNames  *self);
/* :in, :not_in, :from, :not_from and :me. */
void           _uc_search_names_bind             (UcSearchNames  *self,
                                                  UcStmt         *stmt);
/* @keys (element-type gint64) gets the channels that one name in "in:" means. */
gboolean       _uc_search_names_add_place        (UcDb           *db,
                                                  const char     *name,
                                                  const char     *my_user_id,
                                                  GArray         *keys,
                                                  GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcSearchNames, _uc_search_names_free)

G_END_DECLS
