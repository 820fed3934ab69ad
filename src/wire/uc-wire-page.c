/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers of many posts: pages, windows, threads, search, pinned and saved ones all
 * have the same form, an order of ids beside a map of posts. */

#include "config.h"

#include "uc-wire-private.h"

#include "uc-error.h"
#include "uc-json.h"

#include <string.h>

static int
compare_age (gconstpointer a, gconstpointer b)
{
  const UcPost *one = *(const UcPost *const *) a;
  const UcPost *other = *(const UcPost *const *) b;

  return (one->create_at_ms > other->create_at_ms) - (one->create_at_ms < other->create_at_ms);
}

/* NULL for what is left out: broken ones, and rows that are an earlier version of
 * another post (each edit makes one, with a fresh id and as if deleted). */
static UcPost *
read_member (JsonObject *posts, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_strconcat ("posts.", id, NULL);
  JsonNode        *node = json_object_get_member (posts, id);
  g_autoptr (UcPost) post = NULL;

  if (node == NULL) {
    g_debug ("Left out of a page: %s: not there", path);
    return NULL;
  }
  post = uc_wire_post_from_json (node, path, &error);
  if (post == NULL) {
    g_debug ("Left out of a page: %s", error->message);
    return NULL;
  }
  if (strcmp (post->id, id) != 0) {
    g_debug ("Left out of a page: %s: has another id", path);
    return NULL;
  }
  return *post->original_id == '\0' ? g_steal_pointer (&post) : NULL;
}

static void
read_others (UcPostPage *page, JsonObject *posts, GHashTable *ordered)
{
  JsonObjectIter iter;
  const char    *id;

  json_object_iter_init_ordered (&iter, posts);
  while (json_object_iter_next_ordered (&iter, &id, NULL)) {
    UcPost *post = g_hash_table_contains (ordered, id) ? NULL : read_member (posts, id);

    if (post != NULL)
      g_ptr_array_add (page->others, post);
  }
}

static void
count_replies (GHashTable *counts, GPtrArray *posts)
{
  for (guint i = 0; i < posts->len; i++) {
    const UcPost *post = g_ptr_array_index (posts, i);

    if (*post->root_id != '\0' && post->delete_at_ms == 0) {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, post->root_id));

      g_hash_table_insert (counts, post->root_id, GUINT_TO_POINTER (n + 1));
    }
  }
}

static void
raise_reply_counts (GHashTable *counts, GPtrArray *posts)
{
  for (guint i = 0; i < posts->len; i++) {
    UcPost *post = g_ptr_array_index (posts, i);
    int     n = GPOINTER_TO_INT (g_hash_table_lookup (counts, post->id));

    post->reply_count = MAX (post->reply_count, n);
  }
}

/* The newest page of some servers says that every root has no replies, and has the
 * replies beside it. */
static void
mend_reply_counts (UcPostPage *page)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);

  count_replies (counts, page->posts);
  count_replies (counts, page->others);
  raise_reply_counts (counts, page->posts);
  raise_reply_counts (counts, page->others);
}

/**
 * uc_wire_parse_post_page:
 * @body: an answer of posts
 *
 * Any thread.
 *
 * Errors: %UC_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the page
 */
UcPostPage *
uc_wire_parse_post_page (GBytes *body, GError **error)
{
  g_autoptr (JsonNode) root = _uc_wire_read_body (body, error);
  JsonObject *object = root != NULL ? uc_json_as_object (root, "page", error) : NULL;
  JsonObject *posts = uc_json_get_object (object, "posts");
  g_autoptr (UcPostPage) page = NULL;
  g_autoptr (GHashTable) ordered = NULL;
  g_auto (GStrv) order = NULL;

  if (object == NULL)
    return NULL;
  /* Something else's JSON must not pass for an empty channel. */
  if (!json_object_has_member (object, "order") || !json_object_has_member (object, "posts")) {
    g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "page.order: not there");
    return NULL;
  }

  page = g_new0 (UcPostPage, 1);
  page->posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  page->others = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  page->next_post_id = g_strdup ("");
  page->prev_post_id = g_strdup ("");
  _uc_wire_set_id (object, "next_post_id", &page->next_post_id);
  _uc_wire_set_id (object, "prev_post_id", &page->prev_post_id);

  order = uc_json_dup_strings (object, "order");
  page->n_raw = g_strv_length (order);
  ordered = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = page->n_raw; posts != NULL && i > 0; i--) {
    /* The order of a thread names some twice. */
    UcPost *post =
        g_hash_table_add (ordered, order[i - 1]) ? read_member (posts, order[i - 1]) : NULL;

    if (post != NULL)
      g_ptr_array_add (page->posts, post);
  }
  if (posts != NULL)
    read_others (page, posts, ordered);

  /* Nor is that of a thread sorted. */
  g_ptr_array_sort (page->posts, compare_age);
  g_ptr_array_sort (page->others, compare_age);
  mend_reply_counts (page);
  return g_steal_pointer (&page);
}

/**
 * uc_post_page_free:
 * @self: (transfer full) (nullable): a page
 */
void
uc_post_page_free (UcPostPage *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->posts, g_ptr_array_unref);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_free (self->next_post_id);
  g_free (self->prev_post_id);
  g_free (self);
}

/**
 * uc_wire_post_page_to_json:
 * @posts: (element-type UcPost): what the order names, newest first
 * @others: (element-type UcPost) (nullable): what comes along
 * @next_post_id: (nullable): the newer neighbour
 * @prev_post_id: (nullable): the older neighbour
 *
 * Any thread.
 *
 * Returns: (transfer full): the answer
 */
JsonNode *
uc_wire_post_page_to_json (GPtrArray  *posts,
                           GPtrArray  *others,
                           const char *next_post_id,
                           const char *prev_post_id)
{
  JsonObject *object = json_object_new ();
  JsonObject *map = json_object_new ();
  JsonArray  *order = json_array_new ();
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < posts->len; i++) {
    const UcPost *post = posts->pdata[i];

    json_array_add_string_element (order, post->id);
    json_object_set_member (map, post->id, uc_wire_post_to_json (post));
  }
  for (guint i = 0; others != NULL && i < others->len; i++) {
    const UcPost *post = others->pdata[i];

    json_object_set_member (map, post->id, uc_wire_post_to_json (post));
  }
  json_object_set_array_member (object, "order", order);
  json_object_set_object_member (object, "posts", map);
  json_object_set_string_member (object, "next_post_id", next_post_id != NULL ? next_post_id : "");
  json_object_set_string_member (object, "prev_post_id", prev_post_id != NULL ? prev_post_id : "");

  json_node_take_object (node, object);
  return node;
}
