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
/* The id of a conversation of the open store that a person named; tells why when it is
 * NULL. */
char    *uc_store_dup_channel_id (UcCtl      *ctl,
                                  const char *typed) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
