/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-migrate.h"

G_BEGIN_DECLS

/* Every step that leads to the present schema. */
const UcMigration *_uc_store_get_migrations (guint *n_migrations);

G_END_DECLS
