/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The life of the demo: begins when somebody connects, ends when the last one goes. In
 * between all of it hangs on timers, and with them it goes. */

#include "config.h"

#include "uc-demo-life-private.h"

/* How often somebody comes or goes. */
#define PRESENCE_MIN_S 15
#define PRESENCE_MAX_S 40
#define REACT_MIN_S    2
#define REACT_MAX_S    14

/* -- What waits ------------------------------------------------------------------------- */

typedef struct {
  UcDemoLife     *life; /* (unowned) */
  guint           timer_id;
  UcDemoLaterFunc func;
  gpointer        data; /* (owned) */
  GDestroyNotify  free_data;
} Later;

static void
later_free (gpointer data)
{
  Later *later = data;

  g_clear_handle_id (&later->timer_id, g_source_remove);
  if (later->free_data != NULL)
    later->free_data (later->data);
  g_free (later);
}

static guint
count_audience (UcDemoLife *self)
{
  return self->stage.count (self->stage.audience, NULL);
}

static void
fall_asleep (UcDemoLife *self)
{
  self->is_awake = FALSE;
  g_hash_table_remove_all (self->laters);
  g_ptr_array_set_size (self->replies, 0);
  _uc_demo_talk_end (self);
}

static gboolean
later_cb (gpointer user_data)
{
  Later      *later = user_data;
  UcDemoLife *self = later->life;

  later->timer_id = 0;
  g_hash_table_steal (self->laters, later);
  if (count_audience (self) > 0)
    later->func (self, later->data);
  else
    fall_asleep (self);
  later_free (later);
  return G_SOURCE_REMOVE;
}

double
_uc_demo_life_draw (UcDemoLife *self, double min, double max)
{
  return max > min ? g_rand_double_range (self->rand, min, max) : min;
}

void
_uc_demo_life_later (UcDemoLife     *self,
                     double          min_s,
                     double          max_s,
                     UcDemoLaterFunc func,
                     gpointer        data,
                     GDestroyNotify  free_data)
{
  Later *later = g_new0 (Later, 1);
  double seconds = _uc_demo_life_draw (self, min_s, max_s);

  later->life = self;
  later->func = func;
  later->data = data;
  later->free_data = free_data;
  later->timer_id = g_timeout_add ((guint) (seconds * self->stage.second_ms), later_cb, later);
  g_hash_table_add (self->laters, later);
}

/* -- What is done ------------------------------------------------------------------------- */

typedef struct {
  UcDemoLife   *life; /* (owned) */
  UcDemoAct    *act;  /* (owned) */
  UcDemoActDone done; /* (nullable) */
  gpointer      data;
} Job;

static void
life_clear (gpointer data)
{
  UcDemoLife *self = data;

  g_clear_pointer (&self->laters, g_hash_table_unref);
  g_clear_pointer (&self->replies, g_ptr_array_unref);
  g_clear_pointer (&self->saying, g_ptr_array_unref);
  g_clear_pointer (&self->deck, g_array_unref);
  g_clear_pointer (&self->play.post_ids, g_hash_table_unref);
  g_clear_pointer (&self->classifier, uc_classifier_free);
  g_clear_pointer (&self->answers, uc_demo_answers_free);
  g_clear_pointer (&self->cast, uc_demo_cast_free);
  g_clear_pointer (&self->rand, g_rand_free);
}

void
_uc_demo_life_unref (UcDemoLife *self)
{
  g_rc_box_release_full (self, life_clear);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  uc_demo_act_free (job->act);
  _uc_demo_life_unref (job->life);
  g_free (job);
}

static gboolean
run_in_worker (UcTxn *txn, gpointer data, GError **error)
{
  Job *job = data;

  return uc_demo_act_run (job->act, txn, error);
}

static void
done_cb (gpointer data, const GError *error)
{
  Job        *job = data;
  UcDemoLife *self = job->life;

  g_ptr_array_remove_fast (self->saying, job->act);
  /* Channels are archived, people switched off: then it stays unsaid. */
  if (error != NULL)
    g_debug ("%s could not: %s", job->act->username, error->message);
  if (!self->is_closed && job->done != NULL)
    job->done (self, job->act, error == NULL, job->data);
}

void
_uc_demo_life_do (UcDemoLife *self, UcDemoAct *act, UcDemoActDone done, gpointer data)
{
  Job *job = g_new0 (Job, 1);

  job->life = g_rc_box_acquire (self);
  job->act = act;
  job->done = done;
  job->data = data;
  if (act->kind == UC_DEMO_ACT_SAY)
    g_ptr_array_add (self->saying, act);
  uc_dispatch_push (self->stage.dispatch, run_in_worker, done_cb, job, job_free);
}

static void
react_cb (UcDemoLife *self, gpointer data)
{
  const UcDemoAct   *act = data;
  const UcDemoActor *actor = uc_demo_cast_find_id (self->cast, act->user_id);
  UcDemoAct         *done;

  if (_uc_demo_life_is_signed_in (self, actor))
    return;
  done = uc_demo_act_new (UC_DEMO_ACT_REACT, actor);
  g_set_str (&done->post_id, act->post_id);
  g_set_str (&done->text, act->text);
  _uc_demo_life_do (self, done, NULL, NULL);
}

void
_uc_demo_life_react_later (UcDemoLife        *self,
                           const UcDemoActor *actor,
                           const char        *post_id,
                           const char        *emoji)
{
  UcDemoAct *act = uc_demo_act_new (UC_DEMO_ACT_REACT, actor);

  g_set_str (&act->post_id, post_id);
  g_set_str (&act->text, emoji);
  _uc_demo_life_later (self, REACT_MIN_S, REACT_MAX_S, react_cb, act,
                       (GDestroyNotify) uc_demo_act_free);
}

/* -- Coming and going ------------------------------------------------------------------------ */

/* Whoever is signed in speaks for themselves. */
gboolean
_uc_demo_life_is_signed_in (UcDemoLife *self, const UcDemoActor *actor)
{
  return self->stage.count (self->stage.audience, actor->user_id) > 0;
}

static void
come_or_go (UcDemoLife *self, const UcDemoActor *actor)
{
  int           roll = g_rand_int_range (self->rand, 0, 10);
  UcDemoActKind kind;

  if (_uc_demo_life_is_signed_in (self, actor))
    return;
  if (roll < (int) actor->person->talkative)
    kind = UC_DEMO_ACT_COME;
  else
    kind = roll % 2 == 0 ? UC_DEMO_ACT_PAUSE : UC_DEMO_ACT_LEAVE;
  _uc_demo_life_do (self, uc_demo_act_new (kind, actor), NULL, NULL);
}

static void
presence_cb (UcDemoLife *self, gpointer unused)
{
  if (self->cast->actors->len > 0)
    come_or_go (self, g_ptr_array_index (self->cast->actors,
                                         (guint) g_rand_int_range (
                                             self->rand, 0, (gint32) self->cast->actors->len)));
  _uc_demo_life_later (self, PRESENCE_MIN_S, PRESENCE_MAX_S, presence_cb, NULL, NULL);
}

static void
wake_up (UcDemoLife *self)
{
  self->is_awake = TRUE;
  self->n_quiet = 0;
  for (guint i = 0; i < self->cast->actors->len; i++)
    come_or_go (self, g_ptr_array_index (self->cast->actors, i));
  _uc_demo_life_later (self, PRESENCE_MIN_S, PRESENCE_MAX_S, presence_cb, NULL, NULL);
  _uc_demo_talk_begin (self);
}

/* -- Public -------------------------------------------------------------------------------- */

/**
 * uc_demo_life_new:
 * @cast: (transfer full): who lives
 *
 * Returns: (transfer full) (nullable): a life that sleeps
 */
UcDemoLife *
uc_demo_life_new (const UcDemoStage *stage, UcDemoCast *cast, GError **error)
{
  g_autoptr (UcDemoLife) self = g_rc_box_new0 (UcDemoLife);

  self->stage = *stage;
  self->cast = cast;
  self->last_scene = G_MAXUINT;
  self->rand = stage->seed != 0 ? g_rand_new_with_seed (stage->seed) : g_rand_new ();
  self->laters = g_hash_table_new_full (NULL, NULL, later_free, NULL);
  self->saying = g_ptr_array_new ();
  self->replies = g_ptr_array_new_with_free_func (_uc_demo_reply_free);
  self->deck = g_array_new (FALSE, FALSE, sizeof (guint));
  self->play.post_ids = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->classifier = uc_classifier_new (error);
  if (self->classifier == NULL)
    return NULL;
  self->answers = uc_demo_answers_load (error);
  return self->answers != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * uc_demo_life_see:
 *
 * Somebody who connects causes an event, so this is also how it learns that they have.
 */
void
uc_demo_life_see (UcDemoLife *self, UcPush *push)
{
  gboolean is_watched = count_audience (self) > 0;

  if (is_watched && !self->is_awake)
    wake_up (self);
  else if (!is_watched && self->is_awake)
    fall_asleep (self);
  if (self->is_awake && push->kind == UC_PUSH_EVENT && g_str_equal (push->event, "posted"))
    _uc_demo_reply_see (self, push);
}

/**
 * uc_demo_life_is_awake:
 */
gboolean
uc_demo_life_is_awake (UcDemoLife *self)
{
  return self->is_awake;
}

/**
 * uc_demo_life_free:
 * @self: (transfer full):
 *
 * What is on its way to the worker is still done, but nothing comes of it.
 */
void
uc_demo_life_free (UcDemoLife *self)
{
  fall_asleep (self);
  self->is_closed = TRUE;
  _uc_demo_life_unref (self);
}
