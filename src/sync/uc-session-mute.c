/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Muting a channel: a property of one's own membership, written here at once and told
 * to the server right away. */

#include "config.h"

#include "uc-session-private.h"

#include "uc-request-queue-private.h"
#include "uc-request.h"
#include "uc-thread.h"

#include <glib/gi18n-lib.h>

typedef struct {
  UcSession *self;       /* (owned) */
  char      *channel_id; /* (owned) */
  gboolean   is_muted;
} Mute;

static void
mute_free (Mute *mute)
{
  g_object_unref (mute->self);
  g_free (mute->channel_id);
  g_free (mute);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Mute, mute_free)

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcSession) self = user_data;
  g_autoptr (GError) error = NULL;

  (void) !_uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* The next catching up brings back what the server has. */
  g_message ("Muting was not stored on the server: %s", error->message);
  _uc_session_notice (self, _ ("The server could not be told of this setting."));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Mute) mute = user_data;
  UcContext *context = mute->self->context;
  g_autoptr (GPtrArray) states = uc_store_load_channels_finish (UC_STORE (source), result, NULL);
  const UcChannelState *state;
  g_autoptr (UcMember) member = NULL;
  UcBatch *batch;

  if (states == NULL || states->len == 0)
    return;
  state = g_ptr_array_index (states, 0);
  if (state->member == NULL)
    return;

  member = uc_member_copy (state->member);
  member->is_muted = mute->is_muted;
  batch = uc_batch_new ();
  uc_batch_put_member (batch, member);
  _uc_session_apply (mute->self, batch);
  _uc_request_queue_send_async (
      context->requests, UC_LANE_COMMAND,
      uc_request_mute_channel (mute->channel_id, context->my_user_id, mute->is_muted),
      mute->self->cancellable, told_cb, g_object_ref (mute->self));
}

/**
 * uc_session_set_muted:
 * @self: a session
 * @channel_id: a channel of one's own
 * @is_muted: whether only mentions count in it
 *
 * Mutes the channel here and on the server, or no longer.
 */
void
uc_session_set_muted (UcSession *self, const char *channel_id, gboolean is_muted)
{
  Mute *mute;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && channel_id != NULL);

  mute = g_new0 (Mute, 1);
  mute->self = g_object_ref (self);
  mute->channel_id = g_strdup (channel_id);
  mute->is_muted = is_muted;
  uc_store_load_channels_async (self->context->store, channel_id, self->cancellable, loaded_cb,
                                mute);
}
