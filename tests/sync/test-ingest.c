/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events into a real store: recorded frames, order, holding, who is told. */

#include "config.h"

#include "uc-ingest-private.h"

#include "uc-sync-fixture.h"
#include "uc-test.h"

#include <json-glib/json-glib.h>

#define CHANNEL "x4k4sszftirbuqaozqoximb4oh"
#define ELSE    "b83r9wfnt7f6fkxwmdf3md41ja"
#define BEN     "5rafe8kbrtfcpc4x3ysn6yx84o"
#define POST_A  "46redrm3q3gnxfee5iqyoo4ayy"
#define POST_B  "dess664zrtyjzj18imxz36pswa"
#define OP      "aaaaaaaaaaaaaaaaaaaaaaaaay"

typedef struct {
  UcSyncFixture sync;
  UcPeople     *people;
  UcWatermarks *marks;
  UcIngest     *ingest;
  GString      *told; /* what the signals said */
} Fixture;

static void
told_posted_cb (UcIngest *ingest, gpointer data, gboolean mentions_me, Fixture *fixture)
{
  UcMessage *message = data;

  g_string_append_printf (fixture->told, "posted:%s%s ", message->post->message,
                          mentions_me ? "!" : "");
}

static void
told_wanted_cb (UcIngest *ingest, const char *channel_id, Fixture *fixture)
{
  g_string_append_printf (fixture->told, "wanted:%s ", channel_id);
}

static void
told_gone_cb (UcIngest *ingest, const char *channel_id, Fixture *fixture)
{
  g_string_append_printf (fixture->told, "gone:%s ", channel_id);
}

static void
told_lists_cb (UcIngest *ingest, Fixture *fixture)
{
  g_string_append (fixture->told, "lists ");
}

static void
told_aside_cb (UcIngest *ingest, gpointer data, Fixture *fixture)
{
  UcEvent *event = data;

  g_string_append_printf (fixture->told, "aside:%s ", event->name);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcChannel) channel = uc_sync_fixture_new_channel (CHANNEL);
  UcBatch *batch = uc_batch_new ();

  uc_sync_fixture_set_up (&fixture->sync, data);
  fixture->people = _uc_people_new (fixture->sync.context);
  fixture->marks = _uc_watermarks_new (fixture->sync.context);
  fixture->ingest = _uc_ingest_new (fixture->sync.context, fixture->people, fixture->marks);
  fixture->told = g_string_new (NULL);
  g_signal_connect (fixture->ingest, "posted", G_CALLBACK (told_posted_cb), fixture);
  g_signal_connect (fixture->ingest, "channel-wanted", G_CALLBACK (told_wanted_cb), fixture);
  g_signal_connect (fixture->ingest, "channel-gone", G_CALLBACK (told_gone_cb), fixture);
  g_signal_connect (fixture->ingest, "lists-wanted", G_CALLBACK (told_lists_cb), fixture);
  g_signal_connect (fixture->ingest, "aside", G_CALLBACK (told_aside_cb), fixture);

  uc_batch_put_channel (batch, channel);
  uc_sync_fixture_apply (&fixture->sync, batch);
  _uc_ingest_add_channel (fixture->ingest, CHANNEL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->ingest, fixture);
  _uc_people_stop (fixture->people);
  g_clear_object (&fixture->ingest);
  g_clear_object (&fixture->marks);
  g_clear_object (&fixture->people);
  g_string_free (fixture->told, TRUE);
  uc_sync_fixture_tear_down (&fixture->sync, data);
}

static gboolean
is_idle (gpointer user_data)
{
  return _uc_ingest_is_idle (user_data);
}

static void
take (Fixture *fixture, const char *text)
{
  g_autoptr (GBytes) frame = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  UcEvent *event = uc_wire_parse_event (frame, NULL, &error);

  g_assert_no_error (error);
  _uc_ingest_take (fixture->ingest, event);
}

static char *
quote (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return json_to_string (node, FALSE);
}

/* An event with one inner JSON text. */
static void
take_inner (Fixture    *fixture,
            const char *kind,
            const char *member,
            const char *inner,
            const char *more)
{
  g_autofree char *quoted = quote (inner);
  g_autofree char *frame = g_strdup_printf (
      "{\"event\":\"%s\",\"data\":{\"%s\":%s%s},\"broadcast\":{\"channel_id\":\"%s\"},"
      "\"seq\":1}",
      kind, member, quoted, more, CHANNEL);

  take (fixture, frame);
}

static char *
dup_post (const char *id,
          const char *channel_id,
          const char *user_id,
          gint64      at_ms,
          const char *message)
{
  return g_strdup_printf (
      "{\"id\":\"%s\",\"channel_id\":\"%s\",\"user_id\":\"%s\",\"create_at\":%" G_GINT64_FORMAT
      ",\"update_at\":%" G_GINT64_FORMAT ",\"message\":\"%s\",\"metadata\":{}}",
      id, channel_id, user_id, at_ms, at_ms, message);
}

static void
take_post (Fixture    *fixture,
           const char *id,
           const char *channel_id,
           const char *user_id,
           gint64      at_ms,
           const char *message)
{
  g_autofree char *inner = dup_post (id, channel_id, user_id, at_ms, message);

  take_inner (fixture, "posted", "post", inner, "");
}

static void
settle (Fixture *fixture)
{
  uc_test_wait_until (is_idle, fixture->ingest, 20000);
  uc_sync_fixture_flush (&fixture->sync);
}

/* Calls @func for each frame that Katrin got in the recording. */
static void
each_recorded_frame (Fixture *fixture, void (*func) (Fixture *fixture, const char *frame))
{
  g_autofree char *text = uc_test_dup_fixture ("mattermost/ws_events.json", NULL);
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  JsonArray *operations = json_node_get_array (root);

  for (guint i = 0; i < json_array_get_length (operations); i++) {
    JsonObject *operation = json_array_get_object_element (operations, i);
    JsonObject *frames = json_object_get_object_member (operation, "frames_by_recipient");
    JsonArray  *mine = json_object_has_member (frames, "katrin")
                           ? json_object_get_array_member (frames, "katrin")
                           : NULL;

    for (guint j = 0; mine != NULL && j < json_array_get_length (mine); j++) {
      JsonNode *frame = json_array_get_element (mine, j);

      if (json_object_has_member (json_node_get_object (frame), "event")) {
        g_autofree char *one = json_to_string (frame, FALSE);

        func (fixture, one);
      }
    }
  }
}

static void
join_channel_of (Fixture *fixture, const char *frame)
{
  g_autoptr (GBytes) bytes = g_bytes_new (frame, strlen (frame));
  g_autoptr (UcEvent) event = uc_wire_parse_event (bytes, NULL, NULL);

  if (event != NULL && event->post != NULL)
    _uc_ingest_add_channel (fixture->ingest, event->post->channel_id);
}

/* In a commit of its own. */
static void
take_alone (Fixture *fixture, const char *frame)
{
  take (fixture, frame);
  settle (fixture);
}

static void
test_recorded (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcMessage) edited = NULL;
  g_autoptr (UcMessage) reply = NULL;
  g_autofree char *once = NULL;

  each_recorded_frame (fixture, join_channel_of);
  each_recorded_frame (fixture, take_alone);

  edited = uc_sync_fixture_load_message (&fixture->sync, POST_A);
  reply = uc_sync_fixture_load_message (&fixture->sync, POST_B);
  g_assert_nonnull (edited);
  g_assert_nonnull (reply);
  g_assert_cmpstr (reply->post->root_id, ==, POST_A);
  g_assert_nonnull (strstr (fixture->told->str, "posted:Hallo @katrin.sommer! "));
  g_assert_nonnull (strstr (fixture->told->str, "aside:typing "));
  g_assert_nonnull (strstr (fixture->told->str, "lists "));

  /* All of it once more: nothing is new, so nobody is told of a message. */
  once = g_strdup (fixture->told->str);
  g_string_truncate (fixture->told, 0);
  each_recorded_frame (fixture, take);
  settle (fixture);
  g_assert_null (strstr (fixture->told->str, "posted:"));
}

static void
test_told (Fixture *fixture, gconstpointer data)
{
  g_autofree char *inner = dup_post (POST_A, CHANNEL, BEN, 2000, "hear");

  take_inner (fixture, "posted", "post", inner, ",\"mentions\":\"[\\\"" UC_TEST_ME "\\\"]\"");
  take_post (fixture, POST_B, CHANNEL, UC_TEST_ME, 3000, "mine");
  take_post (fixture, OP, CHANNEL, BEN, 4000, "and hear");
  settle (fixture);
  g_assert_cmpstr (fixture->told->str, ==, "posted:hear! posted:and hear ");
}

static void
test_held (Fixture *fixture, gconstpointer data)
{
  g_autofree char *edit = dup_post (POST_A, CHANNEL, BEN, 2000, "second");
  g_autoptr (UcMessage) none = NULL;
  g_autoptr (UcMessage) message = NULL;

  _uc_ingest_hold (fixture->ingest);
  take_post (fixture, POST_A, CHANNEL, BEN, 2000, "first");
  g_free (edit);
  edit = g_strdup_printf ("{\"id\":\"%s\",\"channel_id\":\"%s\",\"user_id\":\"%s\","
                          "\"create_at\":2000,\"update_at\":2500,\"edit_at\":2500,"
                          "\"message\":\"second\",\"metadata\":{}}",
                          POST_A, CHANNEL, BEN);
  take_inner (fixture, "post_edited", "post", edit, "");
  take (fixture, "{\"event\":\"typing\",\"data\":{\"parent_id\":\"\",\"user_id\":\"" BEN
                 "\"},\"broadcast\":{\"channel_id\":\"" CHANNEL "\"},\"seq\":3}");
  /* Who types is of the moment and does not wait. */
  g_assert_cmpstr (fixture->told->str, ==, "aside:typing ");
  g_assert_false (_uc_ingest_is_idle (fixture->ingest));
  uc_sync_fixture_flush (&fixture->sync);
  none = uc_sync_fixture_load_message (&fixture->sync, POST_A);
  g_assert_null (none);

  _uc_ingest_release (fixture->ingest);
  settle (fixture);
  message = uc_sync_fixture_load_message (&fixture->sync, POST_A);
  g_assert_cmpstr (message->post->message, ==, "second");
}

/* A reading that was held back: how far it went only the lists know, which are read once
 * more. */
static void
test_held_reading (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) states = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (UcChannel) channel = uc_sync_fixture_new_channel (CHANNEL);
  g_autoptr (UcMember) member = uc_member_new ();
  UcChannelState *state;
  UcBatch        *batch;

  _uc_ingest_hold (fixture->ingest);
  take (fixture, "{\"event\":\"channel_viewed\",\"data\":{\"channel_id\":\"" CHANNEL
                 "\"},\"broadcast\":{},\"seq\":1}");
  take_post (fixture, POST_A, CHANNEL, BEN, 5000, "after that");
  /* The lists have the post already, and not read. */
  channel->last_post_at_ms = 5000;
  channel->total_msg_count = 3;
  g_free (member->channel_id);
  member->channel_id = g_strdup (CHANNEL);
  member->read_msg_count = 2;
  member->last_update_at_ms = 4000;
  batch = uc_batch_new ();
  uc_batch_put_channel (batch, channel);
  uc_batch_put_member (batch, member);
  uc_sync_fixture_apply (&fixture->sync, batch);

  _uc_ingest_release (fixture->ingest);
  settle (fixture);
  g_assert_nonnull (strstr (fixture->told->str, "lists "));
  uc_store_load_channels_async (fixture->sync.store, CHANNEL, NULL, uc_test_result_cb, &result);
  states = uc_store_load_channels_finish (fixture->sync.store, uc_test_wait_result (&result), NULL);
  state = g_ptr_array_index (states, 0);
  g_assert_cmpint (state->channel->total_msg_count, ==, 3);
  g_assert_cmpint (state->member->read_msg_count, ==, 2);
}

static void
test_dropped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcMessage) none = NULL;

  _uc_ingest_hold (fixture->ingest);
  take_post (fixture, POST_A, CHANNEL, BEN, 2000, "of a stream that broke");
  _uc_ingest_drop_held (fixture->ingest);
  settle (fixture);
  none = uc_sync_fixture_load_message (&fixture->sync, POST_A);
  g_assert_null (none);
}

/* Events of a channel that is being fetched wait for it, in order. */
static void
test_unknown_channel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcMessage) none = NULL;
  g_autoptr (UcMessage) message = NULL;

  take_post (fixture, POST_A, ELSE, BEN, 2000, "from elsewhere");
  take_inner (fixture, "reaction_added", "reaction",
              "{\"user_id\":\"" BEN "\",\"post_id\":\"" POST_A
              "\",\"emoji_name\":\"+1\",\"create_at\":2100}",
              "");
  settle (fixture);
  none = uc_sync_fixture_load_message (&fixture->sync, POST_A);
  g_assert_null (none);
  g_assert_cmpstr (fixture->told->str, ==, "wanted:" ELSE " ");

  _uc_ingest_add_channel (fixture->ingest, ELSE);
  settle (fixture);
  g_assert_cmpstr (fixture->told->str, ==, "wanted:" ELSE " posted:from elsewhere ");
  message = uc_sync_fixture_load_message (&fixture->sync, POST_A);
  g_assert_cmpuint (message->post->reactions->len, ==, 1);
}

/* One may not see it after all. */
static void
test_refused_channel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcMessage) none = NULL;

  take_post (fixture, POST_A, ELSE, BEN, 2000, "not for you");
  _uc_ingest_refuse_channel (fixture->ingest, ELSE);
  _uc_ingest_add_channel (fixture->ingest, ELSE);
  settle (fixture);
  none = uc_sync_fixture_load_message (&fixture->sync, POST_A);
  g_assert_null (none);
  /* It is asked for again when it shows itself again. */
  g_assert_cmpstr (fixture->told->str, ==, "wanted:" ELSE " ");
}

/* The event may be the only acknowledgement that comes. */
static void
test_acknowledged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcPost) mine =
      uc_sync_fixture_new_post ("local:" OP, CHANNEL, UC_TEST_ME, 1000, "mine");
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (UcMessage) message = NULL;
  g_autofree char *inner = NULL;
  UcBatch         *batch = uc_batch_new ();

  g_set_str (&mine->op_id, OP);
  uc_batch_queue_post (batch, mine);
  uc_sync_fixture_apply (&fixture->sync, batch);
  before = uc_sync_fixture_load_outbox (&fixture->sync);
  g_assert_cmpuint (before->len, ==, 1);

  inner = g_strdup_printf ("{\"id\":\"%s\",\"channel_id\":\"%s\",\"user_id\":\"%s\","
                           "\"create_at\":2000,\"update_at\":2000,\"message\":\"mine\","
                           "\"pending_post_id\":\"%s:%s\",\"metadata\":{}}",
                           POST_A, CHANNEL, UC_TEST_ME, UC_TEST_ME, OP);
  take_inner (fixture, "posted", "post", inner, "");
  settle (fixture);
  after = uc_sync_fixture_load_outbox (&fixture->sync);
  g_assert_cmpuint (after->len, ==, 0);
  message = uc_sync_fixture_load_message (&fixture->sync, POST_A);
  g_assert_cmpstr (message->key, ==, OP);
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  take (fixture,
        "{\"event\":\"user_removed\",\"data\":{\"channel_id\":\"" CHANNEL "\",\"remover_id\":\"" BEN
        "\"},\"broadcast\":{\"user_id\":\"" UC_TEST_ME "\"},\"seq\":1}");
  settle (fixture);
  g_assert_cmpstr (fixture->told->str, ==, "gone:" CHANNEL " ");
  /* From now on it is a channel like any that one is not in. */
  take_post (fixture, POST_A, CHANNEL, BEN, 2000, "not for you");
  g_assert_cmpstr (fixture->told->str, ==, "gone:" CHANNEL " wanted:" CHANNEL " ");
}

/* Events raise the mark of a channel that was read; not of one that was not. */
static void
test_marks (Fixture *fixture, gconstpointer data)
{
  UcBatch *batch = uc_batch_new ();

  take_post (fixture, POST_A, CHANNEL, BEN, 2000, "before it was read");
  settle (fixture);
  g_assert_cmpint (_uc_watermarks_get (fixture->marks, CHANNEL), ==, 0);

  _uc_watermarks_verify (fixture->marks, CHANNEL, 2000, batch);
  uc_sync_fixture_apply (&fixture->sync, batch);
  take_post (fixture, POST_B, CHANNEL, BEN, 5000, "after");
  /* Not before it is stored. */
  g_assert_cmpint (_uc_watermarks_get (fixture->marks, CHANNEL), ==, 2000);
  settle (fixture);
  g_assert_cmpint (_uc_watermarks_get (fixture->marks, CHANNEL), ==, 5000);
}

static void
test_mentions (void)
{
  static const struct {
    const char *text;
    gboolean    mentions;
  } cases[] = {
    { "@anna hello", TRUE },
    { "hello @Anna.", TRUE },
    { "(@anna)", TRUE },
    { "@all", TRUE },
    { "look @here", TRUE },
    { "@channel!", TRUE },
    { "@annabel", FALSE },
    { "x@anna", FALSE },
    { "anna", FALSE },
    { "@", FALSE },
    { "", FALSE },
    { "@everyone", FALSE },
    { "@anna.maier of @anna", TRUE },
    { "@anna.maier", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (_uc_ingest_mentions (cases[i].text, "anna"), ==, cases[i].mentions);
}

#define ADD(name, func) g_test_add ("/sync/ingest/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("recorded", test_recorded);
  ADD ("told", test_told);
  ADD ("held", test_held);
  ADD ("held-reading", test_held_reading);
  ADD ("dropped", test_dropped);
  ADD ("unknown-channel", test_unknown_channel);
  ADD ("refused-channel", test_refused_channel);
  ADD ("acknowledged", test_acknowledged);
  ADD ("removed", test_removed);
  ADD ("marks", test_marks);
  g_test_add_func ("/sync/ingest/mentions", test_mentions);
  return g_test_run ();
}
