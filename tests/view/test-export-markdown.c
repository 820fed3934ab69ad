/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-export-test.h"
#include "uc-test.h"

#include <string.h>

static char *
read_page (UcExportTest *self)
{
  g_autoptr (GPtrArray) names = uc_export_test_list (self);

  return uc_export_test_read (self, g_ptr_array_index (names, 2));
}

/* No line that is not a quotation comes from a message. */
static void
test_contained (void)
{
  g_autoptr (UcExportTest) self = uc_export_test_new ();
  g_autofree char *page = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_headings = 0;

  uc_export_test_run (self, "markdown");
  page = read_page (self);
  lines = g_strsplit (page, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    const char *line = lines[i];

    n_headings += *line == '#';
    if (*line == '>' || *line == '\0')
      continue;
    g_test_message ("%s", line);
    g_assert_null (strchr (line, '`'));
    g_assert_null (strstr (line, "<b>"));
    g_assert_true (*line == '#' || g_str_has_prefix (line, "**") || g_str_has_prefix (line, "- ") ||
                   g_str_has_prefix (line, "2026-11") || g_str_equal (line, "---") ||
                   g_str_has_prefix (line, "[All conversations](<index.md>)"));
  }
  g_assert_cmpuint (n_headings, ==, 1);
}

static void
test_content (void)
{
  g_autoptr (UcExportTest) self = uc_export_test_new ();
  g_autofree char *page = NULL;
  g_autofree char *index = NULL;

  uc_export_test_run (self, "markdown");
  page = read_page (self);
  g_assert_true (g_str_has_prefix (page, "# "));
  g_assert_nonnull (strstr (page, "\n**\\<b\\>Ben\\</b\\>"));
  g_assert_nonnull (strstr (page, " · 2026-11-20 12:00"));
  /* Tags are none, code and everything else is as it was written. */
  g_assert_nonnull (strstr (page, "\n> \\<script>alert(1)\\</script> & \"quoted\" \\<img src=x"));
  g_assert_nonnull (strstr (page, "\n> ```\n> unclosed <b>code</b>\n\n"));
  g_assert_nonnull (strstr (page, " and `<code>` and \\<https://example.org>"));
  g_assert_nonnull (strstr (page, "\n> > quoted\n>\n> # Heading\n>\n> - one\n>   - two\n"));
  g_assert_nonnull (strstr (page, "](<files/" EXPORT_FILE "-"));
  g_assert_nonnull (strstr (page, "lost\\.txt (7"));
  g_assert_nonnull (strstr (page, ", not on this computer)"));
  g_assert_nonnull (strstr (page, "- tada: ben\n"));
  index = uc_export_test_read (self, "index.md");
  g_assert_nonnull (strstr (index, "> A \\<draft>"));
  g_assert_nonnull (strstr (index, "- [2026-11](<"));
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/view/export-markdown/contained", test_contained);
  g_test_add_func ("/view/export-markdown/content", test_content);
  return g_test_run ();
}
