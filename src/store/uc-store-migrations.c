/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The chain of schemas. A step that has been released never changes: the next one
 * mends it. build-aux/migrations.sha256 holds their checksums. */

#include "config.h"

#include "uc-store-migrations-private.h"

#include "uc-store-annotations-private.h"
#include "uc-store-resources.h"

/* These numbers lie in databases, and stand in SQL. */
G_STATIC_ASSERT (UC_OP_POST == 0 && UC_OP_DELETE == 2 && UC_OP_VIEW == 9 && UC_OP_SET_UNREAD == 10);
G_STATIC_ASSERT (UC_SEND_QUEUED == 1 && UC_SEND_SENDING == 2 && UC_SEND_IN_DOUBT == 3 &&
                 UC_SEND_FAILED == 5);
G_STATIC_ASSERT (UC_CHANNEL_DIRECT == 3 && UC_CHANNEL_GROUP == 4);
G_STATIC_ASSERT (UC_SOURCE_PLACEHOLDER == 0 && UC_SOURCE_USER == 3);

#define PATH "/com/example/UnifiedChat/store/migrations/"

static const UcMigration migrations[] = {
  { 1, "0001-traditional-chat", PATH "0001-traditional-chat.sql", NULL, NULL, NULL },
  { 2, "0002-spans-and-outbox", PATH "0002-spans-and-outbox.sql", NULL, NULL, NULL },
  { 3, "0003-full-text", PATH "0003-full-text.sql", NULL, NULL, NULL },
  { 4, "0004-annotations", PATH "0004-annotations.sql", _uc_annotation_step, "messages", NULL },
  { 5, "0005-flags", PATH "0005-flags.sql", NULL, NULL, NULL },
  { 6, "0006-holds", PATH "0006-holds.sql", NULL, NULL, NULL },
};

const UcMigration *
_uc_store_get_migrations (guint *n_migrations)
{
  /* A static library keeps only what is named: this brings the resources along. */
  uc_store_get_resource ();
  *n_migrations = G_N_ELEMENTS (migrations);
  return migrations;
}
