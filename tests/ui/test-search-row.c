/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Snippets lose their marks, and the found words are where the attributes are. */

#include "config.h"

#include "uc-search-row.h"

#include "uc-display.h"

/* The text with [ ] around what is bold. */
static char *
show (const char *snippet)
{
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autofree char   *text = uc_search_row_dup_snippet (snippet, &attributes);
  PangoAttrIterator *iterator = pango_attr_list_get_iterator (attributes);
  GString           *shown = g_string_new (NULL);
  int                start, end;

  do {
    PangoAttribute *bold = pango_attr_iterator_get (iterator, PANGO_ATTR_WEIGHT);

    pango_attr_iterator_range (iterator, &start, &end);
    end = MIN (end, (int) strlen (text));
    if (start >= end)
      continue;
    g_string_append (shown, bold != NULL ? "[" : "");
    g_string_append_len (shown, text + start, end - start);
    g_string_append (shown, bold != NULL ? "]" : "");
  } while (pango_attr_iterator_next (iterator));
  pango_attr_iterator_destroy (iterator);

  return g_string_free (shown, FALSE);
}

static void
test_snippets (void)
{
  static const struct {
    const char *snippet, *shown;
  } rows[] = {
    { "", "" },
    { "nothing found", "nothing found" },
    { "the \002pump\003 is \002down\003", "the [pump] is [down]" },
    { "\002Grüße\003 an alle", "[Grüße] an alle" },
    { "one\nline", "one line" },
    { "no \002end", "no [end]" },
    { "no\003 begin", "no begin" },
    { "\002\003empty", "empty" },
    { "<b>&amp;</b> \002<i>\003", "<b>&amp;</b> [<i>]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *shown = show (rows[i].snippet);

    g_assert_cmpstr (shown, ==, rows[i].shown);
  }
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  g_test_add_func ("/ui/search-row/snippets", test_snippets);

  return g_test_run ();
}
