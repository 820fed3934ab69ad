/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-store-test.h"
#include "uc-test.h"

static GPtrArray *
load_users (UcTestStore *self, const char *const *ids)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *users;

  uc_store_load_users_async (self->store, ids, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  users = uc_store_load_users_finish (self->store, result, &error);
  g_assert_no_error (error);
  return users;
}

static void
assert_completions (UcTestStore *self, const char *prefix, const char *wanted)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  uc_store_complete_users_async (self->store, prefix, 10, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  users = uc_store_complete_users_finish (self->store, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < users->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((UcUser *) g_ptr_array_index (users, i))->username);
  g_assert_cmpstr (text->str, ==, wanted);
}

static void
test_users (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcUser) full = uc_test_user (TEST_ME, "me.myself", "Mina", "Meyer");
  g_autoptr (UcUser) pushed = uc_test_user (TEST_ME, "me.myself", "Mina", "Meyer-Ek");
  g_autoptr (UcUser) old = uc_test_user (TEST_ME, "old", "Old", "Old");
  const char *ids[] = { TEST_ME, "nobody", TEST_BEN, NULL };
  g_autoptr (GPtrArray) users = NULL;
  UcBatch *batch = uc_batch_new ();
  UcUser  *user;

  /* With the same update_at only what was missing is taken. */
  uc_test_set (&full->notify_props, "{}");
  uc_test_set (&full->email, "me@example.org");
  uc_batch_put_user (batch, full);
  uc_test_store_apply (self, batch);
  g_assert_true (uc_change_set_has_user (self->last, TEST_ME));
  batch = uc_batch_new ();
  uc_batch_put_user (batch, full);
  uc_test_store_apply (self, batch);
  g_assert_null (self->last);

  pushed->update_at_ms = 10;
  old->update_at_ms = 9;
  batch = uc_batch_new ();
  uc_batch_put_user (batch, pushed);
  uc_batch_put_user (batch, old);
  uc_test_store_apply (self, batch);
  users = load_users (self, ids);
  g_assert_cmpuint (users->len, ==, 2);
  user = g_ptr_array_index (users, 0);
  g_assert_cmpstr (user->last_name, ==, "Meyer-Ek");
  g_assert_cmpstr (user->notify_props, ==, "{}");
  g_assert_cmpstr (user->email, ==, "me@example.org");
  g_assert_null (user->timezone);
  g_clear_pointer (&users, g_ptr_array_unref);
  users = load_users (self, NULL);
  g_assert_cmpuint (users->len, ==, 3);
  user = g_ptr_array_index (users, 0);
  g_assert_cmpstr (user->username, ==, "anna.ek");
}

static void
test_completion (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcUser) gone = uc_test_user ("gone", "annabel", "Annabel", "Gone");
  g_autoptr (UcUser) ek = uc_test_user ("ek", "ek", "Karl", "Ek");
  UcBatch *batch = uc_batch_new ();

  gone->delete_at_ms = 5;
  uc_batch_put_user (batch, gone);
  uc_batch_put_user (batch, ek);
  uc_test_store_apply (self, batch);
  assert_completions (self, "an", "anna.ek");
  assert_completions (self, "@AN", "anna.ek");
  assert_completions (self, "ek", "ek anna.ek");
  assert_completions (self, "öster", "ben");
  assert_completions (self, "mina me", "me.myself");
  assert_completions (self, "x", "");
  assert_completions (self, "%", "");
  assert_completions (self, "", "anna.ek ben ek me.myself");
}

static void
test_teams (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcTeam) one = uc_team_new ();
  g_autoptr (UcTeam) two = uc_team_new ();
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) teams = NULL;
  UcBatch *batch = uc_batch_new ();
  UcTeam  *team;

  uc_test_set (&one->id, "one");
  uc_test_set (&one->display_name, "One");
  one->type = 'O';
  one->update_at_ms = 1;
  uc_test_set (&two->id, "two");
  two->type = 'I';
  two->update_at_ms = 1;
  uc_batch_put_team (batch, one);
  uc_batch_put_team (batch, two);
  uc_test_store_apply (self, batch);
  g_assert_cmpuint (self->last->team_ids->len, ==, 2);
  g_ptr_array_add (list, one);
  batch = uc_batch_new ();
  uc_batch_replace_teams (batch, list);
  uc_test_store_apply (self, batch);
  g_assert_cmpuint (self->last->team_ids->len, ==, 1);

  uc_store_load_teams_async (self->store, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  teams = uc_store_load_teams_finish (self->store, result, NULL);
  g_assert_cmpuint (teams->len, ==, 1);
  team = g_ptr_array_index (teams, 0);
  g_assert_cmpstr (team->display_name, ==, "One");
  g_assert_cmpint (team->type, ==, 'O');
}

static void
test_preferences (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_post ("post", TEST_ANNA, 10, "text");
  g_autoptr (UcPreference) saved = uc_preference_new (TEST_ME, "flagged_post", post->id, "true");
  g_autoptr (UcPreference) theme = uc_preference_new (TEST_ME, "theme", "", "dark");
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) preferences = NULL;
  g_autoptr (UcMessage) message = NULL;
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_post (batch, post);
  uc_batch_put_preference (batch, saved);
  uc_test_store_apply (self, batch);
  message = uc_test_store_message (self, post->id);
  g_assert_true (message->is_saved);

  g_ptr_array_add (list, theme);
  batch = uc_batch_new ();
  uc_batch_replace_preferences (batch, list);
  uc_test_store_apply (self, batch);
  g_assert_cmpuint (self->last->messages->len, ==, 1);
  g_clear_pointer (&message, uc_message_unref);
  message = uc_test_store_message (self, post->id);
  g_assert_false (message->is_saved);
  batch = uc_batch_new ();
  uc_batch_replace_preferences (batch, list);
  uc_test_store_apply (self, batch);
  g_assert_null (self->last);

  uc_store_load_preferences_async (self->store, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  preferences = uc_store_load_preferences_finish (self->store, result, NULL);
  g_assert_cmpuint (preferences->len, ==, 1);
  g_assert_cmpstr (((UcPreference *) g_ptr_array_index (preferences, 0))->value, ==, "dark");
}

static char *
load_fact (UcTestStore *self, const char *key)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *value;

  uc_store_load_fact_async (self->store, key, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  value = uc_store_load_fact_finish (self->store, result, &error);
  g_assert_no_error (error);
  return value;
}

static void
test_facts_and_flags (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autofree char *value = NULL;
  g_autofree char *document = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64   revision = -1;
  UcBatch *batch = uc_batch_new ();

  uc_store_load_flags_async (self->store, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  g_assert_null (uc_store_load_flags_finish (self->store, result, &revision, &error));
  g_assert_no_error (error);
  g_assert_cmpint (revision, ==, 0);
  g_assert_null (load_fact (self, "key"));

  uc_batch_put_fact (batch, "key", "value");
  uc_batch_put_flags (batch, 17, "{}");
  uc_test_store_apply (self, batch);
  g_assert_true (self->last->facts);
  g_assert_true (self->last->flags);
  value = load_fact (self, "key");
  g_assert_cmpstr (value, ==, "value");
  g_clear_object (&result);
  uc_store_load_flags_async (self->store, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  document = uc_store_load_flags_finish (self->store, result, &revision, &error);
  g_assert_cmpstr (document, ==, "{}");
  g_assert_cmpint (revision, ==, 17);

  batch = uc_batch_new ();
  uc_batch_put_fact (batch, "key", "value");
  uc_batch_put_flags (batch, 17, "{}");
  uc_test_store_apply (self, batch);
  g_assert_null (self->last);
  batch = uc_batch_new ();
  uc_batch_put_fact (batch, "key", NULL);
  uc_test_store_apply (self, batch);
  g_assert_null (load_fact (self, "key"));
}

static GPtrArray *
load_unclassified (UcTestStore *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *messages;

  uc_store_load_unclassified_async (self->store, 10, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  messages = uc_store_load_unclassified_finish (self->store, result, NULL);
  g_assert_nonnull (messages);
  return messages;
}

static void
annotate (UcTestStore       *self,
          gint64             seq,
          UcCategory         category,
          UcAnnotationSource source,
          gint64             at_ms)
{
  g_autoptr (UcAnnotation) annotation = uc_annotation_new ();
  UcBatch *batch = uc_batch_new ();

  annotation->category = category;
  annotation->source = source;
  annotation->at_ms = at_ms;
  uc_batch_put_annotation (batch, seq, annotation);
  uc_test_store_apply (self, batch);
}

static UcCategory
get_category (UcTestStore *self, const char *id)
{
  g_autoptr (UcMessage) message = uc_test_store_message (self, id);

  return message->annotation != NULL ? message->annotation->category : UC_CATEGORY_NONE;
}

static void
test_annotations (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) old = uc_test_post ("old", TEST_ANNA, 10, "old");
  g_autoptr (UcPost) new = uc_test_post ("new", TEST_ANNA, 20, "new");
  g_autoptr (UcPost) system = uc_test_post ("system", TEST_ANNA, 30, "joined");
  g_autoptr (GPtrArray) messages = NULL;
  UcBatch *batch = uc_batch_new ();
  gint64   seq;

  uc_test_set (&system->type, "system_join_channel");
  uc_batch_put_post (batch, old);
  uc_batch_put_post (batch, new);
  uc_batch_put_post (batch, system);
  uc_test_store_apply (self, batch);
  messages = load_unclassified (self);
  g_assert_cmpuint (messages->len, ==, 2);
  g_assert_cmpstr (((UcMessage *) g_ptr_array_index (messages, 0))->post->message, ==, "new");
  g_assert_null (((UcMessage *) g_ptr_array_index (messages, 0))->annotation);

  /* The higher source holds; of equal ones the later. */
  seq = ((UcMessage *) g_ptr_array_index (messages, 0))->seq;
  annotate (self, seq, UC_CATEGORY_SOCIAL, UC_SOURCE_DEVICE, 5);
  g_assert_cmpint (get_category (self, new->id), ==, UC_CATEGORY_SOCIAL);
  annotate (self, seq, UC_CATEGORY_REQUEST, UC_SOURCE_DEVICE, 4);
  g_assert_null (self->last);
  annotate (self, seq, UC_CATEGORY_REQUEST, UC_SOURCE_DEVICE, 6);
  g_assert_cmpint (get_category (self, new->id), ==, UC_CATEGORY_REQUEST);
  annotate (self, seq, UC_CATEGORY_UPDATE, UC_SOURCE_USER, 1);
  g_assert_cmpint (get_category (self, new->id), ==, UC_CATEGORY_UPDATE);
  annotate (self, seq, UC_CATEGORY_SOCIAL, UC_SOURCE_SERVER, 99);
  g_assert_cmpint (get_category (self, new->id), ==, UC_CATEGORY_UPDATE);
  annotate (self, 12345, UC_CATEGORY_SOCIAL, UC_SOURCE_USER, 1);
  g_assert_null (self->last);

  g_clear_pointer (&messages, g_ptr_array_unref);
  messages = load_unclassified (self);
  g_assert_cmpuint (messages->len, ==, 1);
  batch = uc_batch_new ();
  uc_batch_remove_post (batch, old->id, 99);
  uc_test_store_apply (self, batch);
  g_clear_pointer (&messages, g_ptr_array_unref);
  messages = load_unclassified (self);
  g_assert_cmpuint (messages->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/store-read-lists/users", test_users);
  g_test_add_func ("/store/store-read-lists/completion", test_completion);
  g_test_add_func ("/store/store-read-lists/teams", test_teams);
  g_test_add_func ("/store/store-read-lists/preferences", test_preferences);
  g_test_add_func ("/store/store-read-lists/facts-and-flags", test_facts_and_flags);
  g_test_add_func ("/store/store-read-lists/annotations", test_annotations);
  return g_test_run ();
}
