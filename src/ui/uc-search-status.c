/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said about a search beside its results. */

#include "config.h"

#include "uc-search-status.h"

#include <glib/gi18n.h>

static guint
get_n_items (UcSearch *search)
{
  return g_list_model_get_n_items (G_LIST_MODEL (search));
}

/**
 * uc_search_status_dup_count:
 * @search: a search
 *
 * Returns: (transfer full): how many messages are listed, "" for none
 */
char *
uc_search_status_dup_count (UcSearch *search)
{
  const guint n = get_n_items (search);

  if (n == 0)
    return g_strdup ("");
  if (uc_search_has_more (search))
    /* Translators: of a list that goes on; %u is 40 or more. */
    return g_strdup_printf (ngettext ("More than %u message", "More than %u messages", n), n);
  if (uc_search_get_order (search) == UC_SEARCH_RELEVANT)
    /* Translators: of messages, by relevance; there may be more. */
    return g_strdup_printf (ngettext ("The %u most relevant", "The %u most relevant", n), n);

  return g_strdup_printf (ngettext ("%u message", "%u messages", n), n);
}

/**
 * uc_search_status_dup_server:
 * @search: a search
 *
 * Returns: (transfer full): how far the server is
 */
char *
uc_search_status_dup_server (UcSearch *search)
{
  const guint n = uc_search_get_n_from_server (search);

  switch (uc_search_get_server (search)) {
  case UC_SEARCH_SERVER_ASKED:
    return g_strdup (_ ("Searching the server…"));
  case UC_SEARCH_SERVER_OFFLINE:
    return g_strdup (_ ("Offline: only what is stored here was searched"));
  case UC_SEARCH_SERVER_FAILED:
    return g_strdup (_ ("The server could not be searched"));
  case UC_SEARCH_SERVER_DONE:
    if (n == 0)
      return g_strdup ("");
    return g_strdup_printf (ngettext ("%u from the server", "%u from the server", n), n);
  case UC_SEARCH_SERVER_NONE:
  default:
    return g_strdup ("");
  }
}

/**
 * uc_search_status_dup:
 * @search: a search
 *
 * Returns: (transfer full): how it stands, "" while there is nothing to tell
 */
char *
uc_search_status_dup (UcSearch *search)
{
  g_autofree char *count = uc_search_status_dup_count (search);
  g_autofree char *server = uc_search_status_dup_server (search);

  if (*count == '\0' || *server == '\0')
    return g_strconcat (count, server, NULL);

  /* Translators: "12 messages", then what the server does. */
  return g_strdup_printf (C_ ("search status", "%s · %s"), count, server);
}

/**
 * uc_search_status_dup_end:
 * @search: a search with results
 *
 * Returns: (transfer full): that there is more, or no more
 */
char *
uc_search_status_dup_end (UcSearch *search)
{
  if (uc_search_has_more (search))
    return g_strdup (_ ("Loading older messages…"));
  if (uc_search_get_order (search) == UC_SEARCH_RELEVANT)
    return g_strdup (_ ("These are the most relevant messages"));

  return g_strdup (_ ("No older messages fit"));
}
