/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suggestions over a real store. */

#include "config.h"

#include "uc-completion.h"

#include "uc-test-model.h"
#include "uc-view-test.h"

typedef struct {
  UcViewTest   *account;
  UcSidebar    *sidebar;
  UcCompletion *completion;
  UcTestModel  *watched;
} Fixture;

static void
put_user (UcBatch *batch, const char *name, const char *first, const char *last)
{
  g_autofree char *id = uc_test_id (name);
  g_autoptr (UcUser) user = uc_test_user (id, name, first, last);

  uc_batch_put_user (batch, user);
}

static void
put_channel (UcBatch      *batch,
             const char   *id,
             const char   *name,
             const char   *title,
             UcChannelType type)
{
  g_autoptr (UcChannel) channel = uc_test_channel (id, name, type);
  g_autoptr (UcMember) member = uc_test_member (id);

  uc_test_set (&channel->display_name, title);
  uc_test_set (&channel->team_id, type == UC_CHANNEL_DIRECT ? "" : TEST_TEAM);
  channel->update_at_ms = 5;
  uc_batch_put_channel (batch, channel);
  uc_batch_put_member (batch, member);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  UcBatch *batch = uc_batch_new ();
  g_autoptr (UcUser) gone =
      uc_test_user ("goneuserxxxxxxxxxxxxxxxxxx", "anton.gone", "Anton", "Gone");
  g_autoptr (UcTeam) team = uc_team_new ();

  fixture->account = uc_view_test_new ();
  uc_test_set (&team->id, TEST_TEAM);
  uc_test_set (&team->display_name, "Clinic");
  team->update_at_ms = 1;
  uc_batch_put_team (batch, team);
  put_user (batch, "andrea.z", "Andrea", "Zimt");
  put_user (batch, "andreas.a", "Andreas", "Abel");
  gone->delete_at_ms = 5;
  uc_batch_put_user (batch, gone);
  put_channel (batch, TEST_CHANNEL, "station-3", "Station 3", UC_CHANNEL_OPEN);
  put_channel (batch, TEST_OTHER, "town-square", "Marktplatz", UC_CHANNEL_OPEN);
  put_channel (batch, "dmanna00000000000000000000", TEST_ME "__" TEST_ANNA, "", UC_CHANNEL_DIRECT);
  uc_test_store_apply (fixture->account->store, batch);
  fixture->sidebar = uc_sidebar_new (fixture->account->session, fixture->account->directory);
  uc_view_test_settle (fixture->account);
  fixture->completion =
      uc_completion_new (fixture->account->session, fixture->account->directory, fixture->sidebar);
  fixture->watched = uc_test_model_watch (G_LIST_MODEL (fixture->completion));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  uc_view_test_settle (fixture->account);
  uc_test_model_check (fixture->watched);
  uc_test_model_free (fixture->watched);
  g_assert_finalize_object (fixture->completion);
  g_assert_finalize_object (fixture->sidebar);
  uc_view_test_free (fixture->account);
}

static void
assert_suggestions (Fixture    *fixture,
                    const char *channel_id,
                    char        trigger,
                    const char *word,
                    const char *expected)
{
  GListModel *model = G_LIST_MODEL (fixture->completion);
  g_autoptr (GString) text = g_string_new (NULL);

  uc_completion_set_word (fixture->completion, channel_id, trigger, word);
  uc_view_test_settle (fixture->account);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (UcCompletionItem) item = g_list_model_get_item (model, i);

    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", uc_completion_item_get_insert (item));
  }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_people (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcCompletionItem) item = NULL;

  assert_suggestions (fixture, "", '@', "ann", "@anna.ek ");
  item = g_list_model_get_item (G_LIST_MODEL (fixture->completion), 0);
  g_assert_cmpint (uc_completion_item_get_kind (item), ==, UC_COMPLETE_USER);
  g_assert_cmpstr (uc_completion_item_get_id (item), ==, TEST_ANNA);
  g_assert_cmpstr (uc_completion_item_get_title (item), ==, "Anna Ek");
  g_assert_cmpstr (uc_completion_item_get_detail (item), ==, "@anna.ek");

  /* Oneself and who has left are not suggested; a last name counts. */
  assert_suggestions (fixture, "", '@', "min", "");
  assert_suggestions (fixture, "", '@', "anton", "");
  assert_suggestions (fixture, "", '@', "zim", "@andrea.z ");
  assert_suggestions (fixture, "", '@', "nobody", "");
}

/* Who wrote here comes first, the last of them at the top. */
static void
test_authors_first (Fixture *fixture, gconstpointer data)
{
  g_autofree char *andreas_id = uc_test_id ("andreas.a");

  uc_view_test_put (fixture->account, uc_test_post ("m1x", andreas_id, 1, "hi"));
  uc_view_test_put (fixture->account, uc_test_post ("m2x", TEST_ANNA, 2, "hi"));
  /* The authors become known. */
  uc_completion_set_word (fixture->completion, TEST_CHANNEL, '@', "");
  uc_view_test_settle (fixture->account);
  assert_suggestions (fixture, TEST_CHANNEL, '@', "an", "@anna.ek |@andreas.a |@andrea.z ");
}

static void
test_groups (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcCompletionItem) item = NULL;

  assert_suggestions (fixture, TEST_CHANNEL, '@', "al", "@all ");
  item = g_list_model_get_item (G_LIST_MODEL (fixture->completion), 0);
  g_assert_cmpint (uc_completion_item_get_kind (item), ==, UC_COMPLETE_GROUP);
  assert_suggestions (fixture, TEST_CHANNEL, '@', "he", "@here ");
  /* Not between two people, nor outside a conversation. */
  assert_suggestions (fixture, "dmanna00000000000000000000", '@', "al", "");
  assert_suggestions (fixture, "", '@', "al", "");
}

static void
test_channels (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcCompletionItem) item = NULL;

  assert_suggestions (fixture, TEST_CHANNEL, '~', "", "~town-square |~station-3 ");
  assert_suggestions (fixture, TEST_CHANNEL, '~', "markt", "~town-square ");
  item = g_list_model_get_item (G_LIST_MODEL (fixture->completion), 0);
  g_assert_cmpint (uc_completion_item_get_kind (item), ==, UC_COMPLETE_CHANNEL);
  g_assert_cmpstr (uc_completion_item_get_title (item), ==, "Marktplatz");
  g_assert_cmpstr (uc_completion_item_get_detail (item), ==, "~town-square");
  assert_suggestions (fixture, TEST_CHANNEL, '~', "town", "~town-square ");
  assert_suggestions (fixture, TEST_CHANNEL, '~', "xx", "");
}

static void
test_emoji (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcCompletionItem) item = NULL;

  assert_suggestions (fixture, TEST_CHANNEL, ':', "tada", "🎉 ");
  item = g_list_model_get_item (G_LIST_MODEL (fixture->completion), 0);
  g_assert_cmpstr (uc_completion_item_get_title (item), ==, ":tada:");
  g_assert_cmpstr (uc_completion_item_get_detail (item), ==, "🎉");
  assert_suggestions (fixture, TEST_CHANNEL, '!', "tada", "");
}

/* Typed faster than read: the last word counts, and nothing shows in between. */
static void
test_typing (Fixture *fixture, gconstpointer data)
{
  uc_completion_set_word (fixture->completion, "", '@', "a");
  uc_completion_set_word (fixture->completion, "", '@', "an");
  assert_suggestions (fixture, "", '@', "ann", "@anna.ek ");
  g_assert_cmpuint (uc_test_model_count (fixture->watched), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, func)                                                                            \
  g_test_add ("/view/completion/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("people", test_people);
  ADD ("authors-first", test_authors_first);
  ADD ("groups", test_groups);
  ADD ("channels", test_channels);
  ADD ("emoji", test_emoji);
  ADD ("typing", test_typing);
#undef ADD
  return g_test_run ();
}
