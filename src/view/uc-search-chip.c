/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The text of a search as filters and words, and back. What an operator is, is the
 * store's matter (uc-query-scan); here is only what is shown as one. Pure.
 */

#include "config.h"

#include "uc-search-chip.h"

#include "uc-query-scan.h"

#include <string.h>

/**
 * uc_search_chip_new:
 * @name: of an operator, in lower case and without the colon
 * @value: what follows it
 * @is_negated: whether it is turned round
 *
 * Returns: (transfer full): a filter
 */
UcSearchChip *
uc_search_chip_new (const char *name, const char *value, gboolean is_negated)
{
  UcSearchChip *self;

  g_return_val_if_fail (name != NULL && value != NULL, NULL);

  self = g_new0 (UcSearchChip, 1);
  self->name = g_strdup (name);
  self->value = g_strdup (value);
  self->is_negated = is_negated;
  return self;
}

void
uc_search_chip_free (UcSearchChip *self)
{
  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

/**
 * uc_search_chip_equal:
 *
 * Returns: %TRUE when both narrow in the same way
 */
gboolean
uc_search_chip_equal (const UcSearchChip *a, const UcSearchChip *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->is_negated == b->is_negated && g_str_equal (a->name, b->name) &&
         g_ascii_strcasecmp (a->value, b->value) == 0;
}

static gboolean
is_at (const UcQueryToken *token, gssize cursor)
{
  return cursor >= (gssize) token->start && cursor <= (gssize) token->end;
}

static gboolean
is_finished (const UcQueryToken *token, gssize cursor)
{
  return token->kind == UC_QUERY_OPERATOR && *token->value != '\0' && !token->is_open &&
         !is_at (token, cursor);
}

/* Cutting something out of the middle must not leave two spaces where one was. */
static void
cut (GString *text, gsize start, gsize end)
{
  if (end < text->len && text->str[end] == ' ')
    end++;
  g_string_erase (text, (gssize) start, (gssize) (end - start));
}

/**
 * uc_search_chips_take:
 * @text: what was typed, UTF-8
 * @cursor: where the cursor is, in bytes; -1 for nowhere: then all is finished
 * @rest: (out) (transfer full): @text without the operators that were taken
 *
 * Takes the finished operators out of @text. The one that the cursor stands in is still
 * being typed.
 *
 * Returns: (transfer full) (element-type UcSearchChip): those, in order
 */
GPtrArray *
uc_search_chips_take (const char *text, gssize cursor, char **rest)
{
  GPtrArray *chips = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_search_chip_free);
  g_autoptr (GPtrArray) tokens = NULL;
  g_autoptr (GString) left = NULL;

  g_return_val_if_fail (text != NULL && rest != NULL, chips);

  tokens = uc_query_scan (text);
  left = g_string_new (text);
  for (guint i = tokens->len; i > 0; i--) {
    const UcQueryToken *token = g_ptr_array_index (tokens, i - 1);

    if (!is_finished (token, cursor))
      continue;
    g_ptr_array_insert (chips, 0,
                        uc_search_chip_new (token->name, token->value, token->is_negated));
    cut (left, token->start, token->end);
  }
  *rest = g_string_free (g_steal_pointer (&left), FALSE);
  return chips;
}

/**
 * uc_search_chips_join:
 * @chips: (element-type UcSearchChip): filters
 * @rest: words
 *
 * Returns: (transfer full): the whole as one query, the filters first
 */
char *
uc_search_chips_join (GPtrArray *chips, const char *rest)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (chips != NULL && rest != NULL, g_string_free (text, FALSE));

  for (guint i = 0; i < chips->len; i++) {
    const UcSearchChip *chip = g_ptr_array_index (chips, i);
    g_autofree char    *part = uc_query_format_operator (chip->name, chip->value, chip->is_negated);

    if (i > 0)
      g_string_append_c (text, ' ');
    g_string_append (text, part);
  }
  if (chips->len > 0 && *rest != '\0')
    g_string_append_c (text, ' ');
  g_string_append (text, rest);
  return g_string_free (text, FALSE);
}

/**
 * uc_search_chips_find:
 * @chips: (element-type UcSearchChip): filters
 * @start: a place in what uc_search_chips_join() made of them, in bytes
 * @rest_start: (out): where the words begin in that
 *
 * Returns: the filter that @start lies in, -1 for none: then it lies in the words
 */
int
uc_search_chips_find (GPtrArray *chips, gsize start, gsize *rest_start)
{
  gsize at = 0;
  int   found = -1;

  g_return_val_if_fail (chips != NULL && rest_start != NULL, -1);

  for (guint i = 0; i < chips->len; i++) {
    const UcSearchChip *chip = g_ptr_array_index (chips, i);
    g_autofree char    *part = uc_query_format_operator (chip->name, chip->value, chip->is_negated);

    if (found < 0 && start >= at && start < at + strlen (part))
      found = (int) i;
    at += strlen (part) + 1;
  }
  *rest_start = at;
  return found;
}

static char *
dup_typed_value (const char *text, const UcQueryToken *token, gsize cursor)
{
  gsize from = token->value_start;

  if (from < cursor && text[from] == '"')
    from++;
  return from < cursor ? g_strndup (text + from, cursor - from) : g_strdup ("");
}

/**
 * uc_search_find_typed:
 * @text: what was typed
 * @cursor: where the cursor is, in bytes
 * @start: (out): where the operator begins, in bytes
 * @end: (out): the byte behind it
 * @name: (out) (transfer full): of the operator
 * @value: (out) (transfer full): what stands between its colon and the cursor
 *
 * Whether an operator's value is being typed at the cursor, which may be completed.
 */
gboolean
uc_search_find_typed (const char *text,
                      gsize       cursor,
                      gsize      *start,
                      gsize      *end,
                      char      **name,
                      char      **value)
{
  g_autoptr (GPtrArray) tokens = NULL;

  g_return_val_if_fail (text != NULL && cursor <= strlen (text), FALSE);

  tokens = uc_query_scan (text);
  for (guint i = 0; i < tokens->len; i++) {
    const UcQueryToken *token = g_ptr_array_index (tokens, i);

    if (token->kind != UC_QUERY_OPERATOR || !is_at (token, (gssize) cursor) ||
        cursor < token->start + (token->is_negated ? 1 : 0) + strlen (token->name) + 1)
      continue;
    *start = token->start;
    *end = token->end;
    *name = g_strdup (token->name);
    *value = dup_typed_value (text, token, cursor);
    return TRUE;
  }
  return FALSE;
}

/**
 * uc_search_dup_settled:
 * @text: what was typed
 * @cursor: where the cursor is, in bytes; -1 for nowhere
 *
 * Half an operator finds nothing and an OR without its right side is a mistake, but
 * neither should be told to somebody who is still typing it.
 *
 * Returns: (transfer full): @text without what is only half there at the cursor
 */
char *
uc_search_dup_settled (const char *text, gssize cursor)
{
  g_autoptr (GPtrArray) tokens = NULL;
  g_autoptr (GString) left = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  tokens = uc_query_scan (text);
  left = g_string_new (text);
  for (guint i = tokens->len; i > 0; i--) {
    const UcQueryToken *token = g_ptr_array_index (tokens, i - 1);

    if ((token->kind == UC_QUERY_OPERATOR && is_at (token, cursor)) ||
        (token->kind == UC_QUERY_OR && i == tokens->len && cursor >= (gssize) token->end))
      cut (left, token->start, token->end);
  }
  return g_string_free (g_steal_pointer (&left), FALSE);
}
