/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One found message. */

#include "config.h"

#include "uc-search-private.h"

#include "uc-sanitize.h"

struct _UcSearchItem {
  GObject parent_instance;

  UcMessage *message; /* (owned) */
  char      *snippet; /* (owned) */
  gboolean   is_from_server;
};

G_DEFINE_FINAL_TYPE (UcSearchItem, uc_search_item, G_TYPE_OBJECT)

#define MARK_START 0x02
#define MARK_END   0x03

static void
uc_search_item_finalize (GObject *object)
{
  UcSearchItem *self = UC_SEARCH_ITEM (object);

  g_clear_pointer (&self->message, uc_message_unref);
  g_free (self->snippet);

  G_OBJECT_CLASS (uc_search_item_parent_class)->finalize (object);
}

static void
uc_search_item_class_init (UcSearchItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = uc_search_item_finalize;
}

static void
uc_search_item_init (UcSearchItem *self)
{
}

/* Between the marks lies what somebody wrote; the marks alone are ours. */
static char *
dup_clean (const char *snippet)
{
  GString *out = g_string_new (NULL);

  while (*snippet != '\0') {
    const char      *end = snippet;
    g_autofree char *clean = NULL;

    if (*snippet == MARK_START || *snippet == MARK_END) {
      g_string_append_c (out, *snippet++);
      continue;
    }
    while (*end != '\0' && *end != MARK_START && *end != MARK_END)
      end++;
    clean = uc_sanitize_text (snippet, end - snippet);
    g_string_append (out, clean);
    snippet = end;
  }
  return g_string_free_and_steal (out);
}

UcSearchItem *
_uc_search_item_new (const UcSearchHit *hit, gboolean is_from_server)
{
  UcSearchItem *self = g_object_new (UC_TYPE_SEARCH_ITEM, NULL);

  self->message = uc_message_ref (hit->message);
  self->snippet = dup_clean (hit->snippet);
  self->is_from_server = is_from_server;
  return self;
}

/**
 * uc_search_item_get_message:
 * @self: an item
 *
 * Returns: (transfer none): what was found, as it was then
 */
UcMessage *
uc_search_item_get_message (UcSearchItem *self)
{
  g_return_val_if_fail (UC_IS_SEARCH_ITEM (self), NULL);

  return self->message;
}

/**
 * uc_search_item_get_snippet:
 * @self: an item
 *
 * Returns: (transfer none): the part of its text that fits, found words between U+0002
 *   and U+0003
 */
const char *
uc_search_item_get_snippet (UcSearchItem *self)
{
  g_return_val_if_fail (UC_IS_SEARCH_ITEM (self), NULL);

  return self->snippet;
}

/**
 * uc_search_item_is_from_server:
 * @self: an item
 *
 * Returns: %TRUE when only the server had it when the search began
 */
gboolean
uc_search_item_is_from_server (UcSearchItem *self)
{
  g_return_val_if_fail (UC_IS_SEARCH_ITEM (self), FALSE);

  return self->is_from_server;
}
