/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Plays scenes: one at a time, each once a round, so that nothing comes twice in a row. */

#include "config.h"

#include "uc-demo-life-private.h"

#include "uc-demo-choice.h"

/* Until the first scene, and between scenes. */
#define FIRST_MIN_S 6
#define FIRST_MAX_S 15
#define PAUSE_MIN_S 30
#define PAUSE_MAX_S 90
/* How long somebody is seen typing. */
#define TYPE_S 4
/* Talk that nobody joins in becomes rarer: after so many scenes it is half of it. */
#define QUIET_SCENES 20

static void say_next (UcDemoLife *self);

static const UcDemoMessage *
get_message (UcDemoLife *self)
{
  return g_ptr_array_index (self->play.scene->section->messages, self->play.next);
}

/* Nobody is spoken for who is here themselves, or not any more. */
static gboolean
can_be_played (UcDemoLife *self, const UcDemoScene *scene)
{
  for (guint i = 0; i < scene->section->messages->len; i++) {
    const UcDemoMessage *message = g_ptr_array_index (scene->section->messages, i);
    const UcDemoActor   *actor = uc_demo_cast_find_name (self->cast, message->author);

    if (actor == NULL || _uc_demo_life_is_signed_in (self, actor))
      return FALSE;
  }
  return TRUE;
}

/* The scenes of a round in any order, but the last one of the round before not first. */
static void
shuffle (UcDemoLife *self, guint last)
{
  for (guint i = 0; i < self->cast->scenes->len; i++)
    g_array_append_val (self->deck, i);
  for (guint i = self->deck->len; i > 1; i--) {
    guint *cards = (guint *) (gpointer) self->deck->data;
    guint  j = (guint) g_rand_int_range (self->rand, 0, (gint32) i);
    guint  card = cards[j];

    cards[j] = cards[i - 1];
    cards[i - 1] = card;
  }
  /* They are drawn from the end. */
  if (self->deck->len > 1 && g_array_index (self->deck, guint, self->deck->len - 1) == last) {
    g_array_remove_index (self->deck, self->deck->len - 1);
    g_array_insert_val (self->deck, 0, last);
  }
}

static const UcDemoScene *
draw_scene (UcDemoLife *self)
{
  guint n_tries = self->cast->scenes->len;

  for (guint i = 0; i < n_tries; i++) {
    guint              card;
    const UcDemoScene *scene;

    if (self->deck->len == 0)
      shuffle (self, self->last_scene);
    card = g_array_index (self->deck, guint, self->deck->len - 1);
    g_array_set_size (self->deck, self->deck->len - 1);
    scene = &g_array_index (self->cast->scenes, UcDemoScene, card);
    if (can_be_played (self, scene)) {
      self->last_scene = card;
      return scene;
    }
  }
  return NULL;
}

/* -- A scene ------------------------------------------------------------------------------ */

static void
play_cb (UcDemoLife *self, gpointer unused)
{
  self->play.scene = draw_scene (self);
  self->play.next = 0;
  self->n_quiet++;
  if (self->play.scene != NULL)
    say_next (self);
  else
    _uc_demo_life_later (self, PAUSE_MIN_S, PAUSE_MAX_S, play_cb, NULL, NULL);
}

static void
end_scene (UcDemoLife *self)
{
  double slowness = 1 + (double) self->n_quiet / QUIET_SCENES;

  _uc_demo_talk_end (self);
  _uc_demo_life_later (self, PAUSE_MIN_S * slowness, PAUSE_MAX_S * slowness, play_cb, NULL, NULL);
}

static void
add_reactions (UcDemoLife *self, const UcDemoMessage *message, const char *post_id)
{
  for (guint i = 0; i < message->reactions->len; i++) {
    const UcDemoReaction *reaction = g_ptr_array_index (message->reactions, i);

    for (guint j = 0; reaction->names[j] != NULL; j++) {
      const UcDemoActor *actor = uc_demo_cast_find_name (self->cast, reaction->names[j]);

      if (actor != NULL)
        _uc_demo_life_react_later (self, actor, post_id, reaction->emoji);
    }
  }
}

static void
said_cb (UcDemoLife *self, UcDemoAct *act, gboolean is_said, gpointer data)
{
  const UcDemoMessage *message = data;

  /* Everybody has gone meanwhile, and perhaps come back to another scene. */
  if (!self->is_awake || self->play.scene == NULL || get_message (self) != message)
    return;
  if (!is_said) {
    end_scene (self);
    return;
  }
  g_hash_table_insert (self->play.post_ids, data, g_strdup (act->post_id));
  add_reactions (self, message, act->post_id);
  self->play.next++;
  if (self->play.next < self->play.scene->section->messages->len)
    say_next (self);
  else
    end_scene (self);
}

static UcDemoAct *
new_act (UcDemoLife *self, UcDemoActKind kind)
{
  const UcDemoMessage *message = get_message (self);
  UcDemoAct *act = uc_demo_act_new (kind, uc_demo_cast_find_name (self->cast, message->author));

  g_set_str (&act->channel_id, self->play.scene->channel_id);
  if (message->root != NULL)
    g_set_str (&act->root_id, g_hash_table_lookup (self->play.post_ids, message->root));
  return act;
}

static void
say_cb (UcDemoLife *self, gpointer unused)
{
  const UcDemoMessage *message = get_message (self);
  UcDemoAct           *act;

  if (!can_be_played (self, self->play.scene)) {
    end_scene (self);
    return;
  }
  act = new_act (self, UC_DEMO_ACT_SAY);
  g_free (act->text);
  act->text = uc_demo_choose (message->text, self->rand, NULL);
  _uc_demo_life_do (self, act, said_cb, (gpointer) message);
}

static void
type_cb (UcDemoLife *self, gpointer unused)
{
  _uc_demo_life_do (self, new_act (self, UC_DEMO_ACT_TYPE), NULL, NULL);
  _uc_demo_life_later (self, TYPE_S, TYPE_S, say_cb, NULL, NULL);
}

/* Waits for the time of the next message, and is seen typing at the end of it. */
static void
say_next (UcDemoLife *self)
{
  int before = 0;
  int wait;

  if (self->play.next > 0) {
    const UcDemoMessage *last =
        g_ptr_array_index (self->play.scene->section->messages, self->play.next - 1);

    before = last->at;
  }
  wait = MAX (get_message (self)->at - before - TYPE_S, 0);
  _uc_demo_life_later (self, wait, wait, type_cb, NULL, NULL);
}

/* -- Begin and end --------------------------------------------------------------------------- */

void
_uc_demo_talk_begin (UcDemoLife *self)
{
  _uc_demo_life_later (self, FIRST_MIN_S, FIRST_MAX_S, play_cb, NULL, NULL);
}

void
_uc_demo_talk_end (UcDemoLife *self)
{
  self->play.scene = NULL;
  self->play.next = 0;
  g_hash_table_remove_all (self->play.post_ids);
}
