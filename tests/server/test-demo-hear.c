/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who of the demo takes notice of what somebody writes. */

#include "config.h"

#include "uc-demo-hear.h"

#define N_DRAWS 300

static const UcClassification question = { UC_CATEGORY_QUESTION, UC_PRIORITY_NORMAL, 0.9 };
static const UcClassification update = { UC_CATEGORY_UPDATE, UC_PRIORITY_NORMAL, 0.9 };

/* Users "0" to "9", all of whom are people of the demo. */
static UcDemoActor actors[10];

static void
make_actors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (actors); i++) {
    actors[i].person = &uc_demo_people[i];
    actors[i].user_id = g_strdup_printf ("%u", i);
    actors[i].roles = (char *) "system_user";
  }
}

static GPtrArray *
new_present (guint n)
{
  GPtrArray *present = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (present, &actors[i]);
  return present;
}

/* "9" writes, where the first @n_members of them and they are. */
static UcDemoHeard *
new_heard (UcChannelType type, guint n_members, const char *message, const char *mentions)
{
  g_autoptr (UcPost) post = uc_post_new ();
  g_auto (GStrv) ids = g_strsplit (mentions, " ", -1);
  UcDemoHeard *heard;

  g_set_str (&post->id, "post");
  g_set_str (&post->user_id, "9");
  g_set_str (&post->message, message);
  heard = uc_demo_heard_new (post, ids);
  heard->channel_type = type;
  heard->member_ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n_members; i++)
    g_ptr_array_add (heard->member_ids, g_strdup (actors[i].user_id));
  g_ptr_array_add (heard->member_ids, g_strdup ("9"));
  return heard;
}

static const UcDemoIntent *
get (GArray *intents, guint i)
{
  g_assert_cmpuint (i, <, intents->len);
  return &g_array_index (intents, UcDemoIntent, i);
}

/* Whatever it is, the other one of two answers, and not in a thread. */
static void
test_direct (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) present = new_present (10);
  g_autoptr (UcDemoHeard) heard = new_heard (UC_CHANNEL_DIRECT, 1, "Good", "0");

  for (int i = 0; i < N_DRAWS; i++) {
    g_autoptr (GArray) intents =
        uc_demo_heard_decide (heard, present, i % 2 ? &question : &update, rand);

    g_assert_cmpuint (intents->len, ==, 1);
    g_assert_cmpstr (get (intents, 0)->actor->user_id, ==, "0");
    g_assert_null (get (intents, 0)->emoji);
    g_assert_false (get (intents, 0)->in_thread);
  }
  g_set_str (&heard->post->root_id, "root");
  {
    g_autoptr (GArray) intents = uc_demo_heard_decide (heard, present, &update, rand);

    g_assert_true (get (intents, 0)->in_thread);
  }
}

static void
test_group (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) present = new_present (10);
  g_autoptr (UcDemoHeard) open = new_heard (UC_CHANNEL_GROUP, 3, "Who comes?", "");
  g_autoptr (UcDemoHeard) calling = new_heard (UC_CHANNEL_GROUP, 3, "Who comes?", "2");
  gboolean seen[3] = { FALSE };

  for (int i = 0; i < N_DRAWS; i++) {
    g_autoptr (GArray) any = uc_demo_heard_decide (open, present, &question, rand);
    g_autoptr (GArray) called = uc_demo_heard_decide (calling, present, &question, rand);

    g_assert_cmpuint (any->len, ==, 1);
    seen[*get (any, 0)->actor->user_id - '0'] = TRUE;
    g_assert_cmpuint (called->len, ==, 1);
    g_assert_cmpstr (get (called, 0)->actor->user_id, ==, "2");
  }
  for (int i = 0; i < 3; i++)
    g_assert_true (seen[i]);
}

/* Who is called with a question answers in a thread, with something else nods. */
static void
test_called (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) present = new_present (10);
  g_autoptr (UcDemoHeard) asked = new_heard (UC_CHANNEL_OPEN, 5, "Which one", "3");
  g_autoptr (UcDemoHeard) marked = new_heard (UC_CHANNEL_PRIVATE, 5, "Which one?", "3");
  g_autoptr (UcDemoHeard) told = new_heard (UC_CHANNEL_OPEN, 5, "This one", "3");

  for (int i = 0; i < N_DRAWS; i++) {
    g_autoptr (GArray) answers = uc_demo_heard_decide (asked, present, &question, rand);
    g_autoptr (GArray) marks = uc_demo_heard_decide (marked, present, &update, rand);
    g_autoptr (GArray) nods = uc_demo_heard_decide (told, present, &update, rand);

    g_assert_cmpuint (answers->len, ==, 1);
    g_assert_cmpstr (get (answers, 0)->actor->user_id, ==, "3");
    g_assert_true (get (answers, 0)->in_thread);
    g_assert_null (get (answers, 0)->emoji);
    g_assert_null (get (marks, 0)->emoji);
    g_assert_cmpstr (get (nods, 0)->actor->user_id, ==, "3");
    g_assert_nonnull (get (nods, 0)->emoji);
  }
}

/* When all are called one answers for them. */
static void
test_crowd (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) present = new_present (10);
  g_autoptr (UcDemoHeard) heard = new_heard (UC_CHANNEL_OPEN, 8, "Who?", "0 1 2 3 4 5 6 7");

  for (int i = 0; i < N_DRAWS; i++) {
    g_autoptr (GArray) intents = uc_demo_heard_decide (heard, present, &question, rand);

    g_assert_cmpuint (intents->len, ==, 3);
    g_assert_null (get (intents, 0)->emoji);
    g_assert_nonnull (get (intents, 1)->emoji);
    g_assert_nonnull (get (intents, 2)->emoji);
    g_assert_true (get (intents, 1)->actor != get (intents, 2)->actor);
  }
}

/* Not everything finds somebody, and not everything is passed over. */
static void
test_uncalled (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) present = new_present (10);
  g_autoptr (UcDemoHeard) heard = new_heard (UC_CHANNEL_OPEN, 5, "Who?", "");
  guint n_answers = 0;
  guint n_nods = 0;

  for (int i = 0; i < N_DRAWS; i++) {
    g_autoptr (GArray) asked = uc_demo_heard_decide (heard, present, &question, rand);

    if (asked->len > 0 && get (asked, 0)->emoji == NULL)
      n_answers++;
    else
      n_nods += asked->len > 0;
  }
  g_assert_cmpuint (n_answers, >, N_DRAWS / 4);
  g_assert_cmpuint (n_nods, >, N_DRAWS / 10);
  g_assert_cmpuint (n_answers + n_nods, <, N_DRAWS);
}

/* Who began a thread answers in it. */
static void
test_root (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) present = new_present (10);
  g_autoptr (UcDemoHeard) heard = new_heard (UC_CHANNEL_OPEN, 5, "And when?", "");
  guint n_by_author = 0;

  g_set_str (&heard->post->root_id, "root");
  g_set_str (&heard->root_author_id, "4");
  for (int i = 0; i < N_DRAWS; i++) {
    g_autoptr (GArray) intents = uc_demo_heard_decide (heard, present, &question, rand);

    n_by_author += intents->len > 0 && get (intents, 0)->emoji == NULL &&
                   g_str_equal (get (intents, 0)->actor->user_id, "4");
  }
  g_assert_cmpuint (n_by_author, >, N_DRAWS / 2);
}

/* Authors, those who are not there, and those who are not in the channel say nothing. */
static void
test_nobody (void)
{
  static const UcChannelType types[] = { UC_CHANNEL_OPEN, UC_CHANNEL_PRIVATE, UC_CHANNEL_DIRECT,
                                         UC_CHANNEL_GROUP };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) none = new_present (0);
  g_autoptr (GPtrArray) all = new_present (10);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    g_autoptr (UcDemoHeard) heard = new_heard (types[i], 4, "Who?", "1");
    g_autoptr (UcDemoHeard) alone = new_heard (types[i], 0, "Who?", "");

    for (int j = 0; j < N_DRAWS / 10; j++) {
      g_autoptr (GArray) empty = uc_demo_heard_decide (heard, none, &question, rand);
      g_autoptr (GArray) self = uc_demo_heard_decide (alone, all, &question, rand);

      g_assert_cmpuint (empty->len, ==, 0);
      g_assert_cmpuint (self->len, ==, 0);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  make_actors ();
  g_test_add_func ("/server/demo-hear/direct", test_direct);
  g_test_add_func ("/server/demo-hear/group", test_group);
  g_test_add_func ("/server/demo-hear/called", test_called);
  g_test_add_func ("/server/demo-hear/crowd", test_crowd);
  g_test_add_func ("/server/demo-hear/uncalled", test_uncalled);
  g_test_add_func ("/server/demo-hear/root", test_root);
  g_test_add_func ("/server/demo-hear/nobody", test_nobody);
  return g_test_run ();
}
