/* SPDX-License-Identifier: GPL-3.0-or-later */

/* uc_places (TABLE): where in a row of a full-text index the parts of its query stand,
 * "WHAT WORD WHAT WORD …", both counted from 0, in the order of the text. It reads the
 * index alone: unlike bm25() it needs neither the sizes of rows, which the index here
 * does not keep, nor a walk over every row that has the word. */

#include "config.h"

#include "uc-db-private.h"

#define MAX_PLACES 64

static void
places (const Fts5ExtensionApi *api,
        Fts5Context            *context,
        sqlite3_context        *result,
        int                     n_values,
        sqlite3_value         **values)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int n_places = 0;
  int code = api->xInstCount (context, &n_places);

  for (int i = 0; i < MIN (n_places, MAX_PLACES) && code == SQLITE_OK; i++) {
    int what = 0;
    int column = 0;
    int word = 0;

    code = api->xInst (context, i, &what, &column, &word);
    g_string_append_printf (text, "%s%d %d", i > 0 ? " " : "", what, word);
  }
  if (code != SQLITE_OK)
    sqlite3_result_error_code (result, code);
  else
    sqlite3_result_text (result, text->str, (int) text->len, SQLITE_TRANSIENT);
}

gboolean
_uc_places_register (fts5_api *api)
{
  return api->xCreateFunction (api, "uc_places", NULL, places, NULL) == SQLITE_OK;
}
