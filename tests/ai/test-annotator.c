/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The annotation queue over a real store: off does nothing, on flags what comes and what
 * lies there, the server's word stays, and switching takes effect at once. */

#include "config.h"

#include "uc-annotator.h"
#include "uc-store-test.h"
#include "uc-test.h"

typedef struct {
  UcTestStore *store;
  UcFlags     *flags;
  UcAnnotator *annotator;
  const char  *waited_id;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->store = uc_test_store_new ();
  self->flags = uc_flags_new ();
  self->annotator = uc_annotator_new (self->store->store, self->flags, self->store->clock);
}

static gboolean
is_gone (gpointer user_data)
{
  return *(gpointer *) user_data == NULL;
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  gpointer annotator = self->annotator;

  /* A read that is under way keeps it until it comes back. */
  g_object_add_weak_pointer (G_OBJECT (self->annotator), &annotator);
  uc_annotator_set_enabled (self->annotator, FALSE);
  g_object_unref (self->annotator);
  uc_test_wait_until (is_gone, &annotator, 20000);
  uc_test_store_free (self->store);
  g_clear_object (&self->flags);
}

static char *
put (Fixture *self, const char *name, gint64 at_ms, const char *text, UcAnnotation *annotation)
{
  g_autoptr (UcPost) post = uc_test_post (name, TEST_ANNA, at_ms, text);
  UcBatch *batch = uc_batch_new ();
  char    *id = g_strdup (post->id);

  if (annotation != NULL)
    post->annotation = uc_annotation_ref (annotation);
  uc_batch_put_post (batch, post);
  uc_test_store_apply (self->store, batch);
  return id;
}

static gboolean
is_flagged (gpointer user_data)
{
  Fixture *self = user_data;
  g_autoptr (UcMessage) message = uc_test_store_message (self->store, self->waited_id);

  return message->annotation != NULL && message->annotation->source == UC_SOURCE_DEVICE;
}

static void
wait_flagged (Fixture *self, const char *id)
{
  self->waited_id = id;
  uc_test_wait_until (is_flagged, self, 20000);
}

static void
test_off (Fixture *self, gconstpointer unused)
{
  g_autofree char *id = put (self, "a", 0, "Can you send me the form?", NULL);
  g_autoptr (UcMessage) message = uc_test_store_message (self->store, id);

  g_assert_false (uc_annotator_is_active (self->annotator));
  g_assert_null (message->annotation);
}

static void
test_fresh (Fixture *self, gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autoptr (UcMessage) message = NULL;

  uc_annotator_set_enabled (self->annotator, TRUE);
  g_assert_true (uc_annotator_is_active (self->annotator));
  id = put (self, "a", 0, "Could you please send me the report?", NULL);
  wait_flagged (self, id);
  message = uc_test_store_message (self->store, id);
  g_assert_cmpint (message->annotation->category, ==, UC_CATEGORY_REQUEST);
  g_assert_cmpint (message->annotation->priority, !=, UC_PRIORITY_NONE);
  g_assert_cmpfloat (message->annotation->confidence, >, 0);
  g_assert_cmpstr (message->annotation->model, !=, "");
  g_assert_cmpint (message->annotation->at_ms, ==, TEST_NOW_MS);
}

static void
test_backlog (Fixture *self, gconstpointer unused)
{
  g_autofree char *old = put (self, "a", 0, "Happy birthday!", NULL);
  g_autofree char *older = put (self, "b", -5000, "The lift is broken again", NULL);

  uc_annotator_set_enabled (self->annotator, TRUE);
  wait_flagged (self, old);
  wait_flagged (self, older);
}

static void
test_server_word (Fixture *self, gconstpointer unused)
{
  g_autoptr (UcAnnotation) theirs = uc_annotation_new ();
  g_autofree char *flagged = NULL;
  g_autofree char *plain = NULL;
  g_autoptr (UcMessage) message = NULL;

  theirs->category = UC_CATEGORY_INCIDENT;
  theirs->priority = UC_PRIORITY_CRITICAL;
  theirs->source = UC_SOURCE_SERVER;
  theirs->confidence = 0.9;
  g_set_str (&theirs->model, "remote-7");
  uc_annotator_set_enabled (self->annotator, TRUE);
  flagged = put (self, "a", 0, "Happy birthday!", theirs);
  plain = put (self, "b", 1000, "Happy birthday!", NULL);
  wait_flagged (self, plain);
  message = uc_test_store_message (self->store, flagged);
  g_assert_cmpint (message->annotation->source, ==, UC_SOURCE_SERVER);
  g_assert_cmpint (message->annotation->category, ==, UC_CATEGORY_INCIDENT);
  g_assert_cmpstr (message->annotation->model, ==, "remote-7");
}

static void
test_switching (Fixture *self, gconstpointer unused)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (UcMessage) message = NULL;

  /* On, off and on again before anything was done: the last word counts. */
  first = put (self, "a", 0, "Happy birthday!", NULL);
  uc_annotator_set_enabled (self->annotator, TRUE);
  uc_annotator_set_enabled (self->annotator, FALSE);
  uc_annotator_set_enabled (self->annotator, TRUE);
  wait_flagged (self, first);

  uc_annotator_set_enabled (self->annotator, FALSE);
  second = put (self, "b", 1000, "Happy birthday!", NULL);
  message = uc_test_store_message (self->store, second);
  g_assert_null (message->annotation);
}

static void
test_flag (Fixture *self, gconstpointer unused)
{
  uc_annotator_set_enabled (self->annotator, TRUE);
  uc_flags_set_override (self->flags, UC_FLAG_ai_mode, FALSE);
  g_assert_false (uc_annotator_is_active (self->annotator));
  uc_flags_set_override (self->flags, UC_FLAG_ai_mode, TRUE);
  g_assert_true (uc_annotator_is_active (self->annotator));
  uc_annotator_set_enabled (self->annotator, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/ai/annotator/off", Fixture, NULL, set_up, test_off, tear_down);
  g_test_add ("/ai/annotator/fresh", Fixture, NULL, set_up, test_fresh, tear_down);
  g_test_add ("/ai/annotator/backlog", Fixture, NULL, set_up, test_backlog, tear_down);
  g_test_add ("/ai/annotator/server-word", Fixture, NULL, set_up, test_server_word, tear_down);
  g_test_add ("/ai/annotator/switching", Fixture, NULL, set_up, test_switching, tear_down);
  g_test_add ("/ai/annotator/flag", Fixture, NULL, set_up, test_flag, tear_down);
  return g_test_run ();
}
