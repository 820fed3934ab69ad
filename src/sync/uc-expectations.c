/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Remembers whom to tell of until the store says what is new. */

#include "config.h"

#include "uc-expectations-private.h"

/* What was stored already is never told of; its expectation must not stay for ever. */
#define MAX_FOUND 1000

/* All of them: post id to mention flag. */
struct _UcExpectations {
  GHashTable *next;      /* (owned) of the next commit */
  GHashTable *under_way; /* (owned) of the commit under way */
  GHashTable *found;     /* (owned) of what was or will be asked for */
};

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

UcExpectations *
_uc_expectations_new (void)
{
  UcExpectations *self = g_new0 (UcExpectations, 1);

  self->next = new_table ();
  self->under_way = new_table ();
  self->found = new_table ();
  return self;
}

void
_uc_expectations_free (UcExpectations *self)
{
  g_hash_table_unref (self->next);
  g_hash_table_unref (self->under_way);
  g_hash_table_unref (self->found);
  g_free (self);
}

void
_uc_expectations_add (UcExpectations *self, const char *post_id, gboolean mentions_me)
{
  g_hash_table_insert (self->next, g_strdup (post_id), GINT_TO_POINTER (mentions_me));
}

void
_uc_expectations_find (UcExpectations *self, const char *post_id, gboolean mentions_me)
{
  if (g_hash_table_size (self->found) >= MAX_FOUND)
    g_hash_table_remove_all (self->found);
  g_hash_table_insert (self->found, g_strdup (post_id), GINT_TO_POINTER (mentions_me));
}

void
_uc_expectations_begin (UcExpectations *self)
{
  GHashTable *empty = self->under_way;

  self->under_way = self->next;
  self->next = empty;
}

void
_uc_expectations_end (UcExpectations *self)
{
  g_hash_table_remove_all (self->under_way);
}

static gboolean
take (GHashTable *table, const char *post_id, gboolean *mentions_me)
{
  gpointer flag;

  if (!g_hash_table_lookup_extended (table, post_id, NULL, &flag))
    return FALSE;
  g_hash_table_remove (table, post_id);
  *mentions_me = GPOINTER_TO_INT (flag);
  return TRUE;
}

gboolean
_uc_expectations_take (UcExpectations *self, const char *post_id, gboolean *mentions_me)
{
  gboolean is_found = take (self->found, post_id, mentions_me);

  /* The event knows better than who found it whether one is meant. */
  return take (self->under_way, post_id, mentions_me) || is_found;
}
