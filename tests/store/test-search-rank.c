/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-message.h"
#include "uc-search-rank-private.h"

#define NOW_MS G_GINT64_CONSTANT (1795176000000)
#define DAY_MS G_GINT64_CONSTANT (86400000)

/* @places: as uc_places() gives them. Today, of twenty words, unless changed. */
static UcSearchCandidate *
add (GPtrArray *candidates, const char *name, const char *places)
{
  UcSearchCandidate *candidate = _uc_search_candidate_new ();

  candidate->snippet = g_strdup (name);
  candidate->seq = UC_SEQ_FROM_MS (NOW_MS) + candidates->len;
  candidate->n_words = 20;
  candidate->places = _uc_search_read_places (places);
  g_ptr_array_add (candidates, candidate);
  return candidate;
}

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) _uc_search_candidate_free);
}

static void
assert_order (GPtrArray *candidates, const char *wanted)
{
  g_autoptr (GString) order = g_string_new (NULL);

  _uc_search_rank (candidates, NOW_MS);
  for (guint i = 0; i < candidates->len; i++) {
    const UcSearchCandidate *candidate = g_ptr_array_index (candidates, i);

    g_string_append_printf (order, "%s%s", i > 0 ? " " : "", candidate->snippet);
  }
  g_assert_cmpstr (order->str, ==, wanted);
}

static void
test_words (void)
{
  g_autoptr (GPtrArray) often = new_list ();
  g_autoptr (GPtrArray) lengths = new_list ();
  g_autoptr (GPtrArray) rarity = new_list ();

  add (often, "thrice", "0 1 0 5 0 9");
  add (often, "once", "0 1");
  add (often, "twice", "0 1 0 5");
  assert_order (often, "thrice twice once");

  add (lengths, "short", "0 1")->n_words = 4;
  add (lengths, "long", "0 1")->n_words = 200;
  add (lengths, "middle", "0 1")->n_words = 40;
  assert_order (lengths, "short middle long");

  /* Any of the words was asked for; only one has the second. */
  add (rarity, "rare", "1 1");
  for (guint i = 0; i < 8; i++)
    add (rarity, "-", "0 1");
  assert_order (rarity, "rare - - - - - - - -");
}

static void
test_closeness (void)
{
  g_autoptr (GPtrArray) candidates = new_list ();

  add (candidates, "far", "0 1 1 18");
  add (candidates, "beside", "0 10 1 11");
  add (candidates, "near", "1 10 0 12");
  assert_order (candidates, "beside near far");
}

static void
test_age (void)
{
  g_autoptr (GPtrArray) candidates = new_list ();

  add (candidates, "year", "0 1")->seq = UC_SEQ_FROM_MS (NOW_MS - 365 * DAY_MS);
  add (candidates, "month", "0 1")->seq = UC_SEQ_FROM_MS (NOW_MS - 30 * DAY_MS);
  add (candidates, "today", "0 1");
  /* What says much more is not beaten by being new. */
  add (candidates, "much", "0 1 0 2 0 3 0 4 0 5 0 6")->seq = UC_SEQ_FROM_MS (NOW_MS - 60 * DAY_MS);
  /* A clock that is behind. */
  add (candidates, "tomorrow", "0 1")->seq = UC_SEQ_FROM_MS (NOW_MS + DAY_MS);
  assert_order (candidates, "much tomorrow today month year");
}

static void
test_standing (void)
{
  g_autoptr (GPtrArray) candidates = new_list ();

  add (candidates, "plain", "0 1");
  add (candidates, "reacted", "0 1")->has_reactions = TRUE;
  add (candidates, "pinned", "0 1")->is_pinned = TRUE;
  add (candidates, "answered", "0 1")->n_replies = 8;
  assert_order (candidates, "pinned answered reacted plain");
}

/* Nothing is divided by nothing, and what is too much is left out. */
static void
test_odd (void)
{
  g_autoptr (GPtrArray) none = new_list ();
  g_autoptr (GPtrArray) odd = new_list ();

  assert_order (none, "");
  add (odd, "empty", "")->n_words = 0;
  add (odd, "many", "63 1 64 2 1000 3");
  assert_order (odd, "many empty");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/search-rank/words", test_words);
  g_test_add_func ("/store/search-rank/closeness", test_closeness);
  g_test_add_func ("/store/search-rank/age", test_age);
  g_test_add_func ("/store/search-rank/standing", test_standing);
  g_test_add_func ("/store/search-rank/odd", test_odd);
  return g_test_run ();
}
