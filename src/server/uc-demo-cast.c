/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the people and the places of the demo in a server that may have changed since
 * it was filled. */

#include "config.h"

#include "uc-demo-cast.h"

#include "uc-channel-service.h"
#include "uc-refusal.h"
#include "uc-team-table.h"
#include "uc-user-table.h"

static void
actor_free (gpointer data)
{
  UcDemoActor *actor = data;

  g_free (actor->user_id);
  g_free (actor->roles);
  g_free (actor);
}

/* What is not there is no error here, everything else is. */
static gboolean
is_only_absent (GError *local, UcRefusal refusal, GError **error)
{
  if (local == NULL || g_error_matches (local, UC_REFUSAL, (int) refusal)) {
    g_clear_error (&local);
    return TRUE;
  }
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
find_actors (UcDemoCast *self, UcTxn *txn, GError **error)
{
  for (guint i = 0; i < uc_demo_n_people; i++) {
    GError *local = NULL;
    g_autoptr (UcAccount) account =
        uc_user_table_find_name (txn->db, uc_demo_people[i].username, &local);
    UcDemoActor *actor;

    if (account == NULL && !is_only_absent (local, UC_REFUSAL_USER_UNKNOWN, error))
      return FALSE;
    if (account == NULL || account->user->delete_at_ms > 0)
      continue;
    actor = g_new0 (UcDemoActor, 1);
    actor->person = &uc_demo_people[i];
    actor->user_id = g_strdup (account->user->id);
    actor->roles = g_strdup (account->user->roles);
    g_ptr_array_add (self->actors, actor);
  }
  return TRUE;
}

static UcChannel *
open_direct (UcDemoCast *self, UcTxn *txn, const UcDemoConversation *conversation, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  UcActor first = { 0 };

  for (guint i = 0; i < conversation->people->len; i++) {
    const UcDemoActor *actor =
        uc_demo_cast_find_name (self, g_ptr_array_index (conversation->people, i));

    if (actor == NULL)
      return NULL;
    if (i == 0)
      first = (UcActor){ .user_id = actor->user_id,
                         .username = actor->person->username,
                         .roles = actor->roles };
    else
      g_ptr_array_add (ids, actor->user_id);
  }
  return ids->len == 1
             ? uc_channel_service_open_direct (txn, &first, g_ptr_array_index (ids, 0), error)
             : uc_channel_service_open_group (txn, &first, ids, error);
}

/* NULL without an error when it is gone. */
static gboolean
find_channel (UcDemoCast               *self,
              UcTxn                    *txn,
              const char               *team_id,
              const UcDemoConversation *conversation,
              UcChannel               **channel,
              GError                  **error)
{
  GError *local = NULL;

  if (*conversation->name == '\0')
    *channel = open_direct (self, txn, conversation, &local);
  else
    *channel = uc_channel_table_find_name (txn->db, team_id, conversation->name, &local);
  if (*channel == NULL)
    return is_only_absent (local, UC_REFUSAL_CHANNEL_NAME_UNKNOWN, error);
  if ((*channel)->delete_at_ms > 0)
    g_clear_pointer (channel, uc_channel_unref);
  return TRUE;
}

static gboolean
find_scenes (UcDemoCast *self, UcTxn *txn, GError **error)
{
  GError *local = NULL;
  g_autoptr (UcTeam) team = uc_team_table_find_name (txn->db, UC_DEMO_TEAM, &local);

  if (team == NULL)
    return is_only_absent (local, UC_REFUSAL_TEAM_NAME_UNKNOWN, error);
  for (guint i = 0; i < self->script->conversations->len; i++) {
    const UcDemoConversation *conversation = g_ptr_array_index (self->script->conversations, i);
    g_autoptr (UcChannel) channel = NULL;
    UcDemoScene scene = { 0 };

    if (!find_channel (self, txn, team->id, conversation, &channel, error))
      return FALSE;
    if (channel == NULL)
      continue;
    g_ptr_array_add (self->channel_ids, g_strdup (channel->id));
    scene.channel_id = g_ptr_array_index (self->channel_ids, self->channel_ids->len - 1);
    for (guint j = 0; j < conversation->sections->len; j++) {
      scene.section = g_ptr_array_index (conversation->sections, j);
      g_array_append_val (self->scenes, scene);
    }
  }
  return TRUE;
}

/**
 * uc_demo_cast_find:
 * @script: (transfer full): scenes
 *
 * Returns: (transfer full) (nullable): who and what there is
 */
UcDemoCast *
uc_demo_cast_find (UcTxn *txn, UcDemoScript *script, GError **error)
{
  g_autoptr (UcDemoCast) self = g_new0 (UcDemoCast, 1);

  self->script = script;
  self->actors = g_ptr_array_new_with_free_func (actor_free);
  self->scenes = g_array_new (FALSE, FALSE, sizeof (UcDemoScene));
  self->channel_ids = g_ptr_array_new_with_free_func (g_free);
  return find_actors (self, txn, error) && find_scenes (self, txn, error) ? g_steal_pointer (&self)
                                                                          : NULL;
}

/**
 * uc_demo_cast_free:
 * @self: (transfer full):
 */
void
uc_demo_cast_free (UcDemoCast *self)
{
  g_ptr_array_unref (self->actors);
  g_array_unref (self->scenes);
  g_ptr_array_unref (self->channel_ids);
  uc_demo_script_free (self->script);
  g_free (self);
}

/**
 * uc_demo_cast_find_id:
 *
 * Returns: (transfer none) (nullable): the person with this account
 */
const UcDemoActor *
uc_demo_cast_find_id (UcDemoCast *self, const char *user_id)
{
  for (guint i = 0; i < self->actors->len; i++) {
    const UcDemoActor *actor = g_ptr_array_index (self->actors, i);

    if (g_str_equal (actor->user_id, user_id))
      return actor;
  }
  return NULL;
}

/**
 * uc_demo_cast_find_name:
 *
 * Returns: (transfer none) (nullable): the person of this user name
 */
const UcDemoActor *
uc_demo_cast_find_name (UcDemoCast *self, const char *username)
{
  for (guint i = 0; i < self->actors->len; i++) {
    const UcDemoActor *actor = g_ptr_array_index (self->actors, i);

    if (g_str_equal (actor->person->username, username))
      return actor;
  }
  return NULL;
}
