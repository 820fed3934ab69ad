/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-ctl.h"
#include "uc-db.h"

G_BEGIN_DECLS

/* As uc_ctl_parse(), for a command that takes so many arguments and needs --store. */
gboolean uc_store_parse        (UcCtl              *ctl,
                                const GOptionEntry *entries,
                                int                 n_arguments,
                                int                *argc,
                                char             ***argv,
                                int                *status);
/* Beside a program that has the store open; tells why when it is NULL. */
UcDb    *uc_store_open_to_read (UcCtl *ctl) G_GNUC_WARN_UNUSED_RESULT;
/* What a care of the file needs to know of the store that only the store tells; the
 * store is closed again. All but @ctl are (nullable). */
gboolean uc_store_look_up      (UcCtl       *ctl,
                                const char  *channel_name, /* as a person typed it */
                                char       **channel_id,   /* its id */
                                char       **cache_folder, /* of the account's files */
                                GHashTable **titles);      /* channel id to name */

G_END_DECLS
