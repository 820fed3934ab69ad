/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One suggestion for a word. */

#include "config.h"

#include "uc-completion-private.h"

struct _UcCompletionItem {
  GObject parent_instance;

  UcCompletionKind kind;
  char            *id;     /* (owned) */
  char            *insert; /* (owned) */
  char            *title;  /* (owned) */
  char            *detail; /* (owned) */
};

G_DEFINE_FINAL_TYPE (UcCompletionItem, uc_completion_item, G_TYPE_OBJECT)

static void
uc_completion_item_finalize (GObject *object)
{
  UcCompletionItem *self = UC_COMPLETION_ITEM (object);

  g_free (self->id);
  g_free (self->insert);
  g_free (self->title);
  g_free (self->detail);

  G_OBJECT_CLASS (uc_completion_item_parent_class)->finalize (object);
}

static void
uc_completion_item_class_init (UcCompletionItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = uc_completion_item_finalize;
}

static void
uc_completion_item_init (UcCompletionItem *self)
{
}

UcCompletionItem *
_uc_completion_item_new (UcCompletionKind kind,
                         const char      *id,
                         char            *insert,
                         char            *title,
                         const char      *detail)
{
  UcCompletionItem *self = g_object_new (UC_TYPE_COMPLETION_ITEM, NULL);

  self->kind = kind;
  self->id = g_strdup (id);
  self->insert = insert;
  self->title = title;
  self->detail = g_strdup (detail);
  return self;
}

/**
 * uc_completion_item_get_kind:
 * @self: an item
 *
 * Returns: what is suggested
 */
UcCompletionKind
uc_completion_item_get_kind (UcCompletionItem *self)
{
  g_return_val_if_fail (UC_IS_COMPLETION_ITEM (self), UC_COMPLETE_USER);

  return self->kind;
}

/**
 * uc_completion_item_get_id:
 * @self: an item
 *
 * Returns: (transfer none): of a user or a channel its id, else ""
 */
const char *
uc_completion_item_get_id (UcCompletionItem *self)
{
  g_return_val_if_fail (UC_IS_COMPLETION_ITEM (self), NULL);

  return self->id;
}

/**
 * uc_completion_item_get_insert:
 * @self: an item
 *
 * Returns: (transfer none): what takes the place of the word, with its trigger
 */
const char *
uc_completion_item_get_insert (UcCompletionItem *self)
{
  g_return_val_if_fail (UC_IS_COMPLETION_ITEM (self), NULL);

  return self->insert;
}

/**
 * uc_completion_item_get_title:
 * @self: an item
 *
 * Returns: (transfer none): what it is called
 */
const char *
uc_completion_item_get_title (UcCompletionItem *self)
{
  g_return_val_if_fail (UC_IS_COMPLETION_ITEM (self), NULL);

  return self->title;
}

/**
 * uc_completion_item_get_detail:
 * @self: an item
 *
 * Returns: (transfer none): what tells it from others of that name; may be ""
 */
const char *
uc_completion_item_get_detail (UcCompletionItem *self)
{
  g_return_val_if_fail (UC_IS_COMPLETION_ITEM (self), NULL);

  return self->detail;
}
