/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-store-care.h"

G_BEGIN_DECLS

/* "<path>.<time>-<word>.backup": beside the store, where old ones are looked for. */
char     *_uc_care_dup_backup_path (const char  *path,
                                    const char  *word) G_GNUC_WARN_UNUSED_RESULT;
/* That it is a store, and not of a newer version. */
gboolean  _uc_care_check_version   (UcDb        *db,
                                    gboolean    *is_present,
                                    GError     **error);

/* Whether a file beside the store "<name>" is a copy of one, by its name: "store.db.…
 * backup" and "store.db.damaged-…", with their logs. @prefix: "<name>.". */
gboolean  _uc_care_is_copy         (const char  *name,
                                    const char  *prefix);
/* A store of this version, INVALID when it is of an older one. */
UcDb     *_uc_care_open            (const char  *path,
                                    UcDbFlags    flags,
                                    GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/* -- uc-store-check.c ------------------------------------------------------------------ */

/* (element-type UcProblem): of a store of this version, but for the index of words. */
GPtrArray *_uc_care_find_problems  (UcDb        *db,
                                    gboolean     is_present,
                                    GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* @db can be written, and is not by it. */
gboolean   _uc_care_check_words    (UcDb        *db,
                                    GPtrArray   *problems,
                                    GError     **error);

G_END_DECLS
