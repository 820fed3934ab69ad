/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 key;
  char  *id;       /* (owned) */
  char  *username; /* (owned) */
} UcSearchPerson;

/* (element-type UcSearchPerson): whom a name in a search means. */
GArray *_uc_search_find_people (UcDb        *db,
                                const char  *name,
                                const char  *my_user_id,
                                GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* As names are compared: case, and the quotes that no query can hold, make no
 * difference. */
char   *_uc_search_fold_name   (const char  *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
