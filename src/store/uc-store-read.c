/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store's public reads of messages and of small things: each packs its question,
 * and the family that owns the tables answers it. Lists are in uc-store-read-lists.c,
 * searches in uc-store-search.c. */

#include "config.h"

#include "uc-store-read.h"

#include "uc-read-job-private.h"
#include "uc-store-drafts-private.h"
#include "uc-store-facts-private.h"
#include "uc-store-messages-private.h"
#include "uc-store-spans-private.h"

/* -- Messages ------------------------------------------------------------------------ */

static gpointer
read_window (UcDb *db, UcRead *read, GError **error)
{
  return _uc_message_load_window (db, read->id, read->text, read->kind, read->seq, read->limit,
                                  error);
}

/**
 * uc_store_load_window_async:
 * @root_id: "" for the channel as a whole; the root's id or key for its thread
 * @seq: a place in the order; not used with %UC_WINDOW_NEWEST
 *
 * Deleted messages are not in it.
 */
void
uc_store_load_window_async (UcStore            *self,
                            const char         *channel_id,
                            const char         *root_id,
                            UcWindowKind        kind,
                            gint64              seq,
                            guint               limit,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  UcRead *read = _uc_read_new (read_window, uc_window_free);

  read->id = g_strdup (channel_id);
  read->text = g_strdup (root_id);
  read->kind = kind;
  read->seq = seq;
  read->limit = limit;
  _uc_read_start (self, read, uc_store_load_window_async, cancellable, callback, user_data);
}

UcWindow *
uc_store_load_window_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  return _uc_read_finish (self, result, error);
}

static gpointer
read_message (UcDb *db, UcRead *read, GError **error)
{
  return _uc_message_load_by_key (db, read->id, error);
}

/**
 * uc_store_load_message_async:
 *
 * Finds deleted messages too: see #UcPost.delete_at_ms.
 */
void
uc_store_load_message_async (UcStore            *self,
                             const char         *post_id_or_key,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  UcRead *read = _uc_read_new (read_message, uc_message_unref);

  read->id = g_strdup (post_id_or_key);
  _uc_read_start (self, read, uc_store_load_message_async, cancellable, callback, user_data);
}

UcMessage *
uc_store_load_message_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  return _uc_read_finish (self, result, error);
}

static gpointer
read_unclassified (UcDb *db, UcRead *read, GError **error)
{
  return _uc_message_load_unclassified (db, read->limit, error);
}

void
uc_store_load_unclassified_async (UcStore            *self,
                                  guint               limit,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  UcRead *read = _uc_read_new (read_unclassified, g_ptr_array_unref);

  read->limit = limit;
  _uc_read_start (self, read, uc_store_load_unclassified_async, cancellable, callback, user_data);
}

GPtrArray *
uc_store_load_unclassified_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  return _uc_read_finish (self, result, error);
}

static gpointer
read_spans (UcDb *db, UcRead *read, GError **error)
{
  return _uc_spans_load (db, read->id, G_MININT64, G_MAXINT64, error);
}

void
uc_store_load_spans_async (UcStore            *self,
                           const char         *channel_id,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  UcRead *read = _uc_read_new (read_spans, g_array_unref);

  read->id = g_strdup (channel_id);
  _uc_read_start (self, read, uc_store_load_spans_async, cancellable, callback, user_data);
}

GArray *
uc_store_load_spans_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  return _uc_read_finish (self, result, error);
}

/* -- Small things ---------------------------------------------------------------------- */

static gpointer
read_fact (UcDb *db, UcRead *read, GError **error)
{
  char *value;

  return _uc_fact_load (db, read->id, &value, error) ? value : NULL;
}

void
uc_store_load_fact_async (UcStore            *self,
                          const char         *key,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  UcRead *read = _uc_read_new (read_fact, g_free);

  read->id = g_strdup (key);
  _uc_read_start (self, read, uc_store_load_fact_async, cancellable, callback, user_data);
}

char *
uc_store_load_fact_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  return _uc_read_finish (self, result, error);
}

static gpointer
read_draft (UcDb *db, UcRead *read, GError **error)
{
  char *text;

  return _uc_draft_load (db, read->id, read->text, &text, error) ? text : NULL;
}

void
uc_store_load_draft_async (UcStore            *self,
                           const char         *channel_id,
                           const char         *root_id,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  UcRead *read = _uc_read_new (read_draft, g_free);

  read->id = g_strdup (channel_id);
  read->text = g_strdup (root_id);
  _uc_read_start (self, read, uc_store_load_draft_async, cancellable, callback, user_data);
}

char *
uc_store_load_draft_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  return _uc_read_finish (self, result, error);
}

typedef struct {
  gint64 revision;
  char  *document; /* (owned) (nullable) */
} Flags;

static void
flags_free (gpointer data)
{
  Flags *flags = data;

  g_free (flags->document);
  g_free (flags);
}

static gpointer
read_flags (UcDb *db, UcRead *read, GError **error)
{
  Flags *flags = g_new0 (Flags, 1);

  if (_uc_flags_load (db, &flags->revision, &flags->document, error))
    return flags;
  flags_free (flags);
  return NULL;
}

void
uc_store_load_flags_async (UcStore            *self,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  UcRead *read = _uc_read_new (read_flags, flags_free);

  _uc_read_start (self, read, uc_store_load_flags_async, cancellable, callback, user_data);
}

/**
 * uc_store_load_flags_finish:
 * @revision: (out): 0 when there never was a document
 *
 * Returns: (transfer full) (nullable): the document
 */
char *
uc_store_load_flags_finish (UcStore *self, GAsyncResult *result, gint64 *revision, GError **error)
{
  Flags *flags = _uc_read_finish (self, result, error);
  char  *document;

  *revision = 0;
  if (flags == NULL)
    return NULL;
  *revision = flags->revision;
  document = g_steal_pointer (&flags->document);
  flags_free (flags);
  return document;
}
