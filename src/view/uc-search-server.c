/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The server's part of a search: asked when typing has paused, once for a query. What it
 * found is in the store by the time it answers, and comes from there.
 */

#include "config.h"

#include "uc-search-private.h"

#include "uc-error.h"
#include "uc-thread.h"

static void found_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* One question. */
typedef struct {
  UcSearch     *self;        /* (owned) */
  GCancellable *cancellable; /* (owned) */
  char         *query;       /* (owned) */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->self);
  g_object_unref (question->cancellable);
  g_free (question->query);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static gboolean
can_ask (UcSearch *self)
{
  UcSyncState state = uc_session_get_state (self->session);

  return state == UC_SYNC_LIVE || state == UC_SYNC_POLLING;
}

static void
stop_asking (UcSearch *self)
{
  g_clear_handle_id (&self->server_delay_id, g_source_remove);
  g_cancellable_cancel (self->server_cancellable);
  g_clear_object (&self->server_cancellable);
}

/* The question is over. */
static void
finish (UcSearch *self, UcSearchServer server)
{
  g_clear_object (&self->server_cancellable);
  _uc_search_set_server (self, server);
}

static void
fail (UcSearch *self, const GError *error)
{
  finish (self, g_error_matches (error, UC_ERROR, UC_ERROR_OFFLINE) ? UC_SEARCH_SERVER_OFFLINE
                                                                    : UC_SEARCH_SERVER_FAILED);
}

static gboolean
ask_cb (gpointer user_data)
{
  UcSearch *self = user_data;
  Question *question = g_new0 (Question, 1);

  self->server_delay_id = 0;
  self->server_cancellable = g_cancellable_new ();
  question->self = g_object_ref (self);
  question->cancellable = g_object_ref (self->server_cancellable);
  question->query = _uc_search_dup_run (self);
  uc_session_search_server_async (self->session, question->query, question->cancellable, found_cb,
                                  question);
  return G_SOURCE_REMOVE;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  UcSearch *self = question->self;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = uc_session_search_server_finish (UC_SESSION (source), result, &error);

  if (self->server_cancellable != question->cancellable)
    return;
  if (ids == NULL) {
    fail (self, error);
    return;
  }
  if (ids[0] == NULL) {
    finish (self, UC_SEARCH_SERVER_DONE);
    return;
  }
  uc_store_load_hits_async (self->store, question->query, (const char *const *) ids,
                            question->cancellable, loaded_cb, question);
  g_steal_pointer (&question);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  UcSearch *self = question->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = uc_store_load_hits_finish (UC_STORE (source), result, &error);

  if (self->server_cancellable != question->cancellable)
    return;
  if (hits == NULL) {
    g_warning ("Reading what the server found: %s", error->message);
    fail (self, error);
    return;
  }
  _uc_search_put_from_server (self, hits);
  finish (self, UC_SEARCH_SERVER_DONE);
}

static void
ask_later (UcSearch *self, guint delay_ms)
{
  stop_asking (self);
  if (!can_ask (self)) {
    _uc_search_set_server (self, UC_SEARCH_SERVER_OFFLINE);
    return;
  }
  self->server_delay_id = g_timeout_add (delay_ms, ask_cb, self);
  _uc_search_set_server (self, UC_SEARCH_SERVER_ASKED);
}

/* The store has answered the query that is to be asked. */
void
_uc_search_server_begin (UcSearch *self)
{
  if (uc_search_is_advanced (self))
    ask_later (self, self->server_delay_ms);
  else
    _uc_search_server_stop (self);
}

void
_uc_search_server_stop (UcSearch *self)
{
  stop_asking (self);
  _uc_search_set_server (self, UC_SEARCH_SERVER_NONE);
}

/* Whoever was told that the server cannot be reached gets its answer when it can. By then
 * the store has caught up, too; it is read again unless that would move somebody who reads
 * page after page. */
void
_uc_search_server_state_changed (UcSearch *self)
{
  if (self->server != UC_SEARCH_SERVER_OFFLINE || !can_ask (self))
    return;
  if (self->has_more)
    ask_later (self, self->server_delay_ms);
  else
    _uc_search_load_first (self);
}

/**
 * uc_search_retry_server:
 * @self: a search
 *
 * Asks the server again, if it was asked in vain. Main thread.
 */
void
uc_search_retry_server (UcSearch *self)
{
  g_return_if_fail (UC_IS_SEARCH (self));
  UC_ASSERT_MAIN_THREAD ();

  if (self->server == UC_SEARCH_SERVER_FAILED || self->server == UC_SEARCH_SERVER_OFFLINE)
    ask_later (self, 0);
}
