/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-export-private.h"
#include "uc-export-test.h"
#include "uc-test.h"

#include <string.h>

/* Every tag that is written closes, in order, and is one of ours. */
static void
assert_balanced (const char *html)
{
  static const char *const known[] = { "html", "head",    "title",      "style", "body",  "nav",
                                       "h1",   "h2",      "bdi",        "main",  "p",     "a",
                                       "span", "article", "header",     "time",  "div",   "b",
                                       "i",    "s",       "code",       "pre",   "table", "tr",
                                       "td",   "th",      "blockquote", NULL };
  static const char *const single[] = { "meta", "img", "hr", "!DOCTYPE", NULL };
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);

  for (const char *p = strchr (html, '<'); p != NULL; p = strchr (p + 1, '<')) {
    gboolean         is_end = p[1] == '/';
    const char      *start = p + (is_end ? 2 : 1);
    g_autofree char *name = g_strndup (start, strcspn (start, " >"));

    g_assert_nonnull (strchr (p, '>'));
    if (g_strv_contains (single, name))
      continue;
    if (!g_strv_contains (known, name))
      g_test_message ("unknown: %.40s", p);
    g_assert_true (g_strv_contains (known, name));
    if (!is_end) {
      g_ptr_array_add (open, g_steal_pointer (&name));
      continue;
    }
    g_assert_cmpuint (open->len, >, 0);
    g_assert_cmpstr (g_ptr_array_index (open, open->len - 1), ==, name);
    g_ptr_array_remove_index (open, open->len - 1);
  }
  g_assert_cmpuint (open->len, ==, 0);
}

static void
test_safe (void)
{
  g_autoptr (UcExportTest) self = uc_export_test_new ();
  g_autoptr (GPtrArray) names = NULL;

  uc_export_test_run (self, "html");
  names = uc_export_test_list (self);
  for (guint i = 0; i < names->len; i++) {
    const char      *name = g_ptr_array_index (names, i);
    g_autofree char *html = NULL;

    if (!g_str_has_suffix (name, ".html"))
      continue;
    html = uc_export_test_read (self, name);
    assert_balanced (html);
    g_assert_nonnull (strstr (html, "Content-Security-Policy"));
    g_assert_nonnull (strstr (html, "default-src &#39;none&#39;") != NULL
                          ? html
                          : strstr (html, "default-src 'none'"));
    g_assert_null (strstr (html, "<script"));
    g_assert_null (strstr (html, "<img src"));
    g_assert_null (strstr (html, "href=\"javascript"));
    g_assert_null (strstr (html, "\xe2\x80\xae"));
  }
}

static void
test_content (void)
{
  g_autoptr (UcExportTest) self = uc_export_test_new ();
  g_autofree char *index = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *page = NULL;

  uc_export_test_run (self, "html");
  names = uc_export_test_list (self);
  page = uc_export_test_read (self, g_ptr_array_index (names, 2));
  g_assert_nonnull (strstr (page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
  g_assert_nonnull (strstr (page, "href=\"https://example.org/?a=1&amp;b="));
  g_assert_nonnull (strstr (page, "<pre><code>unclosed &lt;b&gt;code&lt;/b&gt;"));
  g_assert_nonnull (strstr (page, "<blockquote>"));
  g_assert_nonnull (strstr (page, "<th>a</th><th>b</th>"));
  g_assert_nonnull (strstr (page, "class=\"message reply\""));
  g_assert_nonnull (strstr (page, "tada: ben"));
  g_assert_nonnull (strstr (page, "<img loading=\"lazy\" alt=\""));
  g_assert_nonnull (strstr (page, "not on this computer"));
  g_assert_nonnull (strstr (page, "<time datetime=\"2026-11-20T12:00:01+00:00\">"));
  index = uc_export_test_read (self, "index.html");
  g_assert_nonnull (strstr (index, "A &lt;draft&gt;"));
  g_assert_nonnull (strstr (index, ">2026-10</a>"));
}

static void
test_text (void)
{
  static const struct {
    const char *markdown;
    const char *html;
  } cases[] = {
    { "plain", "<p>plain</p>\n" },
    { "**b** _i_ ~~s~~ `c`", "<p><b>b</b> <i>i</i> <s>s</s> <code>c</code></p>\n" },
    { "> a\n> > b\n\nc",
      "<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</blockquote>\n<p>c</p>\n" },
    { "---", "<hr>\n" },
    { "# h", "<p class=\"heading h1\">h</p>\n" },
    { "- x", "<p class=\"item i1\"><span class=\"marker\">•</span> x</p>\n" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GString) out = g_string_new (NULL);

    _uc_export_html_append_text (out, cases[i].markdown);
    g_assert_cmpstr (out->str, ==, cases[i].html);
  }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/view/export-html/safe", test_safe);
  g_test_add_func ("/view/export-html/content", test_content);
  g_test_add_func ("/view/export-html/text", test_text);
  return g_test_run ();
}
