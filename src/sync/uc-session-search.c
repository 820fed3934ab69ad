/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The façade's search on the server. Searching the store is the store's. */

#include "config.h"

#include "uc-session-private.h"

#include "uc-error.h"
#include "uc-thread.h"

#include <glib/gi18n-lib.h>

/* Why the server cannot be asked now; NULL when it can. Nobody waits for a connection
 * that is only being made. */
static GError *
dup_unreachable (UcSession *self)
{
  const char *reason = uc_session_get_state_reason (self);

  if (uc_session_get_state (self) != UC_SYNC_CONNECTING)
    return _uc_session_dup_hopeless (self);
  return g_error_new_literal (UC_ERROR, UC_ERROR_OFFLINE,
                              reason != NULL ? reason : _ ("There is no connection."));
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GStrv   ids = _uc_search_server_run_finish (UC_SEARCH_SERVER (source), result, &error);

  if (ids == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, ids, (GDestroyNotify) g_strfreev);
}

/**
 * uc_session_search_server_async:
 * @self: a session that was started
 * @query: as the person typed it, in our language
 * @cancellable: (nullable): what has come until then may be stored all the same
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Has the server search all teams and direct channels, and stores what it finds. finish:
 * the ids, newest first as the server gave them, of posts that were not here before, and
 * of such as our own search has no words for; each is stored by then, has passed what
 * @query says by operators the server does not know (has:, is:, category:, priority:),
 * and can be had by uc_store_load_hits_async(). What our own search finds anyway is not
 * among them. Empty also when the query has nothing that the server could look for.
 *
 * It goes behind all other requests, and asks for at most three pages.
 *
 * Errors: OFFLINE at once without a connection, AUTH, INVALID for a query that cannot be
 * read, RATE_LIMITED, TIMEOUT, SERVER, FORBIDDEN, PROTOCOL, STORAGE
 */
void
uc_session_search_server_async (UcSession          *self,
                                const char         *query,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  GTask  *task;
  GError *error;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && query != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_session_search_server_async);
  error = dup_unreachable (self);
  if (error != NULL) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  _uc_search_server_run_async (self->search, query, cancellable, found_cb, task);
}

/**
 * uc_session_search_server_finish:
 * @self: a session
 * @result: what the callback got
 * @error: see uc_session_search_server_async()
 *
 * Returns: (transfer full) (nullable): ids of posts, %NULL with @error
 */
GStrv
uc_session_search_server_finish (UcSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
