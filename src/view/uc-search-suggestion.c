/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A value that may follow an operator. */

#include "config.h"

#include "uc-search-suggest-private.h"

struct _UcSearchSuggestion {
  GObject parent_instance;

  char *value;   /* (owned) */
  char *title;   /* (owned) */
  char *detail;  /* (owned) */
  char *user_id; /* (owned) */

  const char *icon_name; /* (unowned) static */
};

G_DEFINE_FINAL_TYPE (UcSearchSuggestion, uc_search_suggestion, G_TYPE_OBJECT)

static void
uc_search_suggestion_finalize (GObject *object)
{
  UcSearchSuggestion *self = UC_SEARCH_SUGGESTION (object);

  g_free (self->value);
  g_free (self->title);
  g_free (self->detail);
  g_free (self->user_id);

  G_OBJECT_CLASS (uc_search_suggestion_parent_class)->finalize (object);
}

static void
uc_search_suggestion_class_init (UcSearchSuggestionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = uc_search_suggestion_finalize;
}

static void
uc_search_suggestion_init (UcSearchSuggestion *self)
{
}

UcSearchSuggestion *
_uc_search_suggestion_new (const char *value,
                           const char *title,
                           const char *detail,
                           const char *user_id,
                           const char *icon_name)
{
  UcSearchSuggestion *self = g_object_new (UC_TYPE_SEARCH_SUGGESTION, NULL);

  self->value = g_strdup (value);
  self->title = g_strdup (title);
  self->detail = g_strdup (detail);
  self->user_id = g_strdup (user_id);
  self->icon_name = icon_name;
  return self;
}

/**
 * uc_search_suggestion_get_value:
 *
 * Returns: (transfer none): what follows the colon, without quotes; "" for a day that is
 *   still to be chosen
 */
const char *
uc_search_suggestion_get_value (UcSearchSuggestion *self)
{
  g_return_val_if_fail (UC_IS_SEARCH_SUGGESTION (self), NULL);

  return self->value;
}

/**
 * uc_search_suggestion_get_title:
 *
 * Returns: (transfer none): what that is called
 */
const char *
uc_search_suggestion_get_title (UcSearchSuggestion *self)
{
  g_return_val_if_fail (UC_IS_SEARCH_SUGGESTION (self), NULL);

  return self->title;
}

/**
 * uc_search_suggestion_get_detail:
 *
 * Returns: (transfer none): what else to know, "" for nothing
 */
const char *
uc_search_suggestion_get_detail (UcSearchSuggestion *self)
{
  g_return_val_if_fail (UC_IS_SEARCH_SUGGESTION (self), NULL);

  return self->detail;
}

/**
 * uc_search_suggestion_get_icon_name:
 *
 * Returns: (transfer none): a symbolic icon
 */
const char *
uc_search_suggestion_get_icon_name (UcSearchSuggestion *self)
{
  g_return_val_if_fail (UC_IS_SEARCH_SUGGESTION (self), NULL);

  return self->icon_name;
}

/**
 * uc_search_suggestion_get_user_id:
 *
 * Returns: (transfer none): a person, "" for none
 */
const char *
uc_search_suggestion_get_user_id (UcSearchSuggestion *self)
{
  g_return_val_if_fail (UC_IS_SEARCH_SUGGESTION (self), NULL);

  return self->user_id;
}
