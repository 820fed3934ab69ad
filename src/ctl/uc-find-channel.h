/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-print.h"

G_BEGIN_DECLS

/* A conversation by its id, its name ("station-3", "~station-3", "klinik/station-3" where
 * several teams have one) or its partner ("@anna"), among those in the store. NULL:
 * told on standard error. */
UcChannel *uc_find_channel         (UcCtl       *ctl,
                                    UcNames     *names,
                                    const char  *typed) G_GNUC_WARN_UNUSED_RESULT;
/* The direct channel with a person: the stored one, else asked of the server. */
char      *uc_find_direct          (UcCtl       *ctl,
                                    const char  *user_name,
                                    int          limit_s) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type UcChannelState) */
GPtrArray *uc_find_all_channels    (UcCtl       *ctl) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
