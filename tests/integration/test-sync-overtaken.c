/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers that are older than what was heard while they were on their way, and one
 * channel that cannot be read while all the others can. */

#include "config.h"

#include "uc-channel-read-private.h"
#include "uc-context-private.h"
#include "uc-fault-world.h"
#include "uc-test-time.h"
#include "uc-test-truth.h"
#include "uc-test.h"

#define LIMIT_MS 20000
#define LATE_MS  400
/* What is read first of a channel. */
#define NEWEST_PAGE 60
#define BROKEN                                                                                     \
  "HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\nContent-Length: "       \
  "49\r\n\r\n{\"id\":\"app.x\",\"message\":\"x\",\"status_code\":500}      "

typedef struct {
  UcFaultWorld *world;
  UcDevice     *anna;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->world = uc_fault_world_new (FALSE);
  self->anna = &self->world->devices[0];
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  uc_fault_world_free (self->world);
}

static void
post (Fixture *self, const char *channel_id, const char *message)
{
  g_free (uc_test_server_post (self->world->server, self->world->ben, channel_id, NULL, message));
}

typedef struct {
  UcFaultProxy *proxy;
  const char   *head;
} Asked;

static gboolean
was_asked (gpointer user_data)
{
  Asked *asked = user_data;

  return uc_fault_proxy_count (asked->proxy, asked->head) > 0;
}

/* Waits for a request of Anna's that begins so, and until its answer lies at the proxy. */
static void
wait_for_request (Fixture *self, const char *head)
{
  uc_test_wait_until (was_asked, &(Asked){ self->anna->proxy, head }, LIMIT_MS);
  uc_fault_world_run (LATE_MS / 4);
}

/* Anna's store and the server. */
static void
assert_equal (Fixture *self)
{
  g_auto (GStrv) server = uc_test_truth_of_server (self->world->server, self->world->anna);
  g_auto (GStrv) client = uc_test_truth_of_client (self->anna->client);
  g_autofree char *difference =
      uc_test_truth_dup_difference ((const char *const *) server, (const char *const *) client);

  g_assert_cmpstr (difference, ==, NULL);
}

/* -- A channel being fetched ------------------------------------------------------------ */

static void
posted_cb (UcSession *session, gpointer message, gboolean mentions_me, GString *told)
{
  g_string_append_printf (told, "%s|", ((UcMessage *) message)->post->message);
}

/* Its record was made before the first post, and comes after it. */
static void
test_arrival (Fixture *self, gconstpointer unused)
{
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (UcMessage) message = NULL;
  g_autofree char *channel_id =
      uc_test_server_add_channel (self->world->server, "new", self->world->ben, NULL);
  g_autofree char *record = g_strdup_printf ("GET /api/v4/channels/%s ", channel_id);
  g_autofree char *match = g_strdup_printf ("GET /api/v4/channels/%s", channel_id);

  g_signal_connect (self->anna->client->session, "posted", G_CALLBACK (posted_cb), told);
  uc_fault_proxy_put (self->anna->proxy, &(UcFault){ UC_FAULT_DELAY, match, 1, 0, LATE_MS });
  uc_test_server_join (self->world->server, channel_id, self->world->anna);
  wait_for_request (self, record);
  post (self, channel_id, "first");
  message = uc_test_client_wait_for_text (self->anna->client, channel_id, "first");
  uc_test_client_settle (self->anna->client);
  assert_equal (self);
  g_assert_cmpstr (told->str, ==, "first|");
  g_signal_handlers_disconnect_by_data (self->anna->client->session, told);
}

/* -- Lists being read ------------------------------------------------------------------- */

static gboolean
has_post (gpointer user_data)
{
  Fixture        *self = user_data;
  UcChannelState *state =
      uc_test_client_load_channel (self->anna->client, self->world->channel_ids[0]);
  gboolean has_post = state->channel->total_msg_count == 1;

  uc_channel_state_free (state);
  return has_post;
}

/* Tells her client to read the lists again. */
static void
join_another_team (Fixture *self)
{
  UcTestServer    *server = self->world->server;
  g_autofree char *name = g_strdup_printf ("%s-2", uc_test_server_get_team_id (server));
  g_autofree char *team =
      g_strdup_printf ("{\"name\":\"%s\",\"display_name\":\"Second\",\"type\":\"O\"}", name);
  g_autoptr (JsonNode) made = uc_test_server_call (server, NULL, "POST", "/teams", team, 201);
  const char      *team_id = json_object_get_string_member (json_node_get_object (made), "id");
  g_autofree char *path = g_strdup_printf ("/teams/%s/members", team_id);
  g_autofree char *member =
      g_strdup_printf ("{\"team_id\":\"%s\",\"user_id\":\"%s\"}", team_id,
                       uc_test_server_get_user_id (server, self->world->anna));

  json_node_unref (uc_test_server_call (server, NULL, "POST", path, member, 201));
}

/* The memberships come from before the reading, whose answer came first. */
static void
test_view (Fixture *self, gconstpointer unused)
{
  g_autofree char *text = g_strdup_printf ("@%s", self->world->anna);
  UcChannelState  *state;

  post (self, self->world->channel_ids[0], text);
  uc_test_wait_until (has_post, self, LIMIT_MS);
  uc_fault_proxy_put (self->anna->proxy,
                      &(UcFault){ UC_FAULT_DELAY, "GET */channels/members", 2, 0, LATE_MS });
  join_another_team (self);
  while (uc_fault_proxy_get_hits (self->anna->proxy, UC_FAULT_DELAY) < 2)
    uc_fault_world_run (5);
  /* The server has made its answer. */
  uc_fault_world_run (LATE_MS / 4);
  uc_session_mark_read (self->anna->client->session, self->world->channel_ids[0]);
  wait_for_request (self, "POST /api/v4/channels/members/me/view ");
  uc_test_client_wait_outbox_empty (self->anna->client);
  uc_test_client_settle (self->anna->client);
  state = uc_test_client_load_channel (self->anna->client, self->world->channel_ids[0]);
  g_assert_cmpint (state->channel->total_msg_count, ==, 1);
  g_assert_cmpint (state->member->read_msg_count, ==, 1);
  g_assert_cmpint (state->member->mention_count, ==, 0);
  uc_channel_state_free (state);
}

typedef struct {
  UcFaultProxy *proxy;
  guint         n_before;
} Lists;

static gboolean
were_lists_read (gpointer user_data)
{
  Lists *lists = user_data;

  return uc_fault_proxy_count (lists->proxy, "GET /api/v4/users/me/teams ") > lists->n_before;
}

/* The stream breaks between the event that makes them wanted and the moment they are
 * asked for, and goes on where it was. */
static void
test_break (Fixture *self, gconstpointer unused)
{
  Lists lists = { .proxy = self->anna->proxy };

  uc_test_client_settle (self->anna->client);
  lists.n_before = uc_fault_proxy_count (lists.proxy, "GET /api/v4/users/me/teams ");
  join_another_team (self);
  uc_fault_world_run (50);
  g_assert_false (were_lists_read (&lists));
  uc_fault_proxy_break_sockets (self->anna->proxy);
  uc_test_wait_until (were_lists_read, &lists, LIMIT_MS);
  g_assert_cmpuint (
      uc_fault_proxy_count (self->anna->proxy, "GET /api/v4/websocket?connection_id="), ==, 1);
}

/* -- A reading that was given up ---------------------------------------------------------- */

static void
cancel_cb (UcStore *store, UcChangeSet *changes, GCancellable *cancellable)
{
  if (changes->messages->len > 0)
    g_cancellable_cancel (cancellable);
}

/* Whoever gives it up doubts all marks: it must not vouch for its channel afterwards. */
static void
test_given_up (Fixture *self, gconstpointer unused)
{
  const char   *channel_id = self->world->channel_ids[0];
  UcTestClient *client = self->anna->client;
  g_autoptr (UcContext) context =
      _uc_context_new (client->store, client->api, client->flags, client->clock,
                       uc_test_server_get_user_id (self->world->server, self->world->anna));
  g_autoptr (UcPeople) people = _uc_people_new (context);
  g_autoptr (UcWatermarks) marks = _uc_watermarks_new (context);
  UcReadEnv env = { .context = context, .people = people, .watermarks = marks };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcMessage) message = NULL;
  g_autofree char *old_id = NULL;
  g_autofree char *path = NULL;

  old_id = uc_test_server_post (self->world->server, self->world->ben, channel_id, NULL, "old");
  for (guint i = 0; i < NEWEST_PAGE; i++)
    post (self, channel_id, "filler");
  post (self, channel_id, "last");
  message = uc_test_client_wait_for_text (client, channel_id, "last");
  uc_test_client_settle (client);
  uc_session_stop (client->session);
  path = g_strdup_printf ("/posts/%s/patch", old_id);
  json_node_unref (uc_test_server_call (self->world->server, self->world->ben, "PUT", path,
                                        "{\"message\":\"changed\"}", 200));
  /* The last thing it writes before it would vouch. */
  g_signal_connect (client->store, "changed", G_CALLBACK (cancel_cb), cancellable);
  uc_api_set_token (client->api, uc_test_server_get_token (self->world->server, self->world->anna));
  _uc_channel_read_async (&env, channel_id, UC_LANE_NORMAL, UC_READ_NEW_TOO, cancellable,
                          uc_test_result_cb, &result);
  g_assert_false (_uc_channel_read_finish (context, uc_test_wait_result (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (_uc_watermarks_is_verified (marks, channel_id));
  g_signal_handlers_disconnect_by_data (client->store, cancellable);
  _uc_people_stop (people);
}

/* -- A channel that fails ----------------------------------------------------------------- */

static void
test_one_fails (Fixture *self, gconstpointer unused)
{
  const char      *bad_id = self->world->channel_ids[0];
  const char      *good_id = self->world->channel_ids[1];
  g_autofree char *match = g_strdup_printf ("GET */channels/%s/posts*", bad_id);
  g_autoptr (UcMessage) good = NULL;
  g_autoptr (UcMessage) bad = NULL;

  uc_test_client_free (self->anna->client);
  post (self, bad_id, "@all kept back");
  uc_fault_proxy_put (self->anna->proxy, &(UcFault){ UC_FAULT_ANSWER, match, 0, 0, 0, BROKEN });
  uc_fault_world_start_device (self->world, self->anna);
  /* Nobody else waits for it, neither what is pushed nor who asked for everything. */
  uc_test_client_wait_for_state (self->anna->client, UC_SYNC_LIVE);
  post (self, good_id, "goes on");
  good = uc_test_client_wait_for_text (self->anna->client, good_id, "goes on");
  uc_test_client_settle (self->anna->client);
  g_assert_cmpuint (uc_fault_proxy_get_hits (self->anna->proxy, UC_FAULT_ANSWER), >=, 1);

  /* By itself, in time. */
  uc_test_time_skip (10000);
  uc_fault_world_run (100);
  g_assert_cmpuint (uc_fault_proxy_get_hits (self->anna->proxy, UC_FAULT_ANSWER), >=, 2);
  /* At once, when somebody asks for it. */
  uc_fault_proxy_lift (self->anna->proxy);
  uc_session_retry_now (self->anna->client->session);
  bad = uc_test_client_wait_for_text (self->anna->client, bad_id, "@all kept back");
}

#define ADD(name, func)                                                                            \
  g_test_add ("/integration/sync/overtaken/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("arrival", test_arrival);
  ADD ("view", test_view);
  ADD ("break", test_break);
  ADD ("given-up", test_given_up);
  ADD ("one-fails", test_one_fails);
  return g_test_run ();
}
