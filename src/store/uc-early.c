/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Remembers news of posts that are not here yet. It neither reads nor writes the store. */

#include "config.h"

#include "uc-early-private.h"

/* Most such news are of old posts that nobody looks at. A page of changes alone may tell
 * of 1,000 that were deleted. */
#define MAX_POSTS 5000

typedef struct {
  GPtrArray *news; /* (owned) of UcEarlyNews */
  gboolean   is_removed;
} Told;

struct _UcEarly {
  GHashTable *posts; /* (owned) post id to Told */
  GQueue      order; /* (unowned) the keys, the oldest first */
  GPtrArray  *taken; /* (owned) ids, in this transaction */
};

static void
news_free (gpointer data)
{
  UcEarlyNews *news = data;

  g_clear_pointer (&news->reaction, uc_reaction_unref);
  g_free (news);
}

static void
told_free (gpointer data)
{
  Told *told = data;

  g_ptr_array_unref (told->news);
  g_free (told);
}

UcEarly *
_uc_early_new (void)
{
  UcEarly *self = g_new0 (UcEarly, 1);

  self->posts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, told_free);
  self->taken = g_ptr_array_new_with_free_func (g_free);
  g_queue_init (&self->order);
  return self;
}

void
_uc_early_free (UcEarly *self)
{
  g_queue_clear (&self->order);
  g_hash_table_unref (self->posts);
  g_ptr_array_unref (self->taken);
  g_free (self);
}

static Told *
ensure_told (UcEarly *self, const char *post_id)
{
  Told *told = g_hash_table_lookup (self->posts, post_id);
  char *key;

  if (told != NULL)
    return told;
  if (g_hash_table_size (self->posts) >= MAX_POSTS)
    g_hash_table_remove (self->posts, g_queue_pop_head (&self->order));
  told = g_new0 (Told, 1);
  told->news = g_ptr_array_new_with_free_func (news_free);
  key = g_strdup (post_id);
  g_queue_push_tail (&self->order, key);
  g_hash_table_insert (self->posts, key, told);
  return told;
}

static UcEarlyNews *
add_news (UcEarly *self, const char *post_id, UcEarlyKind kind)
{
  UcEarlyNews *news = g_new0 (UcEarlyNews, 1);

  news->kind = kind;
  g_ptr_array_add (ensure_told (self, post_id)->news, news);
  return news;
}

void
_uc_early_note_reaction (UcEarly *self, UcReaction *reaction, gboolean is_on)
{
  UcEarlyNews *news =
      add_news (self, reaction->post_id, is_on ? UC_EARLY_REACTED : UC_EARLY_UNREACTED);

  news->reaction = uc_reaction_ref (reaction);
  news->at_ms = is_on ? reaction->create_at_ms : 0;
}

void
_uc_early_note_replies (UcEarly *self, const char *root_id, int count, gint64 at_ms)
{
  UcEarlyNews *news = add_news (self, root_id, UC_EARLY_REPLIES);

  news->count = count;
  news->at_ms = at_ms;
}

void
_uc_early_note_removal (UcEarly *self, const char *post_id)
{
  ensure_told (self, post_id)->is_removed = TRUE;
}

gboolean
_uc_early_is_removed (UcEarly *self, const char *post_id)
{
  Told *told = g_hash_table_lookup (self->posts, post_id);

  return told != NULL && told->is_removed;
}

GPtrArray *
_uc_early_take (UcEarly *self, const char *post_id)
{
  Told *told = g_hash_table_lookup (self->posts, post_id);

  if (told == NULL || told->news->len == 0)
    return NULL;
  g_ptr_array_add (self->taken, g_strdup (post_id));
  return g_ptr_array_ref (told->news);
}

void
_uc_early_settle (UcEarly *self, gboolean is_committed)
{
  for (guint i = 0; is_committed && i < self->taken->len; i++) {
    const char *post_id = g_ptr_array_index (self->taken, i);
    gpointer    key;

    if (!g_hash_table_lookup_extended (self->posts, post_id, &key, NULL))
      continue;
    g_queue_remove (&self->order, key);
    g_hash_table_remove (self->posts, post_id);
  }
  g_ptr_array_set_size (self->taken, 0);
}

/* That a post is gone stays true whatever the stream has missed. */
void
_uc_early_clear (UcEarly *self)
{
  GList *next;

  for (GList *l = self->order.head; l != NULL; l = next) {
    Told *told = g_hash_table_lookup (self->posts, l->data);

    next = l->next;
    if (told->is_removed) {
      g_ptr_array_set_size (told->news, 0);
    } else {
      g_hash_table_remove (self->posts, l->data);
      g_queue_delete_link (&self->order, l);
    }
  }
}
