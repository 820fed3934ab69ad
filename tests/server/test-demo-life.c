/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The life of the demo, on a real worker and with seconds that last a millisecond. */

#include "config.h"

#include "uc-demo-life-private.h"

#include "uc-demo-test.h"
#include "uc-query.h"
#include "uc-test.h"

typedef struct {
  UcDemoTest *test;
  UcDemoLife *life;      /* (nullable) */
  GHashTable *signed_in; /* (element-type utf8): ids of users with a socket */
  GPtrArray  *scenes;    /* (element-type UcDemoScene): as they were played */
} Fixture;

static guint
count_cb (gpointer audience, const char *user_id)
{
  Fixture *self = audience;

  if (user_id == NULL)
    return g_hash_table_size (self->signed_in);
  return g_hash_table_contains (self->signed_in, user_id) ? 1 : 0;
}

static void
see_cb (UcPush *push, gpointer user_data)
{
  Fixture           *self = user_data;
  const UcDemoScene *scene;

  if (self->life == NULL)
    return;
  uc_demo_life_see (self->life, push);
  scene = self->life->play.scene;
  if (scene != NULL && self->life->play.next == 0 && g_str_equal (push->event, "posted") &&
      self->life->saying->len > 0)
    g_ptr_array_add (self->scenes, (gpointer) scene);
}

static void
setup (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  UcDemoStage stage = { .count = count_cb, .audience = self, .second_ms = 1, .seed = 7 };

  self->signed_in = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->scenes = g_ptr_array_new ();
  self->test = uc_demo_test_new ();
  stage.dispatch = self->test->dispatch;
  self->life = uc_demo_life_new (&stage, g_steal_pointer (&self->test->cast), &error);
  g_assert_no_error (error);
  self->test->see = see_cb;
  self->test->user_data = self;
}

static void
end_life (Fixture *self)
{
  g_clear_pointer (&self->life, uc_demo_life_free);
}

static void
teardown (Fixture *self, gconstpointer unused)
{
  end_life (self);
  uc_demo_test_free (self->test);
  g_hash_table_unref (self->signed_in);
  g_ptr_array_unref (self->scenes);
}

static const UcDemoActor *
get_actor (Fixture *self, const char *username)
{
  return uc_demo_cast_find_name (self->life->cast, username);
}

static const char *
get_id (Fixture *self, const char *username)
{
  return get_actor (self, username)->user_id;
}

/* They connect, which is an event of its own. */
static void
sign_in (Fixture *self, const char *username)
{
  g_autoptr (UcDemoAct) act = uc_demo_act_new (UC_DEMO_ACT_COME, get_actor (self, username));

  g_hash_table_add (self->signed_in, g_strdup (act->user_id));
  g_assert_true (uc_demo_test_act (self->test, act, NULL));
}

/* What somebody writes themselves. */
static char *
write_as (Fixture *self, const char *username, const char *channel_id, const char *text)
{
  g_autoptr (UcDemoAct) act = uc_demo_act_new (UC_DEMO_ACT_SAY, get_actor (self, username));
  g_autoptr (GError) error = NULL;

  g_set_str (&act->channel_id, channel_id);
  g_set_str (&act->text, text);
  uc_demo_test_act (self->test, act, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&act->post_id);
}

/* -- Waiting ------------------------------------------------------------------------------ */

typedef struct {
  Fixture    *fixture;
  UcEventKind kind;
  const char *user_id;    /* (nullable) */
  const char *channel_id; /* (nullable) */
  guint       first;      /* index of the first event to look at */
  guint       n_wanted;
} Wait;

static const UcPost *
get_post (const UcEvent *event)
{
  return event->kind == UC_EVENT_POSTED ? event->post : NULL;
}

static gboolean
fits (const Wait *wait, const UcEvent *event)
{
  const UcPost *post = get_post (event);
  const char   *user_id = post != NULL ? post->user_id : event->user_id;
  const char   *channel_id = post != NULL ? post->channel_id : event->channel_id;

  return event->kind == wait->kind &&
         (wait->user_id == NULL || g_strcmp0 (user_id, wait->user_id) == 0) &&
         (wait->channel_id == NULL || g_strcmp0 (channel_id, wait->channel_id) == 0);
}

static guint
count_fitting (const Wait *wait, const UcEvent **last)
{
  GPtrArray *events = wait->fixture->test->events;
  guint      n = 0;

  for (guint i = wait->first; i < events->len; i++) {
    if (fits (wait, g_ptr_array_index (events, i))) {
      *last = g_ptr_array_index (events, i);
      n++;
    }
  }
  return n;
}

static gboolean
has_come (gpointer user_data)
{
  const UcEvent *last = NULL;

  return count_fitting (user_data, &last) >= ((Wait *) user_data)->n_wanted;
}

/* The event that completes the number. */
static const UcEvent *
wait_for (Wait wait)
{
  const UcEvent *last = NULL;

  wait.n_wanted = MAX (wait.n_wanted, 1);
  uc_test_wait_until (has_come, &wait, 20000);
  count_fitting (&wait, &last);
  return last;
}

/* -- Answers -------------------------------------------------------------------------------- */

static void
test_direct (Fixture *self, gconstpointer unused)
{
  const char      *anna = get_id (self, "anna.keller");
  const char      *clara = get_id (self, "clara.wu");
  g_autofree char *channel = uc_demo_test_dup_direct (self->test, anna, clara);
  g_autofree char *post = NULL;
  const UcEvent   *answer;
  Wait             typing = { self, UC_EVENT_TYPING, clara, channel };
  const UcEvent   *last = NULL;

  sign_in (self, "anna.keller");
  post = write_as (self, "anna.keller", channel, "Did you see the ECG of bed 8?");
  answer = wait_for ((Wait){ self, UC_EVENT_POSTED, clara, channel });
  g_assert_cmpstr (answer->post->root_id, ==, "");
  g_assert_cmpuint (strlen (answer->post->message), >, 0);
  g_assert_true (g_strv_contains ((const char *const *) answer->mentions, anna));
  /* They were seen typing, and before. */
  g_assert_cmpuint (count_fitting (&typing, &last), ==, 1);
}

/* What somebody else says is answered once, and the answer is not heard as something new. */
static void
test_no_echo (Fixture *self, gconstpointer unused)
{
  const char      *noah = get_id (self, "noah.fischer");
  g_autofree char *ward = uc_demo_test_dup_channel (self->test, "ward-3");
  g_autoptr (GHashTable) answers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) roots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  sign_in (self, "anna.keller");
  for (int i = 0; i < 8; i++) {
    guint first = self->test->events->len;
    char *post = write_as (self, "anna.keller", ward, "@noah.fischer is the printer ready?");
    const UcEvent *answer;

    g_hash_table_add (roots, post);
    do {
      answer = wait_for ((Wait){ self, UC_EVENT_POSTED, noah, ward, first, 1 });
      first = self->test->events->len;
    } while (!g_str_equal (answer->post->root_id, post));
    g_hash_table_add (answers, answer->post->id);
  }
  /* Time goes on: others talk for a while. */
  wait_for ((Wait){ self, UC_EVENT_POSTED, NULL, NULL, self->test->events->len, 6 });
  for (guint i = 0; i < self->test->events->len; i++) {
    const UcEvent *event = g_ptr_array_index (self->test->events, i);

    if (event->kind == UC_EVENT_POSTED && g_hash_table_contains (roots, event->post->root_id))
      g_assert_true (g_hash_table_contains (answers, event->post->id));
    if (event->kind == UC_EVENT_REACTION_ADDED)
      g_assert_false (g_hash_table_contains (answers, event->reaction->post_id));
  }
}

static void
test_thread (Fixture *self, gconstpointer unused)
{
  const char      *noah = get_id (self, "noah.fischer");
  g_autofree char *ward = uc_demo_test_dup_channel (self->test, "ward-3");
  g_autofree char *post = NULL;
  const UcEvent   *answer;

  sign_in (self, "anna.keller");
  post = write_as (self, "anna.keller", ward, "@noah.fischer can you look at the printer?");
  answer = wait_for ((Wait){ self, UC_EVENT_POSTED, noah, ward });
  g_assert_cmpstr (answer->post->root_id, ==, post);
}

/* Who is called with news nods. */
static void
test_nod (Fixture *self, gconstpointer unused)
{
  g_autofree char *ward = uc_demo_test_dup_channel (self->test, "ward-3");
  g_autofree char *post = NULL;
  guint            first;

  sign_in (self, "anna.keller");
  first = self->test->events->len;
  post = write_as (self, "anna.keller", ward,
                   "@ben.ortiz the report of yesterday is in the system, all values are normal");
  for (;;) {
    const UcEvent *event = wait_for ((Wait){ self, UC_EVENT_REACTION_ADDED, NULL, NULL, first, 1 });

    if (g_str_equal (event->reaction->post_id, post)) {
      g_assert_cmpstr (event->reaction->user_id, ==, get_id (self, "ben.ortiz"));
      break;
    }
    first = self->test->events->len;
  }
}

/* Two people who are both here have their conversation for themselves. */
static void
test_among_themselves (Fixture *self, gconstpointer unused)
{
  const char      *anna = get_id (self, "anna.keller");
  const char      *ben = get_id (self, "ben.ortiz");
  g_autofree char *channel = uc_demo_test_dup_direct (self->test, anna, ben);
  g_autofree char *post = NULL;
  Wait             here = { self, UC_EVENT_POSTED, NULL, channel };
  const UcEvent   *last = NULL;

  sign_in (self, "anna.keller");
  sign_in (self, "ben.ortiz");
  post = write_as (self, "anna.keller", channel, "Are you here?");
  wait_for ((Wait){ self, UC_EVENT_POSTED, NULL, NULL, self->test->events->len, 8 });
  g_assert_cmpuint (count_fitting (&here, &last), ==, 1);
}

/* -- Talk -------------------------------------------------------------------------------------- */

static gboolean
has_played (gpointer user_data)
{
  Fixture *self = user_data;

  /* Without the pauses growing; a round, and the beginning of the next. */
  self->life->n_quiet = 0;
  return self->scenes->len >= self->life->cast->scenes->len + 8;
}

/* All scenes come, none twice in a row, and nobody speaks for the visitor. */
static void
test_scenes (Fixture *self, gconstpointer unused)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  const char    *anna = get_id (self, "anna.keller");
  Wait           by_anna = { self, UC_EVENT_POSTED, anna, NULL };
  const UcEvent *last = NULL;

  sign_in (self, "anna.keller");
  uc_test_wait_until (has_played, self, 50000);
  for (guint i = 0; i < self->scenes->len; i++) {
    gpointer scene = g_ptr_array_index (self->scenes, i);

    g_hash_table_add (seen, scene);
    g_assert_true (i == 0 || scene != g_ptr_array_index (self->scenes, i - 1));
  }
  g_assert_cmpuint (g_hash_table_size (seen), ==, self->life->cast->scenes->len);
  g_assert_cmpuint (count_fitting (&by_anna, &last), ==, 0);
}

/* Talk that nobody joins in becomes rarer, until somebody does. */
static void
test_quiet (Fixture *self, gconstpointer unused)
{
  g_autofree char *ward = uc_demo_test_dup_channel (self->test, "ward-3");
  g_autofree char *post = NULL;

  sign_in (self, "anna.keller");
  wait_for ((Wait){ self, UC_EVENT_POSTED, NULL, NULL, 0, 6 });
  g_assert_cmpuint (self->life->n_quiet, >, 1);
  post = write_as (self, "anna.keller", ward, "Hello everybody");
  g_assert_cmpuint (self->life->n_quiet, <=, 1);
}

/* Whoever is here speaks for themselves: with all but one here, only that one is left. */
static void
test_nobody_is_spoken_for (Fixture *self, gconstpointer unused)
{
  const char    *paul = get_id (self, "paul.meier");
  Wait           all = { self, UC_EVENT_POSTED, NULL, NULL };
  Wait           by_paul = { self, UC_EVENT_POSTED, paul, NULL };
  const UcEvent *last = NULL;

  for (guint i = 0; i < self->life->cast->actors->len; i++) {
    const UcDemoActor *actor = g_ptr_array_index (self->life->cast->actors, i);

    if (!g_str_equal (actor->user_id, paul))
      g_hash_table_add (self->signed_in, g_strdup (actor->user_id));
  }
  sign_in (self, "anna.keller");
  wait_for ((Wait){ self, UC_EVENT_POSTED, paul, NULL, 0, 4 });
  g_assert_cmpuint (count_fitting (&all, &last), ==, count_fitting (&by_paul, &last));
}

/* -- Sleep ---------------------------------------------------------------------------------------
 */

static gboolean
count_in_worker (UcTxn *txn, gpointer job, GError **error)
{
  return uc_query_number (txn->db, "SELECT count (*) FROM posts WHERE :one = 1",
                          UC_BINDS (UC_INT (":one", 1)), job, error);
}

static gint64
count_posts (Fixture *self)
{
  gint64 n = 0;

  g_assert_true (uc_demo_test_run (self->test, count_in_worker, &n, NULL));
  return n;
}

/* When nobody looks on nothing happens, whatever is written, and nothing waits to happen. */
static void
test_asleep (Fixture *self, gconstpointer unused)
{
  g_autofree char *ward = uc_demo_test_dup_channel (self->test, "ward-3");
  gint64           n_posts = count_posts (self);
  g_autofree char *post = write_as (self, "anna.keller", ward, "@ben.ortiz are you there?");

  g_assert_false (uc_demo_life_is_awake (self->life));
  g_assert_cmpuint (g_hash_table_size (self->life->laters), ==, 0);
  g_assert_cmpint (count_posts (self), ==, n_posts + 1);
}

static gboolean
is_asleep (gpointer user_data)
{
  return !uc_demo_life_is_awake (((Fixture *) user_data)->life);
}

static void
test_falls_asleep (Fixture *self, gconstpointer unused)
{
  g_autofree char *square = uc_demo_test_dup_channel (self->test, "town-square");
  g_autofree char *post = NULL;
  gint64           n_posts;

  sign_in (self, "anna.keller");
  g_assert_true (uc_demo_life_is_awake (self->life));
  wait_for ((Wait){ self, UC_EVENT_POSTED, NULL, NULL, 0, 2 });
  g_hash_table_remove_all (self->signed_in);
  uc_test_wait_until (is_asleep, self, 20000);
  g_assert_cmpuint (g_hash_table_size (self->life->laters), ==, 0);
  g_assert_null (self->life->play.scene);
  n_posts = count_posts (self);
  /* Only timers could make it go on, and there are none. */
  for (int i = 0; i < 20; i++)
    g_assert_cmpint (count_posts (self), ==, n_posts);

  sign_in (self, "helen.brooks");
  /* Life may have brought her there before it fell asleep: then coming is no event, but
   * writing is one. */
  post = write_as (self, "helen.brooks", square, "Good evening");
  g_assert_true (uc_demo_life_is_awake (self->life));
  wait_for ((Wait){ self, UC_EVENT_POSTED, NULL, NULL, self->test->events->len, 2 });
}

/* Presence moves: people come by themselves. */
static void
test_presence (Fixture *self, gconstpointer unused)
{
  g_autoptr (GHashTable) moved = g_hash_table_new (g_str_hash, g_str_equal);

  sign_in (self, "anna.keller");
  while (g_hash_table_size (moved) < 6) {
    const UcEvent *event = wait_for (
        (Wait){ self, UC_EVENT_STATUS_CHANGE, NULL, NULL, 0, g_hash_table_size (moved) + 2 });

    for (guint i = 0; i < self->test->events->len; i++) {
      event = g_ptr_array_index (self->test->events, i);
      if (event->kind == UC_EVENT_STATUS_CHANGE)
        g_hash_table_add (moved, event->status->user_id);
    }
    g_main_context_iteration (NULL, FALSE);
  }
}

/* It can end at any moment. */
static void
test_end (Fixture *self, gconstpointer unused)
{
  g_autofree char *ward = uc_demo_test_dup_channel (self->test, "ward-3");
  g_autofree char *post = NULL;

  sign_in (self, "anna.keller");
  post = write_as (self, "anna.keller", ward, "@ben.ortiz are you there?");
  wait_for ((Wait){ self, UC_EVENT_TYPING, NULL, NULL, 0, 1 });
  end_life (self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) g_test_add ("/server/demo-life/" name, Fixture, NULL, setup, func, teardown)
  ADD ("direct", test_direct);
  ADD ("no-echo", test_no_echo);
  ADD ("thread", test_thread);
  ADD ("nod", test_nod);
  ADD ("among-themselves", test_among_themselves);
  ADD ("scenes", test_scenes);
  ADD ("quiet", test_quiet);
  ADD ("nobody-is-spoken-for", test_nobody_is_spoken_for);
  ADD ("asleep", test_asleep);
  ADD ("falls-asleep", test_falls_asleep);
  ADD ("presence", test_presence);
  ADD ("end", test_end);
#undef ADD
  return g_test_run ();
}
