/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a message is about and how urgent it is, and the words for both. */

#include "config.h"

#include "uc-annotation.h"

#include "uc-record-private.h"

static const UcTextField annotation_texts[] = {
  UC_TEXT (UcAnnotation, model),
  UC_TEXT (UcAnnotation, actions),
};

static void
annotation_clear (gpointer record)
{
  _uc_record_clear (record, annotation_texts, G_N_ELEMENTS (annotation_texts));
}

static const char *const category_words[UC_N_CATEGORIES] = {
  [UC_CATEGORY_NONE] = "",
  [UC_CATEGORY_REQUEST] = "request",
  [UC_CATEGORY_QUESTION] = "question",
  [UC_CATEGORY_INCIDENT] = "incident",
  [UC_CATEGORY_SCHEDULING] = "scheduling",
  [UC_CATEGORY_DECISION] = "decision",
  [UC_CATEGORY_UPDATE] = "update",
  [UC_CATEGORY_SOCIAL] = "social",
};

static const char *const priority_words[UC_N_PRIORITIES] = {
  [UC_PRIORITY_NONE] = "",     [UC_PRIORITY_LOW] = "low",           [UC_PRIORITY_NORMAL] = "normal",
  [UC_PRIORITY_HIGH] = "high", [UC_PRIORITY_CRITICAL] = "critical",
};

/* The place of @word, 0 for none. */
static guint
find_word (const char *const *words, guint n_words, const char *word)
{
  for (guint i = 1; i < n_words; i++) {
    if (g_strcmp0 (words[i], word) == 0)
      return i;
  }
  return 0;
}

/**
 * uc_annotation_new:
 *
 * Returns: (transfer full): an empty annotation for the caller to fill before it is
 *   handed out
 */
UcAnnotation *
uc_annotation_new (void)
{
  return _uc_record_new (sizeof (UcAnnotation), annotation_texts, G_N_ELEMENTS (annotation_texts));
}

/**
 * uc_annotation_ref:
 * @self: a annotation
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
UcAnnotation *
uc_annotation_ref (const UcAnnotation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire ((UcAnnotation *) self);
}

/**
 * uc_annotation_unref:
 * @self: (transfer full): a annotation
 *
 * Any thread.
 */
void
uc_annotation_unref (UcAnnotation *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, annotation_clear);
}

/**
 * uc_category_from_string:
 * @word: (nullable): the word of the API
 *
 * Returns: the category, %UC_CATEGORY_NONE for a word it does not know
 */
UcCategory
uc_category_from_string (const char *word)
{
  return (UcCategory) find_word (category_words, UC_N_CATEGORIES, word);
}

/**
 * uc_category_to_string:
 *
 * Returns: the word of the API, "" for %UC_CATEGORY_NONE
 */
const char *
uc_category_to_string (UcCategory category)
{
  g_return_val_if_fail ((guint) category < UC_N_CATEGORIES, "");

  return category_words[category];
}

/**
 * uc_priority_from_string:
 * @word: (nullable): the word of the API
 *
 * Returns: the priority, %UC_PRIORITY_NONE for a word it does not know
 */
UcPriority
uc_priority_from_string (const char *word)
{
  return (UcPriority) find_word (priority_words, UC_N_PRIORITIES, word);
}

/**
 * uc_priority_to_string:
 *
 * Returns: the word of the API, "" for %UC_PRIORITY_NONE
 */
const char *
uc_priority_to_string (UcPriority priority)
{
  g_return_val_if_fail ((guint) priority < UC_N_PRIORITIES, "");

  return priority_words[priority];
}
