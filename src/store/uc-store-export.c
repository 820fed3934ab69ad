/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads for an export: everything of one's own, a page at a time. Each page is read in
 * a transaction of its own, since a long one would keep the log of a program that
 * writes meanwhile from being emptied; messages are gone through by key, so what comes
 * or goes in between disturbs no order. */

#include "config.h"

#include "uc-store-export.h"

#include "uc-row-private.h"
#include "uc-store-care-private.h"
#include "uc-store-channels-private.h"
#include "uc-store-drafts-private.h"
#include "uc-store-facts-private.h"
#include "uc-store-messages-private.h"
#include "uc-store-outbox-private.h"
#include "uc-store-users-private.h"

static const char *COUNT_SQL =
    "SELECT count (*) FROM messages m"
    " WHERE m.delete_at_ms = 0"
    "   AND (:id = '' OR m.channel = (SELECT channel FROM channels WHERE id = :id))";

struct _UcExportReader {
  UcDb *db; /* (owned) */
};

UcExportReader *
uc_export_reader_open (const char *path, GError **error)
{
  g_autoptr (UcDb) db = _uc_care_open (path, UC_DB_READ_ONLY, error);
  UcExportReader *self;

  if (db == NULL)
    return NULL;
  self = g_new0 (UcExportReader, 1);
  self->db = g_steal_pointer (&db);
  return self;
}

void
uc_export_reader_free (UcExportReader *self)
{
  if (self == NULL)
    return;

  uc_db_close (self->db);
  g_free (self);
}

gboolean
uc_export_reader_load_fact (UcExportReader *self, const char *key, char **value, GError **error)
{
  return _uc_fact_load (self->db, key, value, error);
}

GPtrArray *
uc_export_reader_load_users (UcExportReader *self, GError **error)
{
  return _uc_users_load (self->db, NULL, error);
}

GPtrArray *
uc_export_reader_load_channels (UcExportReader *self, const char *channel_id, GError **error)
{
  return _uc_channels_load_stored (self->db, channel_id, error);
}

gboolean
uc_export_reader_count (UcExportReader *self,
                        const char     *channel_id,
                        gint64         *n_messages,
                        GError        **error)
{
  return _uc_row_find (self->db, COUNT_SQL, ":id", channel_id != NULL ? channel_id : "", n_messages,
                       error);
}

GPtrArray *
uc_export_reader_load_messages (UcExportReader *self,
                                const char     *channel_id,
                                gint64          after_seq,
                                guint           limit,
                                GError        **error)
{
  g_autoptr (UcWindow) window = NULL;

  if (!uc_db_begin_read (self->db, error))
    return NULL;
  window =
      _uc_message_load_window (self->db, channel_id, "", UC_WINDOW_AFTER, after_seq, limit, error);
  uc_db_end_read (self->db);
  if (window == NULL)
    return NULL;
  /* Graves are no messages; they count for no limit. */
  for (guint i = window->messages->len; i > 0; i--) {
    if (((UcMessage *) window->messages->pdata[i - 1])->post->delete_at_ms > 0)
      g_ptr_array_remove_index (window->messages, i - 1);
  }
  return g_steal_pointer (&window->messages);
}

GPtrArray *
uc_export_reader_load_drafts (UcExportReader *self, const char *channel_id, GError **error)
{
  return _uc_drafts_load_all (self->db, channel_id, error);
}

GPtrArray *
uc_export_reader_load_outbox (UcExportReader *self, GError **error)
{
  return _uc_outbox_load (self->db, error);
}
