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
/* What a care of the file needs to know of the store that only the store tells: the id
 * of a conversation that a person named (@channel_name nullable) and where the account's
 * files are cached (@cache_folder nullable). The store is closed again. */
gboolean uc_store_look_up      (UcCtl      *ctl,
                                const char *channel_name,
                                char      **channel_id,
                                char      **cache_folder);

G_END_DECLS
