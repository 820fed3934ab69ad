/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Joining, leaving, finding: what cannot be done without the server, since others have
 * to know of it at once. */

#include "config.h"

#include "uc-session-private.h"

#include "uc-catch-up-private.h"
#include "uc-request-queue-private.h"
#include "uc-thread.h"

#include <string.h>

#define FOUND_PER_PAGE 60

static void direct_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void direct_made_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void joined_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void left_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void teams_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void people_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void channels_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
ask (GTask *task, UcRequest *request, GAsyncReadyCallback callback)
{
  UcSession *self = g_task_get_source_object (task);

  _uc_request_queue_send_async (self->context->requests, UC_LANE_COMMAND, request,
                                g_task_get_cancellable (task), callback, g_object_ref (task));
}

/* -- A conversation with one person ---------------------------------------------------- */

void
uc_session_open_direct_async (UcSession          *self,
                              const char         *user_id,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  GTask *task;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && user_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_session_open_direct_async);
  g_task_set_task_data (task, g_strdup (user_id), g_free);
  /* One that is here already needs no server. */
  uc_store_load_channels_async (self->context->store, NULL, cancellable, direct_stored_cb, task);
}

static void
show_and_return (GTask *task, const char *channel_id)
{
  UcSession *self = g_task_get_source_object (task);

  _uc_session_put_preference (self, "direct_channel_show", g_task_get_task_data (task), "true");
  g_task_return_pointer (task, g_strdup (channel_id), g_free);
}

static void
direct_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSession  *self = g_task_get_source_object (task);
  const char *user_id = g_task_get_task_data (task);
  GError     *error = NULL;
  g_autoptr (GPtrArray) states = uc_store_load_channels_finish (UC_STORE (source), result, &error);

  if (states == NULL) {
    g_task_return_error (task, error);
    return;
  }
  for (guint i = 0; i < states->len; i++) {
    UcChannelState  *state = g_ptr_array_index (states, i);
    g_autofree char *partner_id =
        uc_channel_dup_partner_id (state->channel, self->context->my_user_id);

    if (g_strcmp0 (partner_id, user_id) != 0)
      continue;
    if (state->is_hidden)
      show_and_return (task, state->channel->id);
    else
      g_task_return_pointer (task, g_strdup (state->channel->id), g_free);
    return;
  }
  ask (task, uc_request_create_direct (self->context->my_user_id, user_id), direct_made_cb);
}

static void
direct_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSession *self = g_task_get_source_object (task);
  GError    *error = NULL;
  UcBatch   *batch;
  g_autoptr (UcChannel) channel =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (channel == NULL) {
    g_task_return_error (task, error);
    return;
  }
  batch = uc_batch_new ();
  uc_batch_put_channel (batch, channel);
  _uc_session_apply (self, batch);
  _uc_reader_add_channel (_uc_engine_get_reader (self->engine), channel->id);
  show_and_return (task, channel->id);
}

char *
uc_session_open_direct_finish (UcSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- Joining and leaving ------------------------------------------------------------------ */

void
uc_session_join_channel_async (UcSession          *self,
                               const char         *channel_id,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && channel_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_session_join_channel_async);
  g_task_set_task_data (task, g_strdup (channel_id), g_free);
  ask (task, uc_request_join_channel (channel_id, self->context->my_user_id), joined_cb);
}

static void
joined_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSession *self = g_task_get_source_object (task);
  GError    *error = NULL;
  g_autoptr (UcMember) member =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (member == NULL) {
    g_task_return_error (task, error);
    return;
  }
  _uc_catch_up_channel_async (self->context, g_task_get_task_data (task),
                              g_task_get_cancellable (task), fetched_cb, g_object_ref (task));
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSession *self = g_task_get_source_object (task);
  GError    *error = NULL;
  g_autoptr (UcChannel) channel = _uc_catch_up_channel_finish (UC_CONTEXT (source), result, &error);

  if (channel == NULL) {
    g_task_return_error (task, error);
    return;
  }
  _uc_reader_adopt_channel (_uc_engine_get_reader (self->engine), channel);
  g_task_return_boolean (task, TRUE);
}

gboolean
uc_session_join_channel_finish (UcSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
uc_session_leave_channel_async (UcSession          *self,
                                const char         *channel_id,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && channel_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_session_leave_channel_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_strdup (channel_id), g_free);
  ask (task, uc_request_leave_channel (channel_id, self->context->my_user_id), left_cb);
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSession *self = g_task_get_source_object (task);
  GError    *error = NULL;
  UcBatch   *batch;

  (void) !_uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  if (error != NULL) {
    g_task_return_error (task, error);
    return;
  }
  /* The event says the same, where there is a stream. */
  batch = uc_batch_new ();
  uc_batch_remove_channel (batch, g_task_get_task_data (task));
  _uc_session_apply (self, batch);
  g_task_return_boolean (task, TRUE);
}

gboolean
uc_session_leave_channel_finish (UcSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- Finding -------------------------------------------------------------------------------- */

void
uc_session_find_channels_async (UcSession          *self,
                                const char         *team_id,
                                const char         *text,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && team_id != NULL && text != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_session_find_channels_async);
  ask (task,
       *text == '\0' ? uc_request_public_channels (team_id, 0, FOUND_PER_PAGE)
                     : uc_request_search_channels (team_id, text),
       channels_cb);
}

static void
channels_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError    *error = NULL;
  GPtrArray *channels = _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (channels == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, channels, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
uc_session_find_channels_finish (UcSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
uc_session_find_people_async (UcSession          *self,
                              const char         *text,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && text != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_session_find_people_async);
  if (*text != '\0')
    ask (task, uc_request_search_users (text, ""), people_cb);
  else
    uc_store_load_teams_async (self->context->store, cancellable, teams_cb, g_object_ref (task));
}

/* There is nothing to search for: the first people of a team, then. */
static void
teams_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) teams = uc_store_load_teams_finish (UC_STORE (source), result, &error);

  if (teams == NULL)
    g_task_return_error (task, error);
  else if (teams->len == 0)
    g_task_return_pointer (task, g_ptr_array_new_with_free_func ((GDestroyNotify) uc_user_unref),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    ask (
        task,
        uc_request_users_in_team (((UcTeam *) g_ptr_array_index (teams, 0))->id, 0, FOUND_PER_PAGE),
        people_cb);
}

static void
people_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSession *self = g_task_get_source_object (task);
  GError    *error = NULL;
  UcBatch   *batch;
  GPtrArray *people = _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (people == NULL) {
    g_task_return_error (task, error);
    return;
  }
  batch = uc_batch_new ();
  for (guint i = 0; i < people->len; i++)
    uc_batch_put_user (batch, g_ptr_array_index (people, i));
  _uc_context_apply (self->context, batch);
  g_task_return_pointer (task, people, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
uc_session_find_people_finish (UcSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
