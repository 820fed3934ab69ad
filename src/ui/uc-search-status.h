/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-search.h"

G_BEGIN_DECLS

/* How a search stands, in words. Pure but for the model that is asked. (transfer full)
 * "12 messages", "More than 40 messages"; "" while there is nothing to tell. */
char *uc_search_status_dup_count (UcSearch *search) G_GNUC_WARN_UNUSED_RESULT;
/* What the server does about it; "" while there is nothing to tell. */
char *uc_search_status_dup_server (UcSearch *search) G_GNUC_WARN_UNUSED_RESULT;
/* Both, as one line. */
char *uc_search_status_dup (UcSearch *search) G_GNUC_WARN_UNUSED_RESULT;
/* The last line of the results. */
char *uc_search_status_dup_end (UcSearch *search) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
