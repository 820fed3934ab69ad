/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads both sides into the same rows. Nothing is repaired or fetched by looking. */

#include "config.h"

#include "uc-test-truth.h"

#include "uc-test.h"

#define PER_PAGE 200
#define WINDOW   5000

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GStrv
finish_rows (GPtrArray *rows)
{
  g_ptr_array_sort (rows, compare_rows);
  g_ptr_array_add (rows, NULL);
  return (GStrv) g_ptr_array_free (rows, FALSE);
}

static void add_row (GPtrArray *rows, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_row (GPtrArray *rows, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (rows, g_strdup_vprintf (format, args));
  va_end (args);
}

/* The count of a reply is its thread's, which an event about the thread does not
 * renew: only that of roots is shown. */
static void
add_post_row (GPtrArray  *rows,
              const char *channel_id,
              const char *id,
              const char *user_id,
              const char *root_id,
              gint64      create_at_ms,
              gint64      edit_at_ms,
              gboolean    is_pinned,
              gint64      reply_count,
              const char *type,
              const char *message)
{
  add_row (rows,
           "post %s %s by %s root:%s at %" G_GINT64_FORMAT " edited %" G_GINT64_FORMAT
           " pinned:%d replies:%d type:%s text:%s",
           channel_id, id, user_id, root_id, create_at_ms, edit_at_ms, is_pinned,
           *root_id == '\0' ? (int) reply_count : 0, type, message);
}

/* -- The server ---------------------------------------------------------------------- */

static void
add_server_reactions (GPtrArray *rows, JsonObject *post)
{
  JsonObject *metadata = json_object_has_member (post, "metadata")
                             ? json_object_get_object_member (post, "metadata")
                             : NULL;
  JsonArray  *reactions = metadata != NULL && json_object_has_member (metadata, "reactions")
                              ? json_object_get_array_member (metadata, "reactions")
                              : NULL;

  for (guint i = 0; reactions != NULL && i < json_array_get_length (reactions); i++) {
    JsonObject *reaction = json_array_get_object_element (reactions, i);

    add_row (rows, "reaction %s %s by %s", json_object_get_string_member (reaction, "post_id"),
             json_object_get_string_member (reaction, "emoji_name"),
             json_object_get_string_member (reaction, "user_id"));
  }
}

static void
add_server_post (GPtrArray *rows, JsonObject *post)
{
  add_post_row (
      rows, json_object_get_string_member (post, "channel_id"),
      json_object_get_string_member (post, "id"), json_object_get_string_member (post, "user_id"),
      json_object_get_string_member (post, "root_id"),
      json_object_get_int_member (post, "create_at"), json_object_get_int_member (post, "edit_at"),
      json_object_get_boolean_member (post, "is_pinned"),
      json_object_get_int_member (post, "reply_count"),
      json_object_get_string_member (post, "type"),
      json_object_get_string_member (post, "message"));
  add_server_reactions (rows, post);
}

/* TRUE when there may be another page. With whole threads a Mattermost server tells of
 * no replies in its counts. */
static gboolean
add_server_page (UcTestServer *server,
                 const char   *username,
                 const char   *channel_id,
                 int           page,
                 GPtrArray    *rows)
{
  g_autofree char *path = g_strdup_printf (
      "/channels/%s/posts?page=%d&per_page=%d&skipFetchThreads=true", channel_id, page, PER_PAGE);
  g_autoptr (JsonNode) answer = uc_test_server_call (server, username, "GET", path, NULL, 200);
  JsonObject *object = json_node_get_object (answer);
  JsonArray  *order = json_object_get_array_member (object, "order");
  JsonObject *posts = json_object_get_object_member (object, "posts");

  for (guint i = 0; i < json_array_get_length (order); i++)
    add_server_post (
        rows, json_object_get_object_member (posts, json_array_get_string_element (order, i)));
  return json_array_get_length (order) == PER_PAGE;
}

static void
add_server_posts (UcTestServer *server,
                  const char   *username,
                  const char   *channel_id,
                  GPtrArray    *rows)
{
  int page = 0;

  while (add_server_page (server, username, channel_id, page, rows))
    page++;
}

static JsonNode *
call_team (UcTestServer *server, const char *username, const char *what)
{
  g_autofree char *path =
      g_strdup_printf ("/users/me/teams/%s/channels%s", uc_test_server_get_team_id (server), what);

  return uc_test_server_call (server, username, "GET", path, NULL, 200);
}

static JsonObject *
find_member (JsonArray *members, const char *channel_id)
{
  for (guint i = 0; i < json_array_get_length (members); i++) {
    JsonObject *member = json_array_get_object_element (members, i);

    if (g_str_equal (json_object_get_string_member (member, "channel_id"), channel_id))
      return member;
  }
  return NULL;
}

GStrv
uc_test_truth_of_server (UcTestServer *server, const char *username)
{
  GPtrArray *rows = g_ptr_array_new ();
  g_autoptr (JsonNode) channels = call_team (server, username, "");
  g_autoptr (JsonNode) members = call_team (server, username, "/members");
  JsonArray *list = json_node_get_array (channels);

  for (guint i = 0; i < json_array_get_length (list); i++) {
    JsonObject *channel = json_array_get_object_element (list, i);
    const char *id = json_object_get_string_member (channel, "id");
    JsonObject *member = find_member (json_node_get_array (members), id);

    g_assert_nonnull (member);
    add_row (rows, "channel %s posts:%d read:%d mentions:%d", id,
             (int) json_object_get_int_member (channel, "total_msg_count"),
             (int) json_object_get_int_member (member, "msg_count"),
             (int) json_object_get_int_member (member, "mention_count"));
    add_server_posts (server, username, id, rows);
  }
  return finish_rows (rows);
}

/* -- The client ---------------------------------------------------------------------- */

static void
add_client_message (GPtrArray *rows, UcMessage *message)
{
  UcPost *post = message->post;

  if (post->delete_at_ms > 0)
    return;
  add_post_row (rows, post->channel_id, post->id, post->user_id, post->root_id, post->create_at_ms,
                post->edit_at_ms, post->is_pinned, post->reply_count, post->type, post->message);
  for (guint i = 0; i < post->reactions->len; i++) {
    UcReaction *reaction = g_ptr_array_index (post->reactions, i);

    add_row (rows, "reaction %s %s by %s", post->id, reaction->emoji_name, reaction->user_id);
  }
}

static void
add_client_messages (UcTestClient *client, const char *channel_id, GPtrArray *rows)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcWindow) window = NULL;

  uc_store_load_window_async (client->store, channel_id, "", UC_WINDOW_NEWEST, 0, WINDOW, NULL,
                              uc_test_result_cb, &result);
  window = uc_store_load_window_finish (client->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < window->messages->len; i++)
    add_client_message (rows, g_ptr_array_index (window->messages, i));
}

GStrv
uc_test_truth_of_client (UcTestClient *client)
{
  GPtrArray *rows = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) states = NULL;

  uc_store_load_channels_async (client->store, NULL, NULL, uc_test_result_cb, &result);
  states = uc_store_load_channels_finish (client->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < states->len; i++) {
    UcChannelState *state = g_ptr_array_index (states, i);
    UcMember       *member = state->member;

    add_row (rows, "channel %s posts:%d read:%d mentions:%d", state->channel->id,
             (int) state->channel->total_msg_count,
             member != NULL ? (int) member->read_msg_count : -1,
             member != NULL ? (int) member->mention_count : -1);
    add_client_messages (client, state->channel->id, rows);
  }
  return finish_rows (rows);
}

/* -- Both ---------------------------------------------------------------------------- */

char *
uc_test_truth_dup_difference (const char *const *server, const char *const *client)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  while (*server != NULL || *client != NULL) {
    int order = *server == NULL ? 1 : *client == NULL ? -1 : strcmp (*server, *client);

    if (order < 0)
      g_string_append_printf (lines, "  only on the server: %s\n", *server);
    else if (order > 0)
      g_string_append_printf (lines, "  only in the store:  %s\n", *client);
    server += order <= 0;
    client += order >= 0;
  }
  return lines->len > 0 ? g_string_free (g_steal_pointer (&lines), FALSE) : NULL;
}
