/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames for sockets, built once on the worker: text that many connections share.
 * Whom they reach is decided where they are caused, how is the hub's matter. */

#include "config.h"

#include "uc-push.h"

#include "uc-json.h"

static JsonObject *
build_broadcast (const UcAudience *audience)
{
  JsonObject *broadcast = json_object_new ();

  if (audience->omit_user_id != NULL) {
    JsonObject *omitted = json_object_new ();

    json_object_set_boolean_member (omitted, audience->omit_user_id, TRUE);
    json_object_set_object_member (broadcast, "omit_users", omitted);
  } else {
    json_object_set_null_member (broadcast, "omit_users");
  }
  json_object_set_string_member (broadcast, "user_id", audience->user_id ? audience->user_id : "");
  json_object_set_string_member (broadcast, "channel_id",
                                 audience->channel_id ? audience->channel_id : "");
  json_object_set_string_member (broadcast, "team_id", audience->team_id ? audience->team_id : "");
  return broadcast;
}

static gboolean
may_be_dropped (const char *event)
{
  return g_str_equal (event, "typing") || g_str_equal (event, "status_change") ||
         g_str_equal (event, "channel_viewed");
}

/**
 * uc_push_new_event:
 * @event: name of the event
 * @data: (transfer full): its data
 * @audience: what the frame says about whom it is for
 * @user_ids: (nullable) (transfer full) (element-type utf8): who gets it; everybody
 *   when %NULL
 */
UcPush *
uc_push_new_event (const char       *event,
                   JsonObject       *data,
                   const UcAudience *audience,
                   GPtrArray        *user_ids)
{
  UcPush *self = g_atomic_rc_box_new0 (UcPush);
  g_autoptr (JsonObject) frame = json_object_new ();
  char *text;
  gsize length;

  json_object_set_string_member (frame, "event", event);
  json_object_set_object_member (frame, "data", data);
  json_object_set_object_member (frame, "broadcast", build_broadcast (audience));
  json_object_set_int_member (frame, "seq", 0);
  text = uc_json_object_to_text (frame);
  length = strlen (text);
  /* The last member is the number: cut "0}" so that each connection adds its own. */
  g_assert (length > 2 && g_str_equal (text + length - 2, "0}"));
  text[length - 2] = '\0';

  self->kind = UC_PUSH_EVENT;
  self->event = g_strdup (event);
  self->head = g_bytes_new_take (text, length - 2);
  self->user_ids = user_ids;
  self->omit_user_id = g_strdup (audience->omit_user_id);
  self->is_droppable = may_be_dropped (event);
  return self;
}

/**
 * uc_push_new_close:
 * @kind: %UC_PUSH_CLOSE_SESSION or %UC_PUSH_CLOSE_USER
 * @id: the session or the user
 */
UcPush *
uc_push_new_close (UcPushKind kind, const char *id)
{
  UcPush *self = g_atomic_rc_box_new0 (UcPush);

  g_return_val_if_fail (kind != UC_PUSH_EVENT, NULL);

  self->kind = kind;
  self->event = g_strdup (id);
  return self;
}

/**
 * uc_push_ref:
 *
 * Returns: (transfer full): @self
 */
UcPush *
uc_push_ref (UcPush *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
push_clear (gpointer data)
{
  UcPush *self = data;

  g_free (self->event);
  g_clear_pointer (&self->head, g_bytes_unref);
  g_clear_pointer (&self->user_ids, g_ptr_array_unref);
  g_free (self->omit_user_id);
}

/**
 * uc_push_unref:
 * @self: (transfer full):
 */
void
uc_push_unref (UcPush *self)
{
  g_atomic_rc_box_release_full (self, push_clear);
}
