/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a search tells of itself: how far it is, and what is wrong with it. */

#include "config.h"

#include "uc-search-private.h"

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
 * uc_search_is_settled:
 * @self: a search
 *
 * Returns: %TRUE when what is listed answers the query, or nothing is asked
 */
gboolean
uc_search_is_settled (UcSearch *self)
{
  g_return_val_if_fail (UC_IS_SEARCH (self), FALSE);

  return !self->is_searching && self->error == NULL;
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

/**
 * uc_search_get_error_place:
 * @self: a search
 * @start: (out): where in the query the mistake begins, in bytes
 * @end: (out): the byte behind it
 *
 * Returns: %FALSE when there is none, or its place is not known
 */
gboolean
uc_search_get_error_place (UcSearch *self, gsize *start, gsize *end)
{
  g_return_val_if_fail (UC_IS_SEARCH (self), FALSE);
  g_return_val_if_fail (start != NULL && end != NULL, FALSE);

  *start = self->error_start;
  *end = self->error_end;
  return self->error != NULL && self->error_end > self->error_start;
}

/**
 * uc_search_get_server:
 * @self: a search
 *
 * Returns: how far the server's part is
 */
UcSearchServer
uc_search_get_server (UcSearch *self)
{
  g_return_val_if_fail (UC_IS_SEARCH (self), UC_SEARCH_SERVER_NONE);

  return self->server;
}

/**
 * uc_search_get_n_from_server:
 * @self: a search
 *
 * Returns: how many of the results only the server had
 */
guint
uc_search_get_n_from_server (UcSearch *self)
{
  g_return_val_if_fail (UC_IS_SEARCH (self), 0);

  return self->n_from_server;
}
