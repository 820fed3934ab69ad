/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The props of a post: what a client may say in them, what the server adds, and how
 * they go out again. */

#include "config.h"

#include "uc-post-private.h"

#include "uc-channel-table.h"
#include "uc-emoji-table.h"
#include "uc-id.h"
#include "uc-json.h"
#include "uc-limits.h"
#include "uc-refusal.h"
#include "uc-team-table.h"
#include "uc-text.h"
#include "uc-wire-json.h"

#include <string.h>

/* Channels and emoji of one text that are looked up at most. */
#define MAX_LINKS 50

/* What speaks in the server's name, or in somebody else's. */
static const char *const forbidden[] = { "from_webhook",
                                         "from_bot",
                                         "from_plugin",
                                         "from_oauth_app",
                                         "override_username",
                                         "override_icon_url",
                                         "override_icon_emoji",
                                         "webhook_display_name",
                                         "channel_mentions",
                                         "add_channel_member",
                                         "mentionHighlightDisabled" };

static JsonObject *
make_attachment (JsonObject *given)
{
  static const char *const texts[] = { "fallback",    "color",       "pretext",   "author_name",
                                       "author_link", "author_icon", "title",     "title_link",
                                       "text",        "fields",      "image_url", "thumb_url",
                                       "footer",      "footer_icon", "ts" };
  JsonObject              *made = json_object_new ();

  json_object_set_int_member (made, "id", uc_json_get_int (given, "id", 0));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    gboolean is_text = !g_str_equal (texts[i], "fields") && !g_str_equal (texts[i], "ts");

    if (is_text)
      json_object_set_string_member (made, texts[i], uc_json_get_string (given, texts[i], ""));
    else if (json_object_has_member (given, texts[i]))
      json_object_set_member (made, texts[i],
                              json_node_copy (json_object_get_member (given, texts[i])));
    else
      json_object_set_null_member (made, texts[i]);
  }
  if (json_object_has_member (given, "actions"))
    json_object_set_member (made, "actions",
                            json_node_copy (json_object_get_member (given, "actions")));
  return made;
}

static void
make_attachments (JsonObject *props)
{
  JsonArray *given = uc_json_get_array (props, "attachments");
  JsonArray *made;

  if (given == NULL)
    return;
  made = json_array_new ();
  for (guint i = 0; i < json_array_get_length (given); i++) {
    JsonNode *node = json_array_get_element (given, i);

    if (JSON_NODE_HOLDS_OBJECT (node))
      json_array_add_object_element (made, make_attachment (json_node_get_object (node)));
  }
  json_object_set_array_member (props, "attachments", made);
}

/* The names between @mark and the end of a name, as in ~town-square or :heart:. */
static GPtrArray *
find_names (const char *text, char mark, const char *more_chars)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (const char *at = strchr (text, mark); at != NULL && names->len < MAX_LINKS;
       at = strchr (at, mark)) {
    gsize length = 0;

    at++;
    while (g_ascii_isalnum (at[length]) || (at[length] && strchr (more_chars, at[length])))
      length++;
    if (length > 0)
      g_ptr_array_add (names, g_strndup (at, length));
    at += length;
  }
  return names;
}

/* Links to public channels of the team: names that clients can show at once. */
static gboolean
add_channel_mentions (UcTxn           *txn,
                      const UcChannel *channel,
                      JsonObject      *props,
                      const char      *message,
                      GError         **error)
{
  g_autoptr (GPtrArray) names = find_names (message, '~', "-_");
  g_autoptr (UcTeam) team = NULL;
  g_autoptr (JsonObject) mentions = json_object_new ();

  if (names->len == 0 || *channel->team_id == '\0')
    return TRUE;
  team = uc_team_table_find (txn->db, channel->team_id, error);
  if (team == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++) {
    g_autoptr (UcChannel) other =
        uc_channel_table_find_name (txn->db, team->id, g_ptr_array_index (names, i), NULL);
    JsonObject *mention;

    if (other == NULL || other->type != UC_CHANNEL_OPEN || other->delete_at_ms > 0)
      continue;
    mention = json_object_new ();
    json_object_set_string_member (mention, "display_name", other->display_name);
    json_object_set_string_member (mention, "team_name", team->name);
    json_object_set_object_member (mentions, other->name, mention);
  }
  if (json_object_get_size (mentions) > 0)
    json_object_set_object_member (props, "channel_mentions", g_steal_pointer (&mentions));
  return TRUE;
}

/* The op of an outbox is kept; annotations are the server's to make. */
static void
take_own (JsonObject *props, char **op_id)
{
  JsonObject *own = uc_json_get_object (props, "unified_chat");
  const char *op = uc_json_get_string (own, "op", NULL);

  if (own == NULL)
    return;
  json_object_remove_member (own, "ai");
  if (op != NULL && uc_id_is_valid (op))
    g_set_str (op_id, op);
}

/**
 * _uc_post_make_props:
 * @props: (nullable): as they came
 * @op_id: (inout): set to `unified_chat.op` of them
 *
 * Returns: (transfer full) (nullable): the text to keep
 */
char *
_uc_post_make_props (UcTxn           *txn,
                     const UcActor   *actor,
                     const UcChannel *channel,
                     JsonObject      *props,
                     const char      *message,
                     char           **op_id,
                     GError         **error)
{
  g_autoptr (JsonNode) copy = NULL;
  g_autofree char *given = props != NULL ? uc_json_object_to_text (props) : g_strdup ("{}");
  JsonObject      *made;

  if (!uc_text_fits (given, UC_LIMIT_PROPS_CHARS)) {
    uc_refuse (error, UC_REFUSAL_POST_PROPS);
    return NULL;
  }
  /* The call's own body stays as it came. */
  copy = uc_json_parse (given, -1, error);
  if (copy == NULL)
    return NULL;
  made = json_node_get_object (copy);
  for (guint i = 0; i < G_N_ELEMENTS (forbidden); i++)
    json_object_remove_member (made, forbidden[i]);
  take_own (made, op_id);
  make_attachments (made);
  if (actor->is_bot)
    json_object_set_string_member (made, "from_bot", "true");
  if (!add_channel_mentions (txn, channel, made, message, error))
    return NULL;
  return uc_json_object_to_text (made);
}

/* Custom emoji of text and reactions, so that clients need not ask for each. */
static gboolean
add_emojis (UcTxn *txn, const UcPost *post, JsonObject *metadata, GError **error)
{
  g_autoptr (GPtrArray) names = find_names (post->message, ':', "_+-");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (JsonArray) list = json_array_new ();

  for (guint i = 0; i < post->reactions->len && names->len < 2 * MAX_LINKS; i++)
    g_ptr_array_add (
        names, g_strdup (((UcReaction *) g_ptr_array_index (post->reactions, i))->emoji_name));
  for (guint i = 0; i < names->len; i++) {
    g_autoptr (UcEmoji) emoji = NULL;

    if (!g_hash_table_add (seen, g_ptr_array_index (names, i)))
      continue;
    if (!uc_emoji_table_find_name (txn->db, g_ptr_array_index (names, i), &emoji, error))
      return FALSE;
    if (emoji != NULL)
      json_array_add_object_element (list, uc_emoji_to_json (emoji));
  }
  if (json_array_get_length (list) > 0)
    json_object_set_array_member (metadata, "emojis", g_steal_pointer (&list));
  return TRUE;
}

/**
 * uc_post_service_to_json:
 * @post: with its files and reactions, when it says so
 *
 * Returns: (transfer full) (nullable): the record of protocol.md 7.1
 */
JsonNode *
uc_post_service_to_json (UcTxn *txn, UcPost *post, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *metadata;

  /* When the last reply came is told of threads, not of posts. */
  post->last_reply_at_ms = 0;
  node = uc_wire_post_to_json (post);
  metadata = uc_json_get_object (json_node_get_object (node), "metadata");

  if (metadata == NULL)
    return g_steal_pointer (&node);
  if (!add_emojis (txn, post, metadata, error))
    return NULL;
  if (strstr (post->props, "\"attachments\"") != NULL) {
    JsonArray  *embeds = json_array_new ();
    JsonObject *embed = json_object_new ();

    json_object_set_string_member (embed, "type", "message_attachment");
    json_array_add_object_element (embeds, embed);
    json_object_set_array_member (metadata, "embeds", embeds);
  }
  return g_steal_pointer (&node);
}
