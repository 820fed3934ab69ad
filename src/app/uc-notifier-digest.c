/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came while one was away, told once instead of message by message. Only counts are
 * compared: which message made which difference, the conversation shows. */

#include "config.h"

#include "uc-notifier-digest.h"

#include "uc-channel.h"
#include "uc-member.h"

struct _UcNotifierCounts {
  GHashTable *by_channel; /* (owned) channel id → count */
};

/* What would be notified of: everything in direct conversations, else mentions. */
static gint64
get_count (const UcChannelState *state)
{
  const gboolean is_direct =
      state->channel->type == UC_CHANNEL_DIRECT || state->channel->type == UC_CHANNEL_GROUP;

  if (state->member != NULL && state->member->is_muted)
    return 0;

  return is_direct ? MAX (state->unread, state->mentions) : state->mentions;
}

/**
 * uc_notifier_counts_new:
 * @states: (element-type UcChannelState): every conversation of an account
 *
 * Returns: (transfer full): what waits in them
 */
UcNotifierCounts *
uc_notifier_counts_new (GPtrArray *states)
{
  UcNotifierCounts *self = g_new0 (UcNotifierCounts, 1);

  self->by_channel = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < states->len; i++) {
    const UcChannelState *state = g_ptr_array_index (states, i);
    gint64                count = get_count (state);

    g_hash_table_insert (self->by_channel, g_strdup (state->channel->id),
                         GINT_TO_POINTER ((int) MIN (count, G_MAXINT)));
  }

  return self;
}

void
uc_notifier_counts_free (UcNotifierCounts *self)
{
  g_hash_table_unref (self->by_channel);
  g_free (self);
}

/**
 * uc_notifier_counts_is_empty:
 *
 * Returns: whether no conversation was known: then there is nothing to compare with
 */
gboolean
uc_notifier_counts_is_empty (UcNotifierCounts *self)
{
  return g_hash_table_size (self->by_channel) == 0;
}

/**
 * uc_notifier_counts_add:
 * @channel_id: a conversation with one message more
 *
 * Leaves a message out of later comparisons that a person was told of by itself.
 */
void
uc_notifier_counts_add (UcNotifierCounts *self, const char *channel_id)
{
  int count = GPOINTER_TO_INT (g_hash_table_lookup (self->by_channel, channel_id));

  g_hash_table_insert (self->by_channel, g_strdup (channel_id), GINT_TO_POINTER (count + 1));
}

static void
news_free (gpointer data)
{
  UcNotifierNews *news = data;

  g_free (news->channel_id);
  g_free (news);
}

static int
compare_news (gconstpointer a, gconstpointer b)
{
  const UcNotifierNews *first = *(UcNotifierNews *const *) a;
  const UcNotifierNews *second = *(UcNotifierNews *const *) b;

  if (first->n_new != second->n_new)
    return first->n_new > second->n_new ? -1 : 1;

  return g_strcmp0 (first->channel_id, second->channel_id);
}

/**
 * uc_notifier_counts_compare:
 *
 * Returns: (transfer full) (element-type UcNotifierNews): conversations with more in
 *   @after than in @before
 */
GPtrArray *
uc_notifier_counts_compare (UcNotifierCounts *before, UcNotifierCounts *after)
{
  GPtrArray     *all = g_ptr_array_new_with_free_func (news_free);
  GHashTableIter iter;
  gpointer       channel_id, count;

  g_hash_table_iter_init (&iter, after->by_channel);
  while (g_hash_table_iter_next (&iter, &channel_id, &count)) {
    int n_new = GPOINTER_TO_INT (count) -
                GPOINTER_TO_INT (g_hash_table_lookup (before->by_channel, channel_id));
    UcNotifierNews *news;

    if (n_new <= 0)
      continue;
    news = g_new0 (UcNotifierNews, 1);
    news->channel_id = g_strdup (channel_id);
    news->n_new = n_new;
    g_ptr_array_add (all, news);
  }
  g_ptr_array_sort (all, compare_news);

  return all;
}
