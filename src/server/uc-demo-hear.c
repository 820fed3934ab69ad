/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Decides who of the demo takes notice of what somebody has written: who was written to
 * or called answers, others may put in a word or a nod. */

#include "config.h"

#include "uc-demo-hear.h"

#include "uc-channel-table.h"
#include "uc-member-table.h"
#include "uc-post-table.h"

#include <string.h>

/* More than these were not called one by one, but all at once. */
#define MAX_CALLED 3
/* How often, of 10, somebody puts in a word who was not called, or a nod. */
#define ROOT_ANSWERS 8
#define ANY_ANSWERS  5
#define ANY_REACTS   5

/**
 * uc_demo_heard_new:
 * @mentions: (nullable): ids of those who were called
 *
 * Returns: (transfer full): something heard, not looked at yet
 */
UcDemoHeard *
uc_demo_heard_new (const UcPost *post, char **mentions)
{
  UcDemoHeard *self = g_new0 (UcDemoHeard, 1);

  self->post = uc_post_ref (post);
  self->mentions = mentions != NULL ? g_strdupv (mentions) : g_new0 (char *, 1);
  self->root_author_id = g_strdup ("");
  return self;
}

/**
 * uc_demo_heard_free:
 * @self: (transfer full):
 */
void
uc_demo_heard_free (UcDemoHeard *self)
{
  uc_post_unref (self->post);
  g_strfreev (self->mentions);
  g_clear_pointer (&self->member_ids, g_ptr_array_unref);
  g_free (self->root_author_id);
  g_free (self);
}

/**
 * uc_demo_heard_look:
 */
gboolean
uc_demo_heard_look (UcDemoHeard *self, UcTxn *txn, GError **error)
{
  g_autoptr (UcChannel) channel = uc_channel_table_find (txn->db, self->post->channel_id, error);
  g_autoptr (UcPost) root = NULL;

  if (channel == NULL)
    return FALSE;
  self->channel_type = channel->type;
  self->member_ids = uc_member_table_list_ids (txn->db, channel->id, error);
  if (self->member_ids == NULL)
    return FALSE;
  if (*self->post->root_id == '\0')
    return TRUE;
  root = uc_post_table_find (txn->db, self->post->root_id, FALSE, error);
  if (root == NULL)
    return FALSE;
  g_set_str (&self->root_author_id, root->user_id);
  return TRUE;
}

/* -- Deciding --------------------------------------------------------------------------- */

typedef struct {
  const UcDemoHeard *heard;
  GRand             *rand;
  gboolean           asks;
  const char *const *emojis; /* that fit */
  GPtrArray         *others; /* (element-type UcDemoActor): who could take notice */
  GPtrArray         *called; /* (element-type UcDemoActor): who of them was called */
  GArray            *intents;
} Decision;

static gboolean
chance (Decision *self, int of_ten)
{
  return g_rand_int_range (self->rand, 0, 10) < of_ten;
}

static const char *const *
get_emojis (UcCategory category)
{
  static const char *const nods[] = { "thumbsup", "ok_hand", "eyes", NULL };
  static const char *const worries[] = { "eyes", "warning", NULL };
  static const char *const agreements[] = { "thumbsup", "white_check_mark", NULL };
  static const char *const thanks[] = { "thumbsup", "pray", "white_check_mark", NULL };
  static const char *const hearts[] = { "heart", "joy", "tada", "blush", NULL };

  switch (category) {
  case UC_CATEGORY_INCIDENT:
    return worries;
  case UC_CATEGORY_SCHEDULING:
  case UC_CATEGORY_DECISION:
    return agreements;
  case UC_CATEGORY_UPDATE:
    return thanks;
  case UC_CATEGORY_SOCIAL:
    return hearts;
  case UC_CATEGORY_NONE:
  case UC_CATEGORY_REQUEST:
  case UC_CATEGORY_QUESTION:
  default:
    return nods;
  }
}

static gboolean
wants_answer (const UcDemoHeard *heard, UcCategory category)
{
  return category == UC_CATEGORY_QUESTION || category == UC_CATEGORY_REQUEST ||
         category == UC_CATEGORY_INCIDENT || category == UC_CATEGORY_SCHEDULING ||
         strchr (heard->post->message, '?') != NULL;
}

static void
answer (Decision *self, const UcDemoActor *actor, gboolean in_thread)
{
  const UcDemoIntent intent = { .actor = actor, .in_thread = in_thread };

  g_array_append_val (self->intents, intent);
}

static void
react (Decision *self, const UcDemoActor *actor)
{
  gint32             n = (gint32) g_strv_length ((char **) self->emojis);
  const UcDemoIntent intent = { .actor = actor,
                                .emoji = self->emojis[g_rand_int_range (self->rand, 0, n)] };

  g_array_append_val (self->intents, intent);
}

static const UcDemoActor *
take_any (Decision *self, GPtrArray *from)
{
  return g_ptr_array_steal_index_fast (
      from, (guint) g_rand_int_range (self->rand, 0, (gint32) from->len));
}

/* Who could take notice: members who are not the author themselves. */
static void
find_people (Decision *self, GPtrArray *present)
{
  const UcDemoHeard *heard = self->heard;

  for (guint i = 0; i < present->len; i++) {
    UcDemoActor *actor = g_ptr_array_index (present, i);

    if (g_str_equal (actor->user_id, heard->post->user_id) ||
        !g_ptr_array_find_with_equal_func (heard->member_ids, actor->user_id, g_str_equal, NULL))
      continue;
    g_ptr_array_add (self->others, actor);
    if (g_strv_contains ((const char *const *) heard->mentions, actor->user_id))
      g_ptr_array_add (self->called, actor);
  }
}

/* In a conversation of few somebody always answers, and in the open. */
static void
decide_among_few (Decision *self)
{
  gboolean in_thread = *self->heard->post->root_id != '\0';

  if (self->called->len > 0)
    answer (self, take_any (self, self->called), in_thread);
  else if (self->others->len > 0)
    answer (self, take_any (self, self->others), in_thread);
}

static void
decide_called (Decision *self)
{
  gboolean is_crowd = self->called->len > MAX_CALLED;
  guint    n = MIN (self->called->len, is_crowd ? 3 : 2);

  for (guint i = 0; i < n; i++) {
    if (self->asks && (!is_crowd || i == 0))
      answer (self, take_any (self, self->called), TRUE);
    else
      react (self, take_any (self, self->called));
  }
}

static const UcDemoActor *
find_root_author (Decision *self)
{
  for (guint i = 0; i < self->others->len; i++) {
    const UcDemoActor *actor = g_ptr_array_index (self->others, i);

    if (g_str_equal (actor->user_id, self->heard->root_author_id))
      return actor;
  }
  return NULL;
}

static void
decide_uncalled (Decision *self)
{
  const UcDemoActor *root_author = find_root_author (self);

  if (self->others->len == 0)
    return;
  if (root_author != NULL && self->asks && chance (self, ROOT_ANSWERS)) {
    answer (self, root_author, TRUE);
  } else if (self->asks && chance (self, ANY_ANSWERS)) {
    answer (self, take_any (self, self->others), TRUE);
  } else if (chance (self, ANY_REACTS)) {
    react (self, take_any (self, self->others));
    if (self->others->len > 0 && chance (self, ANY_REACTS))
      react (self, take_any (self, self->others));
  }
}

/**
 * uc_demo_heard_decide:
 * @present: those who are not signed in themselves
 * @about: what the classifier says of it
 *
 * Returns: (transfer full): what they do, in this order
 */
GArray *
uc_demo_heard_decide (const UcDemoHeard      *self,
                      GPtrArray              *present,
                      const UcClassification *about,
                      GRand                  *rand)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  g_autoptr (GPtrArray) called = g_ptr_array_new ();
  Decision decision = { .heard = self, .rand = rand, .others = others, .called = called };

  decision.asks = wants_answer (self, about->category);
  decision.emojis = get_emojis (about->category);
  decision.intents = g_array_new (FALSE, FALSE, sizeof (UcDemoIntent));
  find_people (&decision, present);
  if (self->channel_type == UC_CHANNEL_DIRECT || self->channel_type == UC_CHANNEL_GROUP)
    decide_among_few (&decision);
  else if (called->len > 0)
    decide_called (&decision);
  else
    decide_uncalled (&decision);
  return decision.intents;
}
