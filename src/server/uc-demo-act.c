/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people of the demo can do. They may no more than anybody else of their roles. */

#include "config.h"

#include "uc-demo-act.h"

#include "uc-post-service.h"
#include "uc-status-service.h"

/**
 * uc_demo_act_new:
 *
 * Returns: (transfer full): something @actor does, its fields still to be set
 */
UcDemoAct *
uc_demo_act_new (UcDemoActKind kind, const UcDemoActor *actor)
{
  UcDemoAct *self = g_new0 (UcDemoAct, 1);

  self->kind = kind;
  self->user_id = g_strdup (actor->user_id);
  self->username = g_strdup (actor->person->username);
  self->roles = g_strdup (actor->roles);
  self->channel_id = g_strdup ("");
  self->root_id = g_strdup ("");
  self->text = g_strdup ("");
  self->post_id = g_strdup ("");
  return self;
}

/**
 * uc_demo_act_free:
 * @self: (transfer full):
 */
void
uc_demo_act_free (UcDemoAct *self)
{
  g_free (self->user_id);
  g_free (self->username);
  g_free (self->roles);
  g_free (self->channel_id);
  g_free (self->root_id);
  g_free (self->text);
  g_free (self->post_id);
  g_free (self);
}

static gboolean
type (UcDemoAct *self, UcTxn *txn, const UcActor *actor, GError **error)
{
  JsonObject *data;

  if (!uc_access_need_channel (txn, actor, self->channel_id, "create_post", error) ||
      !uc_status_service_be_active (txn, self->user_id, error))
    return FALSE;
  data = json_object_new ();
  json_object_set_string_member (data, "parent_id", self->root_id);
  json_object_set_string_member (data, "user_id", self->user_id);
  return uc_txn_push_to_channel (txn, self->channel_id, self->user_id, "typing", data, error);
}

static gboolean
say (UcDemoAct *self, UcTxn *txn, const UcActor *actor, GError **error)
{
  const UcNewPost fields = {
    .channel_id = self->channel_id,
    .root_id = self->root_id,
    .message = self->text,
    .type = "",
    .pending_post_id = "",
  };
  gboolean is_repeat = FALSE;
  g_autoptr (UcPost) post = uc_post_service_create (txn, actor, &fields, &is_repeat, error);

  if (post == NULL)
    return FALSE;
  g_set_str (&self->post_id, post->id);
  return TRUE;
}

static gboolean
react (UcDemoAct *self, UcTxn *txn, const UcActor *actor, GError **error)
{
  g_autoptr (UcReaction) reaction = uc_reaction_new ();

  g_set_str (&reaction->user_id, self->user_id);
  g_set_str (&reaction->post_id, self->post_id);
  g_set_str (&reaction->emoji_name, self->text);
  return uc_post_service_react (txn, actor, reaction, error) &&
         uc_status_service_be_active (txn, self->user_id, error);
}

/**
 * uc_demo_act_run:
 *
 * Errors: refusals, when the server has changed under the demo
 */
gboolean
uc_demo_act_run (UcDemoAct *self, UcTxn *txn, GError **error)
{
  const UcActor actor = { .user_id = self->user_id,
                          .username = self->username,
                          .roles = self->roles };

  switch (self->kind) {
  case UC_DEMO_ACT_TYPE:
    return type (self, txn, &actor, error);
  case UC_DEMO_ACT_SAY:
    return say (self, txn, &actor, error);
  case UC_DEMO_ACT_REACT:
    return react (self, txn, &actor, error);
  case UC_DEMO_ACT_COME:
    return uc_status_service_be_active (txn, self->user_id, error);
  case UC_DEMO_ACT_PAUSE:
    return uc_status_service_go_away (txn, self->user_id, FALSE, error);
  case UC_DEMO_ACT_LEAVE:
    return uc_status_service_connect (txn, self->user_id, FALSE, error);
  default:
    g_assert_not_reached ();
  }
}
