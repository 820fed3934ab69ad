/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes the hospital of the demo: its people, its channels, who is in them and what they
 * have set for themselves. */

#include "config.h"

#include "uc-demo-fill-private.h"

#include "uc-channel-service.h"
#include "uc-demo-people.h"
#include "uc-error.h"
#include "uc-json.h"
#include "uc-password.h"
#include "uc-refusal.h"
#include "uc-team-service.h"
#include "uc-user-service.h"

#include <glib/gstdio.h>

#define TEAM_DISPLAY_NAME "Lindenhof Hospital"
#define MAIL_DOMAIN       "lindenhof.example"
/* When the first day began. */
#define OPENING_MINUTE (6 * 60)
/* Reactions follow what was said for some minutes: none may come from the future. */
#define SLACK_MS (20 * 60 * 1000)

/* -- Steps of the past --------------------------------------------------------------------- */

void
_uc_demo_step_init (UcTxn *step, UcDemoFilling *self, gint64 time_ms)
{
  *step = *self->txn;
  step->now_ms = time_ms;
  step->pushes = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_push_unref);
}

void
_uc_demo_step_clear (UcTxn *step)
{
  g_clear_pointer (&step->pushes, g_ptr_array_unref);
}

const UcActor *
_uc_demo_get_actor (UcDemoFilling *self, const char *username)
{
  return g_hash_table_lookup (self->actors, username);
}

gint64
_uc_demo_get_time (UcDemoFilling *self, guint days_ago, int minute, int second)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (self->day_zero, -(int) days_ago);
  g_autoptr (GDateTime) time =
      g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                             g_date_time_get_day_of_month (day), minute / 60, minute % 60, second);

  return g_date_time_to_unix (time) * 1000;
}

static guint
find_oldest_day (const UcDemoScript *script)
{
  guint oldest = 0;

  for (guint i = 0; i < script->conversations->len; i++) {
    const UcDemoConversation *conversation = g_ptr_array_index (script->conversations, i);

    for (guint j = 0; j < conversation->sections->len; j++)
      oldest =
          MAX (oldest, ((UcDemoSection *) g_ptr_array_index (conversation->sections, j))->days_ago);
  }
  return oldest;
}

static int
find_last_minute (const UcDemoScript *script)
{
  int last = 0;

  for (guint i = 0; i < script->conversations->len; i++) {
    const UcDemoConversation *conversation = g_ptr_array_index (script->conversations, i);

    for (guint j = 0; j < conversation->sections->len; j++) {
      const UcDemoSection *section = g_ptr_array_index (conversation->sections, j);
      const UcDemoMessage *message =
          g_ptr_array_index (section->messages, section->messages->len - 1);

      if (section->days_ago == 0)
        last = MAX (last, message->at);
    }
  }
  return last;
}

/* Nothing was said in the future: early in the morning the newest talk is yesterday's. */
static void
set_day_zero (UcDemoFilling *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (self->txn->now_ms / 1000);
  int last = find_last_minute (self->script);

  self->day_zero = g_date_time_ref (now);
  if (_uc_demo_get_time (self, 0, last, 0) + SLACK_MS > self->txn->now_ms) {
    g_date_time_unref (self->day_zero);
    self->day_zero = g_date_time_add_days (now, -1);
  }
}

/* -- People ----------------------------------------------------------------------------------- */

static void
actor_free (gpointer data)
{
  UcActor *actor = data;

  g_free ((char *) actor->user_id);
  g_free ((char *) actor->username);
  g_free ((char *) actor->roles);
  g_free (actor);
}

static gboolean
set_status (UcTxn *step, UcAccount *account, const UcDemoPerson *person, GError **error)
{
  g_autoptr (JsonNode) props = uc_json_parse (account->props, -1, error);
  g_autoptr (JsonObject) status = json_object_new ();
  g_autofree char *text = NULL;

  if (props == NULL)
    return FALSE;
  json_object_set_string_member (status, "emoji", person->status_emoji);
  json_object_set_string_member (status, "text", person->status_text);
  json_object_set_string_member (status, "duration", "");
  json_object_set_string_member (status, "expires_at", "0001-01-01T00:00:00Z");
  text = uc_json_object_to_text (status);
  json_object_set_string_member (json_node_get_object (props), "customStatus", text);
  g_free (account->props);
  account->props = uc_json_to_text (props);
  return uc_user_service_update (step, account, error);
}

static gboolean
add_person (UcDemoFilling      *self,
            UcTxn              *step,
            const UcDemoPerson *person,
            const char         *password_hash,
            GError            **error)
{
  g_autofree char *email = g_strconcat (person->username, "@" MAIL_DOMAIN, NULL);
  const UcNewUser  fields = {
     .username = person->username,
     .email = email,
     .password_hash = password_hash,
     .first_name = person->first_name,
     .last_name = person->last_name,
     .position = person->position,
  };
  g_autoptr (UcAccount) account = uc_user_service_create (step, &fields, error);
  UcActor *actor;

  if (account == NULL ||
      (person->status_text != NULL && !set_status (step, account, person, error)))
    return FALSE;
  actor = g_new0 (UcActor, 1);
  actor->user_id = g_strdup (account->user->id);
  actor->username = g_strdup (account->user->username);
  actor->roles = g_strdup (account->user->roles);
  g_hash_table_insert (self->actors, (gpointer) person->username, actor);
  return TRUE;
}

/* The first account of a server runs it. All have the same password, so one hash does. */
static gboolean
add_people (UcDemoFilling *self, gint64 time_ms, GError **error)
{
  g_autofree char *hash = uc_password_hash (UC_DEMO_PASSWORD, self->txn->site->hash_cost);
  g_auto (UcTxn) step = { 0 };

  if (hash == NULL) {
    g_set_error_literal (error, UC_ERROR, UC_ERROR_DISABLED, "The system cannot hash passwords");
    return FALSE;
  }
  _uc_demo_step_init (&step, self, time_ms);
  for (guint i = 0; i < uc_demo_n_people; i++) {
    if (!add_person (self, &step, &uc_demo_people[i], hash, error))
      return FALSE;
  }
  return TRUE;
}

/* -- Places -------------------------------------------------------------------------------------
 */

static UcTeam *
add_team (UcDemoFilling *self, gint64 time_ms, GError **error)
{
  const UcActor *founder = _uc_demo_get_actor (self, uc_demo_people[0].username);
  g_autoptr (UcTeam) team = NULL;
  g_auto (UcTxn) step = { 0 };

  _uc_demo_step_init (&step, self, time_ms);
  team = uc_team_service_create (&step, founder, UC_DEMO_TEAM, TEAM_DISPLAY_NAME,
                                 "Everybody who works at Lindenhof", 'O', TRUE, error);
  for (guint i = 1; team != NULL && i < uc_demo_n_people; i++) {
    const UcActor *person = _uc_demo_get_actor (self, uc_demo_people[i].username);
    g_autoptr (UcTeamMember) member = NULL;

    step.now_ms += 40 * 1000;
    member = uc_team_service_add (&step, person, team, person->user_id, FALSE, error);
    if (member == NULL)
      return NULL;
  }
  return g_steal_pointer (&team);
}

/* A channel that every team has from the beginning gets the words of the script. */
static UcChannel *
take_channel (UcTxn                    *step,
              UcChannel                *channel,
              const UcDemoConversation *conversation,
              GError                  **error)
{
  g_autoptr (UcChannel) changed = uc_channel_copy (channel);

  g_set_str (&changed->display_name, conversation->display_name);
  g_set_str (&changed->purpose, conversation->purpose);
  g_set_str (&changed->header, conversation->header);
  return uc_channel_table_update (step->db, changed, error) ? g_steal_pointer (&changed) : NULL;
}

static UcChannel *
make_channel (UcDemoFilling            *self,
              UcTxn                    *step,
              const char               *team_id,
              const UcDemoConversation *conversation,
              GError                  **error)
{
  const UcActor *creator = _uc_demo_get_actor (self, g_ptr_array_index (conversation->people, 0));
  const UcNewChannel fields = {
    .team_id = team_id,
    .name = conversation->name,
    .display_name = conversation->display_name,
    .purpose = conversation->purpose,
    .header = conversation->header,
    .type = conversation->is_private ? UC_CHANNEL_PRIVATE : UC_CHANNEL_OPEN,
  };
  g_autoptr (GError) local = NULL;
  g_autoptr (UcChannel) known =
      uc_channel_table_find_name (step->db, team_id, conversation->name, &local);

  if (known != NULL)
    return take_channel (step, known, conversation, error);
  if (!g_error_matches (local, UC_REFUSAL, UC_REFUSAL_CHANNEL_NAME_UNKNOWN)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  return uc_channel_service_create (step, creator, &fields, error);
}

/* Public channels are joined, into a private one the first who is there brings the others. */
static gboolean
add_members (UcDemoFilling            *self,
             UcTxn                    *step,
             UcChannel                *channel,
             const UcDemoConversation *conversation,
             GError                  **error)
{
  const UcActor *first = _uc_demo_get_actor (self, g_ptr_array_index (conversation->people, 0));

  for (guint i = 0; i < conversation->people->len; i++) {
    const UcActor *person = _uc_demo_get_actor (self, g_ptr_array_index (conversation->people, i));
    g_autoptr (UcChannelMember) member = NULL;

    step->now_ms += 25 * 1000;
    member = uc_channel_service_add (step, conversation->is_private ? first : person, channel,
                                     person->user_id, error);
    if (member == NULL)
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_channels (UcDemoFilling *self, const char *team_id, gint64 time_ms, GError **error)
{
  for (guint i = 0; i < self->script->conversations->len; i++) {
    UcDemoConversation *conversation = g_ptr_array_index (self->script->conversations, i);
    g_autoptr (UcChannel) channel = NULL;
    g_auto (UcTxn) step = { 0 };

    self->totals->n_conversations++;
    if (*conversation->name == '\0')
      continue;
    _uc_demo_step_init (&step, self, time_ms);
    channel = make_channel (self, &step, team_id, conversation, error);
    if (channel == NULL || !add_members (self, &step, channel, conversation, error)) {
      g_prefix_error (error, "%s: ", conversation->name);
      return FALSE;
    }
    g_hash_table_insert (self->channel_ids, conversation, g_strdup (channel->id));
  }
  return TRUE;
}

/* -- The whole
 * --------------------------------------------------------------------------------------- */

static gboolean
fill (UcDemoFilling *self, GError **error)
{
  gint64 opening_ms;
  g_autoptr (UcTeam) team = NULL;

  set_day_zero (self);
  opening_ms = _uc_demo_get_time (self, find_oldest_day (self->script), OPENING_MINUTE, 0);
  if (!add_people (self, opening_ms, error))
    return FALSE;
  team = add_team (self, opening_ms + 1000, error);
  return team != NULL && add_channels (self, team->id, opening_ms + 15 * 60 * 1000, error) &&
         _uc_demo_tell (self, error) && _uc_demo_set_preferences (self, error) &&
         _uc_demo_set_rollouts (self, error);
}

/* TRUE when there is an organisation, and whose it is. */
static gboolean
find_organisation (UcTxn *txn, gboolean *is_ours, gboolean *is_empty, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (UcTeam) team = uc_team_table_find_name (txn->db, UC_DEMO_TEAM, &local);
  gint64 n_users = 0;

  *is_ours = team != NULL;
  if (team == NULL && !g_error_matches (local, UC_REFUSAL, UC_REFUSAL_TEAM_NAME_UNKNOWN)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (!uc_user_table_count (txn->db, TRUE, TRUE, &n_users, error))
    return FALSE;
  *is_empty = n_users == 0;
  return TRUE;
}

/**
 * uc_demo_fill:
 * @rand: decides about seconds
 * @is_new: (out): whether the organisation was made now
 * @totals: (out): what was made
 *
 * Errors: UC_ERROR_CONFLICT, UC_ERROR_STORAGE
 */
gboolean
uc_demo_fill (UcTxn              *txn,
              const UcDemoScript *script,
              GRand              *rand,
              gboolean           *is_new,
              UcDemoTotals       *totals,
              GError            **error)
{
  UcDemoFilling self = { .txn = txn, .script = script, .rand = rand, .totals = totals };
  gboolean      is_ours = FALSE;
  gboolean      is_empty = FALSE;
  gboolean      is_filled;

  *is_new = FALSE;
  *totals = (UcDemoTotals){ 0 };
  if (!find_organisation (txn, &is_ours, &is_empty, error))
    return FALSE;
  if (is_ours)
    return TRUE;
  if (!is_empty) {
    g_set_error (error, UC_ERROR, UC_ERROR_CONFLICT,
                 "%s holds another organisation; the demo needs a folder of its own",
                 txn->site->data_dir);
    return FALSE;
  }

  self.actors = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, actor_free);
  self.channel_ids = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self.post_ids = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self.written_paths = g_ptr_array_new_with_free_func (g_free);
  is_filled = fill (&self, error);
  /* What was written beside the database does not go with the transaction. */
  for (guint i = 0; !is_filled && i < self.written_paths->len; i++)
    g_unlink (g_ptr_array_index (self.written_paths, i));
  *is_new = is_filled;
  g_ptr_array_unref (self.written_paths);
  g_hash_table_unref (self.post_ids);
  g_hash_table_unref (self.channel_ids);
  g_hash_table_unref (self.actors);
  g_clear_pointer (&self.day_zero, g_date_time_unref);
  return is_filled;
}
