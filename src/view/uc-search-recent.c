/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last few searches, a line each, as a fact of the account. */

#include "config.h"

#include "uc-search-recent.h"

#include "uc-thread.h"

#include <string.h>

#define FACT      "recent_searches"
#define MAX_KEPT  6
#define MAX_BYTES 256

struct _UcSearchRecent {
  GObject parent_instance;

  UcStore      *store;       /* (owned) */
  GCancellable *cancellable; /* (owned) of the first reading */
  GPtrArray    *queries;     /* (owned) (element-type utf8), with a NULL at the end */
};

G_DEFINE_FINAL_TYPE (UcSearchRecent, uc_search_recent, G_TYPE_OBJECT)

static guint changed_signal;

static guint
get_n_queries (UcSearchRecent *self)
{
  return self->queries->len - 1;
}

static void
append (UcSearchRecent *self, const char *query)
{
  if (*query != '\0' && get_n_queries (self) < MAX_KEPT)
    g_ptr_array_insert (self->queries, (int) get_n_queries (self), g_strdup (query));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcSearchRecent) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *value = uc_store_load_fact_finish (UC_STORE (source), result, &error);
  g_auto (GStrv) lines = NULL;

  if (error != NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_warning ("Reading recent searches: %s", error->message);
    return;
  }
  lines = g_strsplit (value != NULL ? value : "", "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    append (self, lines[i]);
  if (get_n_queries (self) > 0)
    g_signal_emit (self, changed_signal, 0);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* Nothing is lost that anybody wrote. */
  if (!uc_store_apply_finish (UC_STORE (source), result, &error))
    g_warning ("Keeping recent searches: %s", error->message);
}

static void
save (UcSearchRecent *self)
{
  UcBatch         *batch = uc_batch_new ();
  g_autofree char *value = g_strjoinv ("\n", (char **) self->queries->pdata);

  uc_batch_put_fact (batch, FACT, *value != '\0' ? value : NULL);
  uc_store_apply_async (self->store, batch, saved_cb, NULL);
  g_signal_emit (self, changed_signal, 0);
}

static void
uc_search_recent_dispose (GObject *object)
{
  UcSearchRecent *self = UC_SEARCH_RECENT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (uc_search_recent_parent_class)->dispose (object);
}

static void
uc_search_recent_finalize (GObject *object)
{
  UcSearchRecent *self = UC_SEARCH_RECENT (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->queries);

  G_OBJECT_CLASS (uc_search_recent_parent_class)->finalize (object);
}

static void
uc_search_recent_class_init (UcSearchRecentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_search_recent_dispose;
  object_class->finalize = uc_search_recent_finalize;

  changed_signal = g_signal_new ("changed", UC_TYPE_SEARCH_RECENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
uc_search_recent_init (UcSearchRecent *self)
{
  self->cancellable = g_cancellable_new ();
  self->queries = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->queries, NULL);
}

/**
 * uc_search_recent_new:
 * @session: the account
 *
 * Returns: (transfer full): the list, empty until it is read
 */
UcSearchRecent *
uc_search_recent_new (UcSession *session)
{
  UcSearchRecent *self;

  UC_ASSERT_MAIN_THREAD ();

  self = g_object_new (UC_TYPE_SEARCH_RECENT, NULL);
  self->store = g_object_ref (uc_session_get_store (session));
  uc_store_load_fact_async (self->store, FACT, self->cancellable, loaded_cb, g_object_ref (self));
  return self;
}

/**
 * uc_search_recent_get:
 * @self: the list
 *
 * Returns: (transfer none): the queries, the last first; valid until ::changed
 */
const char *const *
uc_search_recent_get (UcSearchRecent *self)
{
  g_return_val_if_fail (UC_IS_SEARCH_RECENT (self), NULL);

  return (const char *const *) self->queries->pdata;
}

/* One that went on where this one ended, or the other way round, is the same search. */
static gboolean
is_same (const char *one, const char *other)
{
  return g_str_has_prefix (one, other) || g_str_has_prefix (other, one);
}

/**
 * uc_search_recent_add:
 * @self: the list
 * @query: what was searched for and led somewhere
 *
 * Puts @query first.
 */
void
uc_search_recent_add (UcSearchRecent *self, const char *query)
{
  g_autofree char *line = NULL;

  g_return_if_fail (UC_IS_SEARCH_RECENT (self));
  g_return_if_fail (query != NULL);

  line = g_strstrip (g_strdelimit (g_strdup (query), "\n\r", ' '));
  if (*line == '\0' || strlen (line) > MAX_BYTES ||
      (get_n_queries (self) > 0 && g_str_equal (self->queries->pdata[0], line)))
    return;
  for (guint i = get_n_queries (self); i > 0; i--) {
    if (is_same (self->queries->pdata[i - 1], line))
      g_ptr_array_remove_index (self->queries, i - 1);
  }
  if (get_n_queries (self) == MAX_KEPT)
    g_ptr_array_remove_index (self->queries, MAX_KEPT - 1);
  g_ptr_array_insert (self->queries, 0, g_steal_pointer (&line));
  save (self);
}

/**
 * uc_search_recent_clear:
 * @self: the list
 *
 * Forgets all of them, in the store too.
 */
void
uc_search_recent_clear (UcSearchRecent *self)
{
  g_return_if_fail (UC_IS_SEARCH_RECENT (self));

  if (get_n_queries (self) == 0)
    return;
  g_ptr_array_set_size (self->queries, 0);
  g_ptr_array_add (self->queries, NULL);
  save (self);
}
