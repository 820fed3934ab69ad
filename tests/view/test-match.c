/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-match-private.h"

static UcMatch
match (const char *typed, const char *name)
{
  g_autofree char *folded = _uc_match_dup_folded (typed);

  return _uc_match_name (folded, name);
}

static void
test_match (void)
{
  g_assert_cmpint (match ("anna", "Anna"), ==, UC_MATCH_WHOLE);
  g_assert_cmpint (match ("an", "Anna Ek"), ==, UC_MATCH_START);
  g_assert_cmpint (match ("EK", "Anna Ek"), ==, UC_MATCH_WORD);
  g_assert_cmpint (match ("town-s", "the town-square"), ==, UC_MATCH_WORD);
  g_assert_cmpint (match ("square", "town-square"), ==, UC_MATCH_WORD);
  /* The better place counts, wherever it is. */
  g_assert_cmpint (match ("ek", "Rebekka Ek"), ==, UC_MATCH_WORD);
  g_assert_cmpint (match ("nn", "Anna"), ==, UC_MATCH_INSIDE);
  g_assert_cmpint (match ("x", "Anna"), ==, UC_MATCH_NONE);
  g_assert_cmpint (match ("annab", "Anna"), ==, UC_MATCH_NONE);
  g_assert_cmpint (match ("", "Anna"), ==, UC_MATCH_START);
  /* Accents, width and case do not count, on either side. */
  g_assert_cmpint (match ("oster", "Österreich"), ==, UC_MATCH_START);
  g_assert_cmpint (match ("ÖSTER", "osterreich"), ==, UC_MATCH_START);
  g_assert_cmpint (match ("strasse", "Straße"), ==, UC_MATCH_WHOLE);
  g_assert_cmpint (match ("abc", "ａｂｃ"), ==, UC_MATCH_WHOLE);
  g_assert_cmpint (match ("小明", "王小明"), ==, UC_MATCH_INSIDE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/view/match", test_match);
  return g_test_run ();
}
