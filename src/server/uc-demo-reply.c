/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers to what somebody has written: it is read, thought over, typed and said, each
 * in its time. Whoever writes once more before the answer gets one to the newer text. */

#include "config.h"

#include "uc-demo-life-private.h"

#include "uc-demo-hear.h"
#include "uc-wire-event.h"

#include <string.h>

#define READ_MIN_S 0.8
#define READ_MAX_S 2.5
#define TYPE_MIN_S 2
#define TYPE_MAX_S 5
/* Somebody who writes without end gets no answer without end. */
#define MAX_REPLIES 20

/* An answer that is being thought over or typed. */
typedef struct {
  const UcDemoActor *actor;
  char              *channel_id;
  char              *root_id; /* "" outside of threads */
  char              *text;
} Reply;

void
_uc_demo_reply_free (gpointer data)
{
  Reply *reply = data;

  g_free (reply->channel_id);
  g_free (reply->root_id);
  g_free (reply->text);
  g_free (reply);
}

static UcDemoAct *
new_act (UcDemoActKind kind, const Reply *reply)
{
  UcDemoAct *act = uc_demo_act_new (kind, reply->actor);

  g_set_str (&act->channel_id, reply->channel_id);
  g_set_str (&act->root_id, reply->root_id);
  return act;
}

static void
say_cb (UcDemoLife *self, gpointer data)
{
  Reply *reply = data;

  if (!_uc_demo_life_is_signed_in (self, reply->actor)) {
    UcDemoAct *act = new_act (UC_DEMO_ACT_SAY, reply);

    g_set_str (&act->text, reply->text);
    _uc_demo_life_do (self, act, NULL, NULL);
  }
  g_ptr_array_remove_fast (self->replies, reply);
}

static void
type_cb (UcDemoLife *self, gpointer data)
{
  Reply *reply = data;
  /* Longer answers take longer. */
  double seconds = MIN (TYPE_MIN_S + strlen (reply->text) / 30.0, TYPE_MAX_S);

  _uc_demo_life_do (self, new_act (UC_DEMO_ACT_TYPE, reply), NULL, NULL);
  _uc_demo_life_later (self, seconds, seconds, say_cb, reply, NULL);
}

static Reply *
find_reply (UcDemoLife *self, const UcDemoActor *actor, const char *channel_id, const char *root_id)
{
  for (guint i = 0; i < self->replies->len; i++) {
    Reply *reply = g_ptr_array_index (self->replies, i);

    if (reply->actor == actor && g_str_equal (reply->channel_id, channel_id) &&
        g_str_equal (reply->root_id, root_id))
      return reply;
  }
  return NULL;
}

/* @text is (transfer full). */
static void
answer (UcDemoLife *self, const UcDemoIntent *intent, const UcPost *post, char *text, guint place)
{
  const char *root_id = "";
  Reply      *reply;

  if (intent->in_thread)
    root_id = *post->root_id != '\0' ? post->root_id : post->id;
  reply = find_reply (self, intent->actor, post->channel_id, root_id);
  if (reply != NULL) {
    g_free (reply->text);
    reply->text = text;
    return;
  }
  if (self->replies->len >= MAX_REPLIES) {
    g_free (text);
    return;
  }
  reply = g_new0 (Reply, 1);
  reply->actor = intent->actor;
  reply->channel_id = g_strdup (post->channel_id);
  reply->root_id = g_strdup (root_id);
  reply->text = text;
  g_ptr_array_add (self->replies, reply);
  /* One after the other, not all at once. */
  _uc_demo_life_later (self, READ_MIN_S + place * TYPE_MAX_S, READ_MAX_S + place * TYPE_MAX_S,
                       type_cb, reply, NULL);
}

/* -- Hearing -------------------------------------------------------------------------------- */

typedef struct {
  UcDemoLife  *life;  /* (owned) */
  UcDemoHeard *heard; /* (owned) */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  uc_demo_heard_free (job->heard);
  _uc_demo_life_unref (job->life);
  g_free (job);
}

static gboolean
look_in_worker (UcTxn *txn, gpointer data, GError **error)
{
  Job *job = data;

  return uc_demo_heard_look (job->heard, txn, error);
}

static void
looked_cb (gpointer data, const GError *error)
{
  Job          *job = data;
  UcDemoLife   *self = job->life;
  const UcPost *post = job->heard->post;
  g_autoptr (GPtrArray) present = g_ptr_array_new ();
  g_autoptr (GArray) intents = NULL;
  UcClassification about;

  /* A post that is gone already needs no answer. */
  if (error != NULL || self->is_closed || !self->is_awake)
    return;
  for (guint i = 0; i < self->cast->actors->len; i++) {
    UcDemoActor *actor = g_ptr_array_index (self->cast->actors, i);

    if (!_uc_demo_life_is_signed_in (self, actor))
      g_ptr_array_add (present, actor);
  }
  about = uc_classifier_classify (self->classifier, post->message, strlen (post->message));
  intents = uc_demo_heard_decide (job->heard, present, &about, self->rand);
  for (guint i = 0; i < intents->len; i++) {
    const UcDemoIntent *intent = &g_array_index (intents, UcDemoIntent, i);

    if (intent->emoji != NULL)
      _uc_demo_life_react_later (self, intent->actor, post->id, intent->emoji);
    else
      answer (self, intent, post,
              uc_demo_answers_choose (self->answers, intent->actor->person->username, post->message,
                                      &about, self->rand),
              i);
  }
}

/* By what was sent: what became of it belongs to the worker until it is done. */
static gboolean
is_own (UcDemoLife *self, const UcPost *post)
{
  for (guint i = 0; i < self->saying->len; i++) {
    const UcDemoAct *act = g_ptr_array_index (self->saying, i);

    if (g_str_equal (act->user_id, post->user_id) &&
        g_str_equal (act->channel_id, post->channel_id) && g_str_equal (act->text, post->message))
      return TRUE;
  }
  return FALSE;
}

/* The frame as a socket gets it, with a number at its end. */
static UcEvent *
parse_push (UcPush *push)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  gint64 seq = 0;

  g_byte_array_append (frame, g_bytes_get_data (push->head, NULL),
                       (guint) g_bytes_get_size (push->head));
  g_byte_array_append (frame, (const guint8 *) "0}", 2);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&frame));
  return uc_wire_parse_event (bytes, &seq, NULL);
}

void
_uc_demo_reply_see (UcDemoLife *self, UcPush *push)
{
  g_autoptr (UcEvent) event = parse_push (push);
  Job *job;

  if (event == NULL || event->post == NULL || uc_post_is_system (event->post) ||
      is_own (self, event->post))
    return;
  self->n_quiet = 0;
  job = g_new0 (Job, 1);
  job->life = g_rc_box_acquire (self);
  job->heard = uc_demo_heard_new (event->post, event->mentions);
  uc_dispatch_push (self->stage.dispatch, look_in_worker, looked_cb, job, job_free);
}
