/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who of the demo is there, and what can be played. */

#include "config.h"

#include "uc-demo-cast.h"

#include "uc-channel-service.h"
#include "uc-demo-test.h"
#include "uc-user-service.h"

static void
test_all (void)
{
  g_autoptr (UcDemoTest) test = uc_demo_test_new ();
  g_autofree char *ward = uc_demo_test_dup_channel (test, "ward-3");
  guint            n_in_ward = 0;

  g_assert_cmpuint (test->cast->actors->len, ==, uc_demo_n_people);
  g_assert_cmpuint (test->cast->scenes->len, >=, 40);
  g_assert_null (uc_demo_cast_find_name (test->cast, "nobody"));
  g_assert_null (uc_demo_cast_find_id (test->cast, ward));
  for (guint i = 0; i < uc_demo_n_people; i++) {
    const UcDemoActor *actor = uc_demo_cast_find_name (test->cast, uc_demo_people[i].username);

    g_assert_nonnull (actor);
    g_assert_true (uc_demo_cast_find_id (test->cast, actor->user_id) == actor);
  }
  for (guint i = 0; i < test->cast->scenes->len; i++) {
    const UcDemoScene *scene = &g_array_index (test->cast->scenes, UcDemoScene, i);

    g_assert_cmpuint (scene->section->messages->len, >, 0);
    n_in_ward += g_str_equal (scene->channel_id, ward);
  }
  g_assert_cmpuint (n_in_ward, >=, 10);
}

/* Whoever looks at the demo through the visitor's eyes has no words put into the mouth. */
static void
test_visitor_is_silent (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDemoScript) scenes =
      uc_demo_script_load ("scenes.txt", UC_DEMO_SCENES, rand, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < scenes->conversations->len; i++) {
    UcDemoConversation *conversation = g_ptr_array_index (scenes->conversations, i);

    for (guint j = 0; j < conversation->sections->len; j++) {
      GPtrArray *messages =
          ((UcDemoSection *) g_ptr_array_index (conversation->sections, j))->messages;

      for (guint k = 0; k < messages->len; k++)
        g_assert_cmpstr (((UcDemoMessage *) g_ptr_array_index (messages, k))->author, !=,
                         UC_DEMO_VISITOR);
    }
  }
}

/* -- A server that has changed ------------------------------------------------------------ */

typedef struct {
  UcDemoCast *cast;
  const char *admin_id;
  const char *gone_id;
  const char *channel_id;
} Change;

static gboolean
change_in_worker (UcTxn *txn, gpointer job, GError **error)
{
  Change *change = job;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  const UcActor admin = { .user_id = change->admin_id,
                          .username = "helen.brooks",
                          .roles = "system_admin system_user" };
  g_autoptr (UcAccount) gone = uc_user_table_find (txn->db, change->gone_id, error);
  g_autoptr (UcChannel) channel = uc_channel_table_find (txn->db, change->channel_id, error);

  if (!uc_user_service_set_active (txn, gone, FALSE, error) ||
      !uc_channel_service_archive (txn, &admin, channel, error))
    return FALSE;
  change->cast = uc_demo_cast_find (
      txn, uc_demo_script_load ("scenes.txt", UC_DEMO_SCENES, rand, NULL), error);
  return change->cast != NULL;
}

static void
test_changed (void)
{
  g_autoptr (UcDemoTest) test = uc_demo_test_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *ward = uc_demo_test_dup_channel (test, "ward-3");
  Change change = { .admin_id = uc_demo_cast_find_name (test->cast, "helen.brooks")->user_id,
                    .gone_id = uc_demo_cast_find_name (test->cast, "ben.ortiz")->user_id,
                    .channel_id = ward };

  g_assert_true (uc_demo_test_run (test, change_in_worker, &change, &error));
  g_assert_no_error (error);
  g_assert_null (uc_demo_cast_find_name (change.cast, "ben.ortiz"));
  g_assert_cmpuint (change.cast->actors->len, ==, uc_demo_n_people - 1);
  g_assert_cmpuint (change.cast->scenes->len, >, 10);
  for (guint i = 0; i < change.cast->scenes->len; i++)
    g_assert_cmpstr (g_array_index (change.cast->scenes, UcDemoScene, i).channel_id, !=, ward);
  uc_demo_cast_free (change.cast);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/server/demo-cast/all", test_all);
  g_test_add_func ("/server/demo-cast/visitor-is-silent", test_visitor_is_silent);
  g_test_add_func ("/server/demo-cast/changed", test_changed);
  return g_test_run ();
}
