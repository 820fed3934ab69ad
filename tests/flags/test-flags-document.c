/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "flags-test.h"
#include "uc-error.h"
#include "uc-limits.h"

#include <string.h>

#define ON "{\"enabled\":true}"

static void
assert_refused (UcFlags *flags, const char *document)
{
  g_autoptr (GError) error = NULL;
  gboolean is_newer = TRUE;

  if (uc_flags_take_document (flags, document, UC_FLAG_FROM_SERVER, 0, &is_newer, &error))
    g_error ("Taken: %.200s", document);
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_assert_false (is_newer);
}

/* The last good document stays in force, whatever comes. */
static void
test_hostile (void)
{
  static const char *const documents[] = {
    "",
    "<html>Please sign in</html>",
    "null",
    "[]",
    "{}",
    "{\"revision\":99}",
    "{\"flags\":{}}",
    "{\"revision\":\"99\",\"flags\":{}}",
    "{\"revision\":99.5,\"flags\":{}}",
    "{\"revision\":-1,\"flags\":{}}",
    "{\"revision\":99,\"flags\":[]}",
    "{\"revision\":99999999999999999999,\"flags\":{}}",
    "{\"revision\":99,\"flags\":{\"ai_mode\":true}}",
    "{\"revision\":99,\"flags\":{\"ai_mode\":null}}",
    "{\"revision\":99,\"flags\":{\"ai-mode\":7}}",
    "{\"revision\":99,\"flags\":{\"ai_mode\":{\"enabled\":\"no\"}}}",
    "{\"revision\":99,\"flags\":{\"realtime_features\":{},\"ai_mode\":{\"roles\":7}}}",
    "{\"revision\":99,\"flags\":{\"ai_mode\":{\"enabled\":true}}",
  };
  g_autoptr (UcFlags) flags = uc_flags_new ();
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *filler = g_strnfill (UC_LIMIT_FLAGS_BYTES, ' ');
  g_autofree char *large = g_strconcat ("{\"revision\":99,\"flags\":{}}", filler, NULL);
  g_autofree char *kept = NULL;

  flags_test_take (flags, 3, "performance_monitoring", ON, UC_FLAG_FROM_SERVER);
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    assert_refused (flags, documents[i]);
  assert_refused (flags, deep);
  assert_refused (flags, large);

  g_assert_cmpint (uc_flags_get_revision (flags), ==, 3);
  g_assert_true (uc_flags_is_on (flags, UC_FLAG_performance_monitoring));
  kept = uc_flags_dup_document (flags);
  g_assert_nonnull (strstr (kept, "\"revision\":3"));
}

/* What another version knows is not ours to judge. */
static void
test_unknown (void)
{
  g_autoptr (UcFlags) flags = uc_flags_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (uc_flags_take_document (
      flags,
      "{\"revision\":1,\"new\":7,\"context\":7,\"flags\":{\"teleport\":true,\"x-y\":{\"roles\":7},"
      "\"performance_monitoring\":{\"enabled\":true,\"novel\":[1]}}}",
      UC_FLAG_FROM_SERVER, 0, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (uc_flags_is_on (flags, UC_FLAG_performance_monitoring));
}

static void
test_spelling (void)
{
  g_autoptr (UcFlags) flags = uc_flags_new ();

  flags_test_take (flags, 1, "performance-monitoring", ON, UC_FLAG_FROM_SERVER);
  g_assert_true (uc_flags_is_on (flags, UC_FLAG_performance_monitoring));
  /* Both: the proper name counts, in either order. */
  flags_test_take (flags, 2, "performance-monitoring",
                   ON ",\"performance_monitoring\":{\"enabled\":false}", UC_FLAG_FROM_SERVER);
  g_assert_false (uc_flags_is_on (flags, UC_FLAG_performance_monitoring));
  flags_test_take (flags, 3, "performance_monitoring",
                   ON ",\"performance-monitoring\":{\"enabled\":false}", UC_FLAG_FROM_SERVER);
  g_assert_true (uc_flags_is_on (flags, UC_FLAG_performance_monitoring));
}

static void
test_largest (void)
{
  g_autoptr (UcFlags) flags = uc_flags_new ();
  g_autofree char *filler = g_strnfill (UC_LIMIT_FLAGS_BYTES - 26, ' ');
  g_autofree char *document = g_strconcat ("{\"revision\":99,\"flags\":{}}", filler, NULL);

  g_assert_cmpuint (strlen (document), ==, UC_LIMIT_FLAGS_BYTES);
  g_assert_true (uc_flags_take_document (flags, document, UC_FLAG_FROM_SERVER, 0, NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  flags_test_clear_environment ();
  g_test_add_func ("/flags/document/hostile", test_hostile);
  g_test_add_func ("/flags/document/unknown", test_unknown);
  g_test_add_func ("/flags/document/spelling", test_spelling);
  g_test_add_func ("/flags/document/largest", test_largest);
  return g_test_run ();
}
