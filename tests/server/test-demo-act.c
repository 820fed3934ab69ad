/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people of the demo do comes out as if their client had done it. */

#include "config.h"

#include "uc-demo-act.h"

#include "uc-demo-test.h"
#include "uc-member-table.h"
#include "uc-refusal.h"
#include "uc-status-table.h"

static UcDemoAct *
new_act (UcDemoTest *test, UcDemoActKind kind, const char *username)
{
  return uc_demo_act_new (kind, uc_demo_cast_find_name (test->cast, username));
}

/* The newest of a kind; NULL when there was none. */
static const UcEvent *
find_event (UcDemoTest *test, UcEventKind kind)
{
  for (guint i = test->events->len; i > 0; i--) {
    const UcEvent *event = g_ptr_array_index (test->events, i - 1);

    if (event->kind == kind)
      return event;
  }
  return NULL;
}

static const UcEvent *
need_event (UcDemoTest *test, UcEventKind kind)
{
  const UcEvent *event = find_event (test, kind);

  if (event == NULL)
    g_error ("there was no such event");
  return event;
}

static gboolean
find_member_in_worker (UcTxn *txn, gpointer job, GError **error)
{
  UcChannelMember **member = job;

  return uc_member_table_find (txn->db, (*member)->channel_id, (*member)->user_id, member, error);
}

static gint64
count_mentions (UcDemoTest *test, const char *channel_id, const char *user_id)
{
  UcChannelMember  wanted = { .channel_id = (char *) channel_id, .user_id = (char *) user_id };
  UcChannelMember *member = &wanted;
  gint64           n_mentions;

  g_assert_true (uc_demo_test_run (test, find_member_in_worker, &member, NULL));
  n_mentions = member->mention_count;
  uc_channel_member_free (member);
  return n_mentions;
}

static void
test_say (void)
{
  g_autoptr (UcDemoTest) test = uc_demo_test_new ();
  g_autoptr (UcDemoAct) act = new_act (test, UC_DEMO_ACT_SAY, "ben.ortiz");
  g_autofree char *ward = uc_demo_test_dup_channel (test, "ward-3");
  const char      *clara = uc_demo_cast_find_name (test->cast, "clara.wu")->user_id;
  g_autoptr (GError) error = NULL;
  const UcEvent *event;

  g_set_str (&act->channel_id, ward);
  g_set_str (&act->text, "@clara.wu please come");
  g_assert_cmpint (count_mentions (test, ward, clara), ==, 0);
  g_assert_true (uc_demo_test_act (test, act, &error));
  g_assert_no_error (error);
  event = need_event (test, UC_EVENT_POSTED);
  g_assert_cmpstr (event->post->id, ==, act->post_id);
  g_assert_cmpstr (event->post->user_id, ==, act->user_id);
  g_assert_cmpstr (event->post->message, ==, "@clara.wu please come");
  g_assert_true (g_strv_contains ((const char *const *) event->mentions, clara));
  g_assert_cmpint (count_mentions (test, ward, clara), ==, 1);
}

static void
test_reply_and_react (void)
{
  g_autoptr (UcDemoTest) test = uc_demo_test_new ();
  g_autoptr (UcDemoAct) root = new_act (test, UC_DEMO_ACT_SAY, "ben.ortiz");
  g_autoptr (UcDemoAct) reply = new_act (test, UC_DEMO_ACT_SAY, "clara.wu");
  g_autoptr (UcDemoAct) reaction = new_act (test, UC_DEMO_ACT_REACT, "julia.roth");
  g_autofree char *ward = uc_demo_test_dup_channel (test, "ward-3");

  g_set_str (&root->channel_id, ward);
  g_set_str (&root->text, "One");
  g_assert_true (uc_demo_test_act (test, root, NULL));
  g_set_str (&reply->channel_id, ward);
  g_set_str (&reply->root_id, root->post_id);
  g_set_str (&reply->text, "Two");
  g_assert_true (uc_demo_test_act (test, reply, NULL));
  g_assert_cmpstr (need_event (test, UC_EVENT_POSTED)->post->root_id, ==, root->post_id);
  g_set_str (&reaction->post_id, root->post_id);
  g_set_str (&reaction->text, "heart");
  g_assert_true (uc_demo_test_act (test, reaction, NULL));
  g_assert_cmpstr (need_event (test, UC_EVENT_REACTION_ADDED)->reaction->emoji_name, ==, "heart");
  g_assert_cmpstr (need_event (test, UC_EVENT_REACTION_ADDED)->reaction->post_id, ==,
                   root->post_id);
}

static void
test_type (void)
{
  g_autoptr (UcDemoTest) test = uc_demo_test_new ();
  g_autoptr (UcDemoAct) act = new_act (test, UC_DEMO_ACT_TYPE, "ben.ortiz");
  g_autofree char *ward = uc_demo_test_dup_channel (test, "ward-3");

  g_set_str (&act->channel_id, ward);
  g_assert_true (uc_demo_test_act (test, act, NULL));
  g_assert_cmpstr (need_event (test, UC_EVENT_TYPING)->user_id, ==, act->user_id);
  g_assert_cmpstr (need_event (test, UC_EVENT_TYPING)->channel_id, ==, ward);
}

static gboolean
find_status_in_worker (UcTxn *txn, gpointer job, GError **error)
{
  UcStatus  **status = job;
  const char *user_id = (*status)->user_id;

  *status = uc_status_table_find (txn->db, user_id, error);
  return *status != NULL;
}

static UcPresence
get_presence (UcDemoTest *test, const char *user_id)
{
  UcStatus   wanted = { .user_id = (char *) user_id };
  UcStatus  *status = &wanted;
  UcPresence presence;

  g_assert_true (uc_demo_test_run (test, find_status_in_worker, &status, NULL));
  presence = status->presence;
  uc_status_unref (status);
  return presence;
}

static void
test_presence (void)
{
  static const struct {
    UcDemoActKind kind;
    UcPresence    presence;
  } steps[] = { { UC_DEMO_ACT_COME, UC_PRESENCE_ONLINE },
                { UC_DEMO_ACT_PAUSE, UC_PRESENCE_AWAY },
                { UC_DEMO_ACT_COME, UC_PRESENCE_ONLINE },
                { UC_DEMO_ACT_LEAVE, UC_PRESENCE_OFFLINE } };
  g_autoptr (UcDemoTest) test = uc_demo_test_new ();

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (UcDemoAct) act = new_act (test, steps[i].kind, "ben.ortiz");

    g_assert_true (uc_demo_test_act (test, act, NULL));
    g_assert_cmpint (get_presence (test, act->user_id), ==, steps[i].presence);
  }
}

/* They may no more than others. */
static void
test_refused (void)
{
  g_autoptr (UcDemoTest) test = uc_demo_test_new ();
  g_autofree char *leadership = uc_demo_test_dup_channel (test, "leadership");

  for (UcDemoActKind kind = UC_DEMO_ACT_TYPE; kind <= UC_DEMO_ACT_SAY; kind++) {
    g_autoptr (UcDemoAct) act = new_act (test, kind, "paul.meier");
    g_autoptr (GError) error = NULL;

    g_set_str (&act->channel_id, leadership);
    g_set_str (&act->text, "Hello?");
    g_assert_false (uc_demo_test_act (test, act, &error));
    g_assert_error (error, UC_REFUSAL, UC_REFUSAL_PERMISSION);
  }
  g_assert_null (find_event (test, UC_EVENT_TYPING));
  g_assert_null (find_event (test, UC_EVENT_POSTED));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/server/demo-act/say", test_say);
  g_test_add_func ("/server/demo-act/reply-and-react", test_reply_and_react);
  g_test_add_func ("/server/demo-act/type", test_type);
  g_test_add_func ("/server/demo-act/presence", test_presence);
  g_test_add_func ("/server/demo-act/refused", test_refused);
  return g_test_run ();
}
