/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each kind of event asks for besides what it writes. */

#include "config.h"

#include "uc-ingest-handlers-private.h"

#define ME      "3enrnfw7k7y53nb4x7ra9pj4fw"
#define BEN     "5rafe8kbrtfcpc4x3ysn6yx84o"
#define CHANNEL "x4k4sszftirbuqaozqoximb4oh"

static const UcIngestEnv env = { .my_user_id = ME, .now_ms = 5000 };

static void
assert_follow (UcEventKind kind,
               const char *user_id,
               const char *channel_id,
               UcFollow    follow,
               gboolean    writes)
{
  g_autoptr (UcBatch) batch = uc_batch_new ();
  UcEvent event = {
    .kind = kind,
    .user_id = (char *) user_id,
    .channel_id = (char *) channel_id,
  };

  g_assert_cmpint (_uc_ingest_fill (&event, &env, batch), ==, follow);
  g_assert_cmpint (!uc_batch_is_empty (batch), ==, writes);
}

static void
test_follow (void)
{
  assert_follow (UC_EVENT_UNKNOWN, NULL, NULL, UC_FOLLOW_NOTHING, FALSE);
  assert_follow (UC_EVENT_HELLO, NULL, NULL, UC_FOLLOW_NOTHING, FALSE);
  assert_follow ((UcEventKind) 9999, NULL, NULL, UC_FOLLOW_NOTHING, FALSE);
  assert_follow (UC_EVENT_TYPING, BEN, CHANNEL, UC_FOLLOW_ASIDE, FALSE);
  assert_follow (UC_EVENT_FLAGS_CHANGED, NULL, NULL, UC_FOLLOW_ASIDE, FALSE);

  assert_follow (UC_EVENT_DIRECT_ADDED, NULL, CHANNEL, UC_FOLLOW_CHANNEL, FALSE);
  assert_follow (UC_EVENT_DIRECT_ADDED, NULL, NULL, UC_FOLLOW_NOTHING, FALSE);
  assert_follow (UC_EVENT_CHANNEL_RESTORED, NULL, CHANNEL, UC_FOLLOW_CHANNEL, FALSE);
  assert_follow (UC_EVENT_USER_ADDED, ME, CHANNEL, UC_FOLLOW_CHANNEL, FALSE);
  assert_follow (UC_EVENT_USER_ADDED, BEN, CHANNEL, UC_FOLLOW_NOTHING, FALSE);

  assert_follow (UC_EVENT_CHANNEL_DELETED, NULL, CHANNEL, UC_FOLLOW_CHANNEL_GONE, TRUE);
  assert_follow (UC_EVENT_USER_REMOVED, ME, CHANNEL, UC_FOLLOW_CHANNEL_GONE, TRUE);
  assert_follow (UC_EVENT_USER_REMOVED, BEN, CHANNEL, UC_FOLLOW_NOTHING, FALSE);

  assert_follow (UC_EVENT_ADDED_TO_TEAM, ME, NULL, UC_FOLLOW_LISTS, FALSE);
  assert_follow (UC_EVENT_LEAVE_TEAM, BEN, NULL, UC_FOLLOW_NOTHING, FALSE);
  assert_follow (UC_EVENT_NEW_USER, BEN, NULL, UC_FOLLOW_USER, FALSE);
}

/* An event that lacks what its kind should carry writes nothing and breaks nothing. */
static void
test_empty (void)
{
  for (UcEventKind kind = UC_EVENT_UNKNOWN; kind <= UC_EVENT_FLAGS_CHANGED; kind++) {
    g_autoptr (UcBatch) batch = uc_batch_new ();
    UcEvent event = { .kind = kind, .name = (char *) "" };

    _uc_ingest_fill (&event, &env, batch);
    g_assert_true (uc_batch_is_empty (batch));
  }
}

static void
test_own_record (void)
{
  g_autoptr (UcBatch) batch = uc_batch_new ();
  g_autoptr (UcUser) user = uc_user_new ();
  UcEvent event = { .kind = UC_EVENT_USER_UPDATED, .user = user };

  g_set_str (&user->id, BEN);
  g_assert_cmpint (_uc_ingest_fill (&event, &env, batch), ==, UC_FOLLOW_NOTHING);
  g_set_str (&user->id, ME);
  g_assert_cmpint (_uc_ingest_fill (&event, &env, batch), ==, UC_FOLLOW_ASIDE);
}

/* Notify settings of others are none of ours. */
static void
test_others_membership (void)
{
  g_autoptr (UcBatch) batch = uc_batch_new ();
  g_autoptr (UcMember) member = uc_member_new ();
  UcEvent event = { .kind = UC_EVENT_CHANNEL_MEMBER_UPDATED, .member = member };

  g_set_str (&member->user_id, BEN);
  _uc_ingest_fill (&event, &env, batch);
  g_assert_true (uc_batch_is_empty (batch));
  g_set_str (&member->user_id, ME);
  _uc_ingest_fill (&event, &env, batch);
  g_assert_false (uc_batch_is_empty (batch));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/ingest-handlers/follow", test_follow);
  g_test_add_func ("/sync/ingest-handlers/empty", test_empty);
  g_test_add_func ("/sync/ingest-handlers/own-record", test_own_record);
  g_test_add_func ("/sync/ingest-handlers/others-membership", test_others_membership);
  return g_test_run ();
}
