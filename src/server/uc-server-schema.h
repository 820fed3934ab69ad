/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

G_BEGIN_DECLS

/* Opens the server's database and brings it to the present schema. */
UcDb *uc_server_schema_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
