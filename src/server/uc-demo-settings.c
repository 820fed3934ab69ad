/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the people of the demo have set for themselves, and the one who runs the server
 * for all. */

#include "config.h"

#include "uc-demo-fill-private.h"

#include "uc-demo-people.h"
#include "uc-flag-service.h"
#include "uc-json.h"
#include "uc-member-table.h"
#include "uc-preference-table.h"

/* What the visitor has put on top, and what they do not want to hear. */
static const char *const favourites[] = { "ward-3", "emergency" };
static const char *const favourite_partner = "ben.ortiz";
static const char *const muted = "kitchen";

static gboolean
prefer (UcDemoFilling *self,
        const char    *user_id,
        const char    *category,
        const char    *name,
        GError       **error)
{
  g_autoptr (UcPreference) preference = uc_preference_new (user_id, category, name, "true");

  return uc_preference_table_put (self->txn->db, preference, error);
}

/* Direct and group conversations stand in the list of all who are in them. */
static gboolean
show_people (UcDemoFilling            *self,
             const UcDemoConversation *conversation,
             const char               *channel_id,
             GError                  **error)
{
  GPtrArray *people = conversation->people;

  for (guint i = 0; i < people->len; i++) {
    const char *user_id = _uc_demo_get_actor (self, g_ptr_array_index (people, i))->user_id;
    const char *other = g_ptr_array_index (people, people->len - 1 - i);
    gboolean    is_pair = people->len == 2;

    if (!prefer (self, user_id, is_pair ? "direct_channel_show" : "group_channel_show",
                 is_pair ? _uc_demo_get_actor (self, other)->user_id : channel_id, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
mute (UcDemoFilling *self, const char *user_id, const char *channel_id, GError **error)
{
  g_autoptr (UcChannelMember) member = NULL;
  g_autoptr (JsonNode) props = NULL;

  if (!uc_member_table_find (self->txn->db, channel_id, user_id, &member, error))
    return FALSE;
  props = uc_json_parse (member->notify_props, -1, error);
  if (props == NULL)
    return FALSE;
  json_object_set_string_member (json_node_get_object (props), "mark_unread", "mention");
  g_free (member->notify_props);
  member->notify_props = uc_json_to_text (props);
  return uc_member_table_put (self->txn->db, member, error);
}

static gboolean
is_favourite (const UcDemoConversation *conversation)
{
  for (guint i = 0; i < G_N_ELEMENTS (favourites); i++) {
    if (g_str_equal (favourites[i], conversation->name))
      return TRUE;
  }
  return conversation->people->len == 2 && *conversation->name == '\0' &&
         g_ptr_array_find_with_equal_func (conversation->people, favourite_partner, g_str_equal,
                                           NULL) &&
         g_ptr_array_find_with_equal_func (conversation->people, UC_DEMO_VISITOR, g_str_equal,
                                           NULL);
}

gboolean
_uc_demo_set_preferences (UcDemoFilling *self, GError **error)
{
  const char    *visitor_id = _uc_demo_get_actor (self, UC_DEMO_VISITOR)->user_id;
  GHashTableIter iter;
  gpointer       key;
  gpointer       channel_id;

  g_hash_table_iter_init (&iter, self->channel_ids);
  while (g_hash_table_iter_next (&iter, &key, &channel_id)) {
    const UcDemoConversation *conversation = key;

    if (*conversation->name == '\0' && !show_people (self, conversation, channel_id, error))
      return FALSE;
    if (is_favourite (conversation) &&
        !prefer (self, visitor_id, "favorite_channel", channel_id, error))
      return FALSE;
    if (g_str_equal (conversation->name, muted) && !mute (self, visitor_id, channel_id, error))
      return FALSE;
  }
  return TRUE;
}

/* -- Rollouts ---------------------------------------------------------------------------- */

static const struct {
  const char *name;
  int         percentage;
} rollouts[] = {
  { "realtime_features", 100 },
  { "virtual_scrolling", 100 },
  { "ai_mode", 100 },
  /* One that is on its way. */
  { "performance_monitoring", 25 },
};

gboolean
_uc_demo_set_rollouts (UcDemoFilling *self, GError **error)
{
  g_auto (UcTxn) step = { 0 };

  _uc_demo_step_init (&step, self, self->txn->now_ms);
  for (guint i = 0; i < G_N_ELEMENTS (rollouts); i++) {
    g_autoptr (JsonObject) patch = json_object_new ();

    json_object_set_boolean_member (patch, "enabled", TRUE);
    json_object_set_int_member (patch, "rollout_percentage", rollouts[i].percentage);
    if (!uc_flag_service_merge (&step, rollouts[i].name, patch, error))
      return FALSE;
  }
  return TRUE;
}
