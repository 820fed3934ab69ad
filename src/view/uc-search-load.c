/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The store's part of a search, a page at a time. Only the answer to the last question
 * counts.
 */

#include "config.h"

#include "uc-search-private.h"

#include "uc-error.h"
#include "uc-query-scan.h"
#include "uc-thread.h"

#include <string.h>

/* One page under way: what it adds to. */
typedef struct {
  UcSearch     *self;        /* (owned) */
  GCancellable *cancellable; /* (owned) */
  guint         n_wanted;
  gboolean      is_first;
} Page;

static void
page_free (Page *page)
{
  g_object_unref (page->self);
  g_object_unref (page->cancellable);
  g_free (page);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, page_free)

static void
set_cancellable (UcSearch *self, GCancellable *cancellable)
{
  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, cancellable);
  _uc_search_update_searching (self);
}

void
_uc_search_cancel_page (UcSearch *self)
{
  set_cancellable (self, NULL);
}

static void
page_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Page) page = user_data;
  UcSearch *self = page->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = uc_store_search_finish (UC_STORE (source), result, &error);

  if (self->cancellable != page->cancellable)
    return;
  if (hits != NULL) {
    gboolean has_more = hits->len > page->n_wanted;

    if (has_more)
      g_ptr_array_set_size (hits, (int) page->n_wanted);
    _uc_search_set_error (self, NULL, 0, 0);
    _uc_search_put_page (self, hits, page->is_first, has_more);
    set_cancellable (self, NULL);
    if (page->is_first)
      _uc_search_server_begin (self);
    return;
  }
  _uc_search_set_error (self, error->message, 0, 0);
  set_cancellable (self, NULL);
  if (!g_error_matches (error, UC_ERROR, UC_ERROR_INVALID))
    g_warning ("Searching: %s", error->message);
}

static void
load_page (UcSearch *self, const char *query, gboolean is_first)
{
  gint64 before_seq = is_first ? 0 : self->last_seq;
  Page  *page = g_new0 (Page, 1);

  page->self = g_object_ref (self);
  page->cancellable = g_cancellable_new ();
  page->is_first = is_first;
  page->n_wanted = self->order == UC_SEARCH_RELEVANT ? UC_SEARCH_BEST : UC_SEARCH_PAGE;
  set_cancellable (self, page->cancellable);
  /* One more than is shown tells whether there is more. */
  uc_store_search_async (self->store, query, uc_session_get_user_id (self->session), self->order,
                         before_seq, page->n_wanted + 1, page->cancellable, page_loaded_cb, page);
}

/* What is looked for: the last word may still be typed. */
char *
_uc_search_dup_run (UcSearch *self)
{
  return uc_search_is_advanced (self) ? uc_query_dup_typed (self->query)
                                      : _uc_search_dup_plain (self->query);
}

/* While a query is typed it is often not one yet: what was found stays. */
void
_uc_search_load_first (UcSearch *self)
{
  g_autofree char *query = _uc_search_dup_run (self);
  g_autoptr (GError) error = NULL;
  gsize start, end;

  if (uc_query_check (query, &start, &end, &error)) {
    load_page (self, query, TRUE);
    return;
  }
  _uc_search_cancel_page (self);
  _uc_search_server_stop (self);
  /* The place is one of what was typed, which may be shorter by a star; that of plain
   * words is no place of it at all. */
  if (!uc_search_is_advanced (self))
    start = end = 0;
  _uc_search_set_error (self, error->message, start, MIN (end, strlen (self->query)));
}

/* With the flag advanced_search off a query is words alone. A phrase in quotes is a
 * phrase either way. */
char *
_uc_search_dup_plain (const char *query)
{
  g_auto (GStrv) words = g_strsplit_set (query, " \t\n", -1);
  GString *out = g_string_new (NULL);
  gboolean is_in_phrase = FALSE;

  for (guint i = 0; words[i] != NULL; i++) {
    const char *word = words[i];

    if (*word == '\0')
      continue;
    if (out->len > 0)
      g_string_append_c (out, ' ');
    if (is_in_phrase || strchr (word, '"') != NULL) {
      g_string_append (out, word);
      for (; *word != '\0'; word++)
        is_in_phrase = *word == '"' ? !is_in_phrase : is_in_phrase;
    } else if (strchr (word, ':') != NULL || *word == '-') {
      g_string_append_printf (out, "\"%s\"", word);
    } else {
      g_string_append (out, word);
    }
  }
  return g_string_free_and_steal (out);
}

/**
 * uc_search_load_more:
 * @self: a search
 *
 * Adds the next page, if there is one and none is under way. Main thread.
 */
void
uc_search_load_more (UcSearch *self)
{
  g_autofree char *query = NULL;

  g_return_if_fail (UC_IS_SEARCH (self));
  UC_ASSERT_MAIN_THREAD ();

  if (!self->has_more || !uc_search_is_settled (self))
    return;
  query = _uc_search_dup_run (self);
  load_page (self, query, FALSE);
}
