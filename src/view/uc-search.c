/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A search as a list model: a page at a time from the store, newest first. The results of
 * a query stay until those of the next are there, so that typing does not flicker.
 */

#include "config.h"

#include "uc-search.h"

#include "uc-error.h"
#include "uc-search-private.h"
#include "uc-thread.h"

#include <string.h>

#define PAGE 40

struct _UcSearch {
  GObject parent_instance;

  UcSession    *session;     /* (owned) */
  UcStore      *store;       /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) of the page under way */

  GPtrArray *items; /* (owned) (element-type UcSearchItem) */
  char      *query; /* (owned) as it was typed */
  char      *error; /* (owned) (nullable) */
  gboolean   has_more;
};

enum {
  PROP_0,
  PROP_SEARCHING,
  PROP_ERROR,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GType
uc_search_get_item_type (GListModel *model)
{
  return UC_TYPE_SEARCH_ITEM;
}

static guint
uc_search_get_n_items (GListModel *model)
{
  return UC_SEARCH (model)->items->len;
}

static gpointer
uc_search_get_item (GListModel *model, guint position)
{
  UcSearch *self = UC_SEARCH (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
uc_search_model_init (GListModelInterface *iface)
{
  iface->get_item_type = uc_search_get_item_type;
  iface->get_n_items = uc_search_get_n_items;
  iface->get_item = uc_search_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (UcSearch,
                               uc_search,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, uc_search_model_init))

/* One page under way: what it adds to. */
typedef struct {
  UcSearch     *self;        /* (owned) */
  GCancellable *cancellable; /* (owned) */
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
set_error (UcSearch *self, const char *error)
{
  if (g_set_str (&self->error, error))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
set_cancellable (UcSearch *self, GCancellable *cancellable)
{
  gboolean was_searching = self->cancellable != NULL;

  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, cancellable);
  if (was_searching != (cancellable != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCHING]);
}

/* Everything from @position on gives way to @hits. */
static void
put_hits (UcSearch *self, guint position, GPtrArray *hits)
{
  guint n_removed = self->items->len - position;
  guint n_added = MIN (hits->len, PAGE);

  self->has_more = hits->len > PAGE;
  g_ptr_array_set_size (self->items, (int) position);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_add (self->items, _uc_search_item_new (hits->pdata[i]));
  if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
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
  set_cancellable (self, NULL);
  if (hits != NULL) {
    set_error (self, NULL);
    put_hits (self, page->is_first ? 0 : self->items->len, hits);
    return;
  }
  /* While a query is typed it is often not one yet: what was found stays. */
  set_error (self, error->message);
  if (!g_error_matches (error, UC_ERROR, UC_ERROR_INVALID))
    g_warning ("Searching: %s", error->message);
}

static void
load_page (UcSearch *self, gboolean is_first)
{
  UcSearchItem    *last = is_first ? NULL : self->items->pdata[self->items->len - 1];
  gint64           before = last != NULL ? uc_search_item_get_message (last)->seq : 0;
  g_autofree char *query = NULL;
  Page            *page = g_new0 (Page, 1);

  page->self = g_object_ref (self);
  page->cancellable = g_cancellable_new ();
  page->is_first = is_first;
  if (uc_flags_is_on (uc_session_get_flags (self->session), UC_FLAG_advanced_search))
    query = g_strdup (self->query);
  else
    query = _uc_search_dup_plain (self->query);
  set_cancellable (self, page->cancellable);
  /* One more than is shown tells whether there is more. */
  uc_store_search_async (self->store, query, uc_session_get_user_id (self->session),
                         UC_SEARCH_NEWEST, before, PAGE + 1, page->cancellable, page_loaded_cb,
                         page);
}

/* A flag takes effect at once. */
static void
flag_changed_cb (UcFlags *flags, guint flag_id, UcSearch *self)
{
  if (flag_id == UC_FLAG_advanced_search && *self->query != '\0')
    load_page (self, TRUE);
}

static void
uc_search_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UcSearch *self = UC_SEARCH (object);

  switch (prop_id) {
  case PROP_SEARCHING:
    g_value_set_boolean (value, self->cancellable != NULL);
    break;
  case PROP_ERROR:
    g_value_set_string (value, self->error);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_search_dispose (GObject *object)
{
  UcSearch *self = UC_SEARCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (uc_search_parent_class)->dispose (object);
}

static void
uc_search_finalize (GObject *object)
{
  UcSearch *self = UC_SEARCH (object);

  g_ptr_array_unref (self->items);
  g_free (self->query);
  g_free (self->error);

  G_OBJECT_CLASS (uc_search_parent_class)->finalize (object);
}

static void
uc_search_class_init (UcSearchClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = uc_search_get_property;
  object_class->dispose = uc_search_dispose;
  object_class->finalize = uc_search_finalize;

  properties[PROP_SEARCHING] = g_param_spec_boolean ("searching", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
uc_search_init (UcSearch *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->query = g_strdup ("");
}

/**
 * uc_search_new:
 * @session: the account
 *
 * Main thread.
 *
 * Returns: (transfer full): a search without a query
 */
UcSearch *
uc_search_new (UcSession *session)
{
  UcSearch *self;

  g_return_val_if_fail (session != NULL, NULL);
  UC_ASSERT_MAIN_THREAD ();

  self = g_object_new (UC_TYPE_SEARCH, NULL);
  self->session = g_object_ref (session);
  self->store = g_object_ref (uc_session_get_store (session));
  g_signal_connect_object (uc_session_get_flags (session), "changed", G_CALLBACK (flag_changed_cb),
                           self, 0);
  return self;
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
 * uc_search_set_query:
 * @self: a search
 * @query: what was typed; blank finds nothing
 *
 * Takes the place of the query before. Main thread.
 */
void
uc_search_set_query (UcSearch *self, const char *query)
{
  g_autofree char *trimmed = NULL;

  g_return_if_fail (UC_IS_SEARCH (self));
  g_return_if_fail (query != NULL);
  UC_ASSERT_MAIN_THREAD ();

  trimmed = g_strstrip (g_strdup (query));
  if (!g_set_str (&self->query, trimmed))
    return;
  if (*trimmed != '\0') {
    load_page (self, TRUE);
  } else {
    g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

    set_cancellable (self, NULL);
    set_error (self, NULL);
    put_hits (self, 0, nothing);
  }
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
  g_return_if_fail (UC_IS_SEARCH (self));
  UC_ASSERT_MAIN_THREAD ();

  if (self->has_more && self->cancellable == NULL && self->items->len > 0)
    load_page (self, FALSE);
}

/**
 * uc_search_has_more:
 * @self: a search
 *
 * Returns: %TRUE when older messages fit too
 */
gboolean
uc_search_has_more (UcSearch *self)
{
  g_return_val_if_fail (UC_IS_SEARCH (self), FALSE);

  return self->has_more;
}

/**
 * uc_search_get_error:
 * @self: a search
 *
 * Returns: (transfer none) (nullable): what is wrong with the query, for a person
 */
const char *
uc_search_get_error (UcSearch *self)
{
  g_return_val_if_fail (UC_IS_SEARCH (self), NULL);

  return self->error;
}
