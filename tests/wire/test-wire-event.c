/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-wire-event.h"

#include <string.h>

#define CHANNEL "k81tnedztbnrxjsehdwc77c17e"
#define USER    "3enrnfw7k7y53nb4x7ra9pj4fw"
#define OTHER   "5rafe8kbrtfcpc4x3ysn6yx84o"
#define POST_ID "9bq3fsyo1jyojxp5y4y8sf7zqe"
#define INNER_POST                                                                                 \
  "{\\\"id\\\":\\\"" POST_ID "\\\",\\\"channel_id\\\":\\\"" CHANNEL                                \
  "\\\",\\\"user_id\\\":\\\"" USER "\\\",\\\"create_at\\\":5,\\\"message\\\":\\\"a\\\\nb\\\"}"
#define FRAME(name, data, broadcast)                                                               \
  "{\"event\":\"" name "\",\"data\":" data ",\"broadcast\":" broadcast ",\"seq\":7}"

static UcEvent *
parse (const char *text, gint64 *seq, GError **error)
{
  g_autoptr (GBytes) frame = g_bytes_new (text, strlen (text));

  return uc_wire_parse_event (frame, seq, error);
}

static UcEvent *
parse_good (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64   seq = 0;
  UcEvent *event = parse (text, &seq, &error);

  g_assert_no_error (error);
  g_assert_cmpint (seq, ==, 7);
  g_assert_cmpint (event->seq, ==, 7);
  return event;
}

static void
test_posted (void)
{
  g_autoptr (UcEvent) event = parse_good (
      FRAME ("posted",
             "{\"post\":\"" INNER_POST "\",\"mentions\":\"[\\\"" OTHER "\\\"]\",\"team_id\":\"\"}",
             "{\"channel_id\":\"" CHANNEL "\"}"));
  g_autoptr (UcEvent) bare = parse_good (FRAME ("posted", "{\"post\":\"" INNER_POST "\"}", "null"));

  g_assert_cmpint (event->kind, ==, UC_EVENT_POSTED);
  g_assert_cmpstr (event->post->message, ==, "a\nb");
  g_assert_cmpstr (event->channel_id, ==, CHANNEL);
  g_assert_cmpstr (event->post_id, ==, POST_ID);
  g_assert_cmpstr (event->user_id, ==, USER);
  g_assert_null (event->team_id);
  g_assert_cmpuint (g_strv_length (event->mentions), ==, 1);
  g_assert_cmpstr (event->mentions[0], ==, OTHER);
  g_assert_cmpuint (g_strv_length (bare->mentions), ==, 0);
}

/* A broken inner text is an error, and the number is still known. */
static void
test_broken_inner (void)
{
  static const char *const frames[] = {
    FRAME ("posted", "{\"post\":\"{\"}", "{}"),
    FRAME ("posted", "{\"post\":\"\"}", "{}"),
    FRAME ("posted", "{\"post\":7}", "{}"),
    FRAME ("posted", "{\"post\":\"[]\"}", "{}"),
    FRAME ("posted", "{}", "{}"),
    FRAME ("posted", "null", "null"),
    FRAME ("reaction_added", "{\"reaction\":\"{}\"}", "{}"),
    FRAME ("channel_updated", "{\"channel\":\"{\"}", "{}"),
    FRAME ("channel_updated", "{}", "{}"),
    FRAME ("channel_member_updated", "{\"channelMember\":\"7\"}", "{}"),
    FRAME ("user_updated", "{\"user\":\"x\"}", "{}"),
    FRAME ("update_team", "{\"team\":null}", "{}"),
    FRAME ("status_change", "{\"user_id\":\"" USER "\"}", "{}"),
    FRAME ("preferences_changed", "{\"preferences\":\"{}\"}", "{}"),
    FRAME ("preference_changed", "{\"preference\":\"{}\"}", "{}"),
    FRAME ("typing", "{\"user_id\":\"" USER "\"}", "{}"),
    FRAME ("typing", "{\"user_id\":\"../x\"}", "{\"channel_id\":\"" CHANNEL "\"}"),
    FRAME ("post_unread", "{\"post_id\":\"x\"}", "{\"channel_id\":\"" CHANNEL "\"}"),
    FRAME ("leave_team", "{\"user_id\":\"" USER "\"}", "{}"),
    FRAME ("hello", "{}", "{}"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++) {
    g_autoptr (GError) error = NULL;
    gint64 seq = 0;
    g_autoptr (UcEvent) event = parse (frames[i], &seq, &error);

    g_assert_null (event);
    g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
    g_assert_cmpint (seq, ==, 7);
  }
}

static void
test_no_event (void)
{
  static const char *const frames[] = {
    "",
    "{",
    "[]",
    "7",
    "null",
    "{}",
    "{\"event\":7,\"seq\":7}",
    "{\"event\":\"typing\"}",
    "{\"event\":\"typing\",\"seq\":\"7\"}",
    "{\"event\":\"typing\",\"seq\":-7}",
    "{\"event\":\"typing\",\"seq\":1e3}",
    "{\"seq\":7}",
    "\xff\xfe",
  };

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++) {
    g_autoptr (GError) error = NULL;
    gint64 seq = 0;

    g_assert_null (parse (frames[i], &seq, &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
    g_assert_cmpint (seq, ==, -1);
    g_assert_null (parse (frames[i], NULL, NULL));
  }
}

static void
test_unknown (void)
{
  g_autoptr (UcEvent) event = parse_good (FRAME ("brand_new", "{\"post\":\"{\"}", "7"));

  g_assert_cmpint (event->kind, ==, UC_EVENT_UNKNOWN);
  g_assert_cmpstr (event->name, ==, "brand_new");
}

static void
test_reply (void)
{
  gint64 seq = 0;
  g_autoptr (UcEvent) good = parse ("{\"status\":\"OK\",\"seq_reply\":3}\n", &seq, NULL);
  g_autoptr (UcEvent) bad =
      parse ("{\"status\":\"FAIL\",\"seq_reply\":5,\"error\":{\"id\":\"x\",\"message\":\"No.\"}}",
             NULL, NULL);
  g_autoptr (UcEvent) bare = parse ("{\"status\":\"FAIL\"}", NULL, NULL);

  g_assert_cmpint (good->kind, ==, UC_EVENT_REPLY);
  g_assert_true (good->is_ok);
  g_assert_cmpint (good->seq, ==, -1);
  g_assert_cmpint (good->seq_reply, ==, 3);
  g_assert_cmpint (seq, ==, -1);
  g_assert_false (bad->is_ok);
  g_assert_cmpstr (bad->error, ==, "No.");
  g_assert_nonnull (bare->error);
}

/* Ids that only the broadcast has. */
static void
test_broadcast (void)
{
  g_autoptr (UcEvent) typing =
      parse_good (FRAME ("typing", "{\"user_id\":\"" OTHER "\",\"parent_id\":\"\"}",
                         "{\"channel_id\":\"" CHANNEL "\"}"));
  g_autoptr (UcEvent) direct = parse_good (FRAME ("direct_added", "{\"teammate_id\":\"" OTHER "\"}",
                                                  "{\"channel_id\":\"" CHANNEL "\"}"));
  g_autoptr (UcEvent) removed = parse_good (
      FRAME ("user_removed", "{\"channel_id\":\"" CHANNEL "\",\"remover_id\":\"" OTHER "\"}",
             "{\"user_id\":\"" USER "\",\"channel_id\":\"\"}"));
  g_autoptr (UcEvent) other = parse_good (
      FRAME ("user_removed", "{\"user_id\":\"" OTHER "\"}", "{\"channel_id\":\"" CHANNEL "\"}"));

  g_assert_cmpstr (typing->channel_id, ==, CHANNEL);
  g_assert_cmpstr (typing->user_id, ==, OTHER);
  g_assert_cmpstr (typing->root_id, ==, "");
  g_assert_cmpstr (direct->channel_id, ==, CHANNEL);
  g_assert_cmpstr (removed->channel_id, ==, CHANNEL);
  g_assert_cmpstr (removed->user_id, ==, USER);
  g_assert_cmpstr (other->channel_id, ==, CHANNEL);
  g_assert_cmpstr (other->user_id, ==, OTHER);
}

static void
test_viewed (void)
{
  g_autoptr (UcEvent) one =
      parse_good (FRAME ("channel_viewed", "{\"channel_id\":\"" CHANNEL "\"}", "{}"));
  g_autoptr (UcEvent) many =
      parse_good (FRAME ("multiple_channels_viewed",
                         "{\"channel_times\":{\"" CHANNEL "\":5,\"x\":6,\"" OTHER "\":7}}", "{}"));
  g_autoptr (UcEvent) none = parse_good (FRAME ("channel_viewed", "{\"channel_id\":\"\"}", "{}"));

  g_assert_cmpuint (g_strv_length (one->channel_ids), ==, 1);
  g_assert_cmpint (many->kind, ==, UC_EVENT_CHANNEL_VIEWED);
  g_assert_cmpuint (g_strv_length (many->channel_ids), ==, 2);
  g_assert_cmpuint (g_strv_length (none->channel_ids), ==, 0);
}

static void
test_others (void)
{
  g_autoptr (UcEvent) user = parse_good (
      FRAME ("user_updated", "{\"user\":{\"id\":\"" USER "\",\"username\":\"u\"}}", "{}"));
  g_autoptr (UcEvent) roles = parse_good (
      FRAME ("user_role_updated", "{\"user_id\":\"" USER "\",\"roles\":\"system_user\"}", "{}"));
  g_autoptr (UcEvent) status =
      parse_good (FRAME ("status_change", "{\"user_id\":\"" USER "\",\"status\":\"away\"}", "{}"));
  g_autoptr (UcEvent) preference =
      parse_good (FRAME ("preference_changed",
                         "{\"preference\":\"{\\\"user_id\\\":\\\"" USER
                         "\\\",\\\"category\\\":\\\"c\\\",\\\"name\\\":\\\"n\\\"}\"}",
                         "{}"));
  g_autoptr (UcEvent) flags = parse_good (FRAME ("custom_com.example.unifiedchat_flags_changed",
                                                 "{\"flags\":\"{\\\"revision\\\":17}\"}", "{}"));
  g_autoptr (UcEvent) unread = parse_good (FRAME (
      "post_unread",
      "{\"post_id\":\"" POST_ID "\",\"msg_count\":3,\"mention_count\":1,\"last_viewed_at\":9}",
      "{\"channel_id\":\"" CHANNEL "\"}"));
  g_autoptr (UcEvent) gone = parse_good (FRAME (
      "delete_team",
      "{\"team\":\"{\\\"id\\\":\\\"" OTHER "\\\",\\\"name\\\":\\\"t\\\",\\\"delete_at\\\":5}\"}",
      "{}"));
  /* Newer servers may leave the record out. */
  g_autoptr (UcEvent) channel =
      parse_good (FRAME ("channel_updated", "{}", "{\"channel_id\":\"" CHANNEL "\"}"));

  g_assert_cmpstr (user->user->username, ==, "u");
  g_assert_cmpstr (user->user_id, ==, USER);
  g_assert_cmpstr (roles->text, ==, "system_user");
  g_assert_cmpint (status->status->presence, ==, UC_PRESENCE_AWAY);
  g_assert_cmpint (preference->kind, ==, UC_EVENT_PREFERENCES_CHANGED);
  g_assert_cmpuint (preference->preferences->len, ==, 1);
  g_assert_cmpint (flags->kind, ==, UC_EVENT_FLAGS_CHANGED);
  g_assert_cmpstr (flags->text, ==, "{\"revision\":17}");
  g_assert_cmpint (unread->msg_count, ==, 3);
  g_assert_cmpint (unread->mention_count, ==, 1);
  g_assert_cmpint (unread->last_viewed_at_ms, ==, 9);
  g_assert_cmpint (gone->kind, ==, UC_EVENT_UPDATE_TEAM);
  g_assert_cmpint (gone->team->delete_at_ms, ==, 5);
  g_assert_cmpstr (gone->team_id, ==, OTHER);
  g_assert_null (channel->channel);
  g_assert_cmpstr (channel->channel_id, ==, CHANNEL);
  uc_event_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/wire/event/posted", test_posted);
  g_test_add_func ("/wire/event/broken-inner", test_broken_inner);
  g_test_add_func ("/wire/event/no-event", test_no_event);
  g_test_add_func ("/wire/event/unknown", test_unknown);
  g_test_add_func ("/wire/event/reply", test_reply);
  g_test_add_func ("/wire/event/broadcast", test_broadcast);
  g_test_add_func ("/wire/event/viewed", test_viewed);
  g_test_add_func ("/wire/event/others", test_others);
  return g_test_run ();
}
