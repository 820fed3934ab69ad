/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-demo-act.h"
#include "uc-demo-answers.h"
#include "uc-demo-life.h"

G_BEGIN_DECLS

/* What the parts of the life share: uc-demo-life.c wakes and sleeps, comes and goes,
 * uc-demo-talk.c plays scenes, uc-demo-reply.c answers. */

/* The scene that is being played. */
typedef struct {
  const UcDemoScene *scene;    /* (nullable): NULL between scenes */
  guint              next;     /* the message to be said next */
  GHashTable        *post_ids; /* (owned) (element-type UcDemoMessage utf8) */
} UcDemoPlay;

struct _UcDemoLife {
  UcDemoStage    stage;
  UcDemoCast    *cast;       /* (owned) */
  GRand         *rand;       /* (owned) */
  UcClassifier  *classifier; /* (owned) */
  UcDemoAnswers *answers;    /* (owned) */
  gboolean       is_awake;
  gboolean       is_closed;

  GHashTable *laters;  /* (owned): what waits for its time, as a set */
  GPtrArray  *saying;  /* (owned) (element-type UcDemoAct): on the way, borrowed */
  GPtrArray  *replies; /* (owned): what is about to be answered, see uc-demo-reply.c */

  GArray    *deck;       /* (owned) (element-type guint): scenes of this round, shuffled */
  guint      last_scene; /* played, or G_MAXUINT */
  guint      n_quiet;    /* scenes since somebody else has said something */
  UcDemoPlay play;
};

typedef void (*UcDemoLaterFunc) (UcDemoLife *self, gpointer data);
/* After the act was done, or refused. */
typedef void (*UcDemoActDone) (UcDemoLife *self, UcDemoAct *act, gboolean is_done, gpointer data);

/* Calls @func after a time between the two, in seconds of theirs; never when everybody
 * has gone before. @data is (transfer full). */
void _uc_demo_life_later (UcDemoLife     *self,
                          double          min_s,
                          double          max_s,
                          UcDemoLaterFunc func,
                          gpointer        data,
                          GDestroyNotify  free_data);
/* Sends an act, (transfer full), on its way. @data is borrowed. */
void _uc_demo_life_do (UcDemoLife *self, UcDemoAct *act, UcDemoActDone done, gpointer data);
/* A nod to a post, some seconds later. */
void     _uc_demo_life_react_later (UcDemoLife        *self,
                                    const UcDemoActor *actor,
                                    const char        *post_id,
                                    const char        *emoji);
gboolean _uc_demo_life_is_signed_in (UcDemoLife *self, const UcDemoActor *actor);
double   _uc_demo_life_draw (UcDemoLife *self, double min, double max);
void     _uc_demo_life_unref (UcDemoLife *self);

/* uc-demo-talk.c */
void _uc_demo_talk_begin (UcDemoLife *self);
void _uc_demo_talk_end (UcDemoLife *self);

/* uc-demo-reply.c */
void _uc_demo_reply_see (UcDemoLife *self, UcPush *push);
void _uc_demo_reply_free (gpointer reply);

G_END_DECLS
