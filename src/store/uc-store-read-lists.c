/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store's public reads of whole lists: channels, teams, people, preferences and
 * the outbox. */

#include "config.h"

#include "uc-store-read.h"

#include "uc-read-job-private.h"
#include "uc-store-channels-private.h"
#include "uc-store-outbox-private.h"
#include "uc-store-preferences-private.h"
#include "uc-store-teams-private.h"
#include "uc-store-users-private.h"

static gpointer
read_channels (UcDb *db, UcRead *read, GError **error)
{
  return _uc_channels_load (db, read->id, error);
}

/**
 * uc_store_load_channels_async:
 * @channel_id: (nullable): only this one
 *
 * Those one is in. A channel that was left or archived is not found.
 */
void
uc_store_load_channels_async (UcStore            *self,
                              const char         *channel_id,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  UcRead *read = _uc_read_new (read_channels, g_ptr_array_unref);

  read->id = g_strdup (channel_id);
  _uc_read_start (self, read, uc_store_load_channels_async, cancellable, callback, user_data);
}

GPtrArray *
uc_store_load_channels_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  return _uc_read_finish (self, result, error);
}

static gpointer
read_teams (UcDb *db, UcRead *read, GError **error)
{
  return _uc_teams_load (db, error);
}

void
uc_store_load_teams_async (UcStore            *self,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  UcRead *read = _uc_read_new (read_teams, g_ptr_array_unref);

  _uc_read_start (self, read, uc_store_load_teams_async, cancellable, callback, user_data);
}

GPtrArray *
uc_store_load_teams_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  return _uc_read_finish (self, result, error);
}

static gpointer
read_users (UcDb *db, UcRead *read, GError **error)
{
  return _uc_users_load (db, (const char *const *) read->ids, error);
}

/**
 * uc_store_load_users_async:
 * @ids: (nullable): %NULL for everybody; who is not stored is left out
 */
void
uc_store_load_users_async (UcStore            *self,
                           const char *const  *ids,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  UcRead *read = _uc_read_new (read_users, g_ptr_array_unref);

  read->ids = g_strdupv ((char **) ids);
  _uc_read_start (self, read, uc_store_load_users_async, cancellable, callback, user_data);
}

GPtrArray *
uc_store_load_users_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  return _uc_read_finish (self, result, error);
}

static gpointer
read_completions (UcDb *db, UcRead *read, GError **error)
{
  return _uc_users_complete (db, read->text, read->limit, error);
}

/**
 * uc_store_complete_users_async:
 * @prefix: of any name or any word of one, in any case, with or without @
 */
void
uc_store_complete_users_async (UcStore            *self,
                               const char         *prefix,
                               guint               limit,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  UcRead *read = _uc_read_new (read_completions, g_ptr_array_unref);

  read->text = g_strdup (prefix);
  read->limit = limit;
  _uc_read_start (self, read, uc_store_complete_users_async, cancellable, callback, user_data);
}

GPtrArray *
uc_store_complete_users_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  return _uc_read_finish (self, result, error);
}

static gpointer
read_preferences (UcDb *db, UcRead *read, GError **error)
{
  return _uc_preferences_load (db, error);
}

void
uc_store_load_preferences_async (UcStore            *self,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  UcRead *read = _uc_read_new (read_preferences, g_ptr_array_unref);

  _uc_read_start (self, read, uc_store_load_preferences_async, cancellable, callback, user_data);
}

GPtrArray *
uc_store_load_preferences_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  return _uc_read_finish (self, result, error);
}

static gpointer
read_outbox (UcDb *db, UcRead *read, GError **error)
{
  return _uc_outbox_load (db, error);
}

void
uc_store_load_outbox_async (UcStore            *self,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  UcRead *read = _uc_read_new (read_outbox, g_ptr_array_unref);

  _uc_read_start (self, read, uc_store_load_outbox_async, cancellable, callback, user_data);
}

GPtrArray *
uc_store_load_outbox_finish (UcStore *self, GAsyncResult *result, GError **error)
{
  return _uc_read_finish (self, result, error);
}
