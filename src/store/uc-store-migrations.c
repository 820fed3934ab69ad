/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The chain of schemas. A step that has been released never changes: the next one
 * mends it. build-aux/migrations.sha256 holds their checksums. */

#include "config.h"

#include "uc-store-migrations-private.h"

#include "uc-store-annotations-private.h"
#include "uc-store-resources.h"

#include <glib/gi18n-lib.h>

/* These numbers lie in databases, and stand in SQL. */
G_STATIC_ASSERT (UC_OP_POST == 0 && UC_OP_DELETE == 2 && UC_OP_VIEW == 9 && UC_OP_SET_UNREAD == 10);
G_STATIC_ASSERT (UC_SEND_QUEUED == 1 && UC_SEND_SENDING == 2 && UC_SEND_IN_DOUBT == 3 &&
                 UC_SEND_FAILED == 5);
G_STATIC_ASSERT (UC_CHANNEL_DIRECT == 3 && UC_CHANNEL_GROUP == 4);
G_STATIC_ASSERT (UC_SOURCE_PLACEHOLDER == 0 && UC_SOURCE_USER == 3);

#define PATH "/com/example/UnifiedChat/store/migrations/"

static const UcMigration migrations[] = {
  {
      .version = 1,
      .name = "0001-traditional-chat",
      .title = N_ ("Making room for messages"),
      .resource = PATH "0001-traditional-chat.sql",
  },
  {
      .version = 2,
      .name = "0002-spans-and-outbox",
      .title = N_ ("Preparing messages that wait to be sent"),
      .resource = PATH "0002-spans-and-outbox.sql",
  },
  {
      .version = 3,
      .name = "0003-full-text",
      .title = N_ ("Building the search index"),
      .resource = PATH "0003-full-text.sql",
  },
  {
      .version = 4,
      .name = "0004-annotations",
      .title = N_ ("Preparing categories and priorities"),
      .resource = PATH "0004-annotations.sql",
      .step = _uc_annotation_step,
      .work_table = "messages",
  },
  {
      .version = 5,
      .name = "0005-flags",
      .title = N_ ("Preparing features that can be switched"),
      .resource = PATH "0005-flags.sql",
  },
  {
      .version = 6,
      .name = "0006-holds",
      .title = N_ ("Preparing legal holds"),
      .resource = PATH "0006-holds.sql",
  },
  {
      .version = 7,
      .name = "0007-search-indexes",
      .title = N_ ("Preparing searches by person, file and reaction"),
      .resource = PATH "0007-search-indexes.sql",
  },
  {
      .version = 8,
      .name = "0008-count-indexes",
      .title = N_ ("Preparing counts of unread messages"),
      .resource = PATH "0008-count-indexes.sql",
  },
};

const UcMigration *
_uc_store_get_migrations (guint *n_migrations)
{
  /* A static library keeps only what is named: this brings the resources along. */
  uc_store_get_resource ();
  *n_migrations = G_N_ELEMENTS (migrations);
  return migrations;
}
