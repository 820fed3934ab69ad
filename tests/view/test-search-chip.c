/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A query as filters and words, and back; what a filter says. */

#include "config.h"

#include "uc-search-chip.h"

#include "uc-sidebar.h"
#include "uc-test.h"
#include "uc-view-test.h"

/* "|" stands for the cursor; without one it is nowhere. */
static char *
dup_split (const char *text)
{
  const char      *bar = strchr (text, '|');
  g_autofree char *typed = NULL;
  g_autofree char *rest = NULL;
  g_autoptr (GPtrArray) chips = NULL;
  GString *out = g_string_new (NULL);

  typed =
      bar != NULL ? g_strdup_printf ("%.*s%s", (int) (bar - text), text, bar + 1) : g_strdup (text);
  chips = uc_search_chips_take (typed, bar != NULL ? bar - text : -1, &rest);
  for (guint i = 0; i < chips->len; i++) {
    const UcSearchChip *chip = g_ptr_array_index (chips, i);

    g_string_append_printf (out, "[%s%s=%s]", chip->is_negated ? "-" : "", chip->name, chip->value);
  }
  g_string_append (out, rest);
  return g_string_free_and_steal (out);
}

static void
test_take (void)
{
  static const struct {
    const char *typed, *split;
  } rows[] = {
    { "", "" },
    { "pump", "pump" },
    { "from:anna", "[from=anna]" },
    { "from:anna pump", "[from=anna]pump" },
    { "pump from:anna room", "[from=anna]pump room" },
    { "-in:ward-3 has:file x", "[-in=ward-3][has=file]x" },
    { "in:\"Ward 3\" x", "[in=Ward 3]x" },
    /* While it is typed it stays text. */
    { "from:an|", "from:an" },
    { "from:anna |", "[from=anna]" },
    { "pump fr|om:anna", "pump from:anna" },
    { "from:| pump", "from: pump" },
    { "has:file from:a|", "[has=file]from:a" },
    /* Without a value, or with a quote open, it is none yet. */
    { "from:", "from:" },
    { "in:\"Ward 3", "in:\"Ward 3" },
    { "\"from:anna\" x", "\"from:anna\" x" },
    { "http://x.org", "http://x.org" },
    { "FROM:anna", "[from=anna]" },
    { "größe in:übung ende", "[in=übung]größe ende" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *split = dup_split (rows[i].typed);

    g_assert_cmpstr (split, ==, rows[i].split);
  }
}

/* The whole is one string that gives the same again. */
static void
test_join (void)
{
  static const char *const queries[] = { "", "pump", "from:anna", "from:anna -in:\"Ward 3\" a b",
                                         "has:file \"a phrase\" OR b*" };

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autofree char *rest = NULL;
    g_autoptr (GPtrArray) chips = uc_search_chips_take (queries[i], -1, &rest);
    g_autofree char *joined = uc_search_chips_join (chips, rest);

    g_assert_cmpstr (joined, ==, queries[i]);
  }
}

static void
test_find (void)
{
  g_autofree char *rest = NULL;
  gsize            start = 0;
  g_autoptr (GPtrArray) chips = uc_search_chips_take ("from:a on:nonsense x", -1, &rest);

  g_assert_cmpint (uc_search_chips_find (chips, 0, &start), ==, 0);
  g_assert_cmpint (uc_search_chips_find (chips, strlen ("from:a on:"), &start), ==, 1);
  g_assert_cmpint (uc_search_chips_find (chips, strlen ("from:a on:nonsense "), &start), ==, -1);
  g_assert_cmpuint (start, ==, strlen ("from:a on:nonsense "));
}

static void
assert_typed (const char *text, const char *name, const char *value)
{
  const char      *bar = strchr (text, '|');
  g_autofree char *typed = g_strdup_printf ("%.*s%s", (int) (bar - text), text, bar + 1);
  g_autofree char *found_name = NULL;
  g_autofree char *found_value = NULL;
  gsize            start, end;

  g_assert_true (uc_search_find_typed (typed, (gsize) (bar - text), &start, &end, &found_name,
                                       &found_value) == (name != NULL));
  g_assert_cmpstr (found_name, ==, name);
  g_assert_cmpstr (found_value, ==, value);
}

static void
test_typed (void)
{
  assert_typed ("from:|", "from", "");
  assert_typed ("pump from:an|", "from", "an");
  assert_typed ("from:a|nna", "from", "a");
  assert_typed ("-from:an|", "from", "an");
  assert_typed ("in:\"Ward |", "in", "Ward ");
  assert_typed ("fro|m:anna", NULL, NULL);
  assert_typed ("pump|", NULL, NULL);
  assert_typed ("from:anna |", NULL, NULL);
  assert_typed ("|", NULL, NULL);
}

static void
test_settled (void)
{
  static const struct {
    const char *typed;
    gssize      cursor;
    const char *settled;
  } rows[] = {
    { "pump from:an", 12, "pump " }, { "pump from:an", -1, "pump from:an" },
    { "from: pump", 5, "" },         { "a OR", 4, "a " },
    { "a OR", -1, "a OR" },          { "a OR ", 5, "a " },
    { "a OR b", 6, "a OR b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *settled = uc_search_dup_settled (rows[i].typed, rows[i].cursor);

    g_assert_cmpstr (settled, ==, rows[i].settled);
  }
}

static void
test_equal (void)
{
  g_autoptr (UcSearchChip) one = uc_search_chip_new ("from", "anna", FALSE);
  g_autoptr (UcSearchChip) same = uc_search_chip_new ("from", "Anna", FALSE);
  g_autoptr (UcSearchChip) not = uc_search_chip_new ("from", "anna", TRUE);
  g_autoptr (UcSearchChip) other = uc_search_chip_new ("in", "anna", FALSE);

  g_assert_true (uc_search_chip_equal (one, same));
  g_assert_false (uc_search_chip_equal (one, not ));
  g_assert_false (uc_search_chip_equal (one, other));
}

/* -- Words ---------------------------------------------------------------------------------- */

static void
assert_label (UcViewTest *account,
              UcSidebar  *sidebar,
              const char *name,
              const char *value,
              gboolean    is_negated,
              const char *expected)
{
  g_autoptr (UcSearchChip) chip = uc_search_chip_new (name, value, is_negated);
  g_autofree char *label =
      uc_search_chip_dup_label (chip, account->directory, sidebar, TEST_NOW_MS);

  g_assert_cmpstr (label, ==, expected);
}

static void
test_labels (void)
{
  g_autoptr (UcViewTest) account = uc_view_test_new ();
  UcSidebar       *sidebar = uc_sidebar_new (account->session, account->directory);
  const UcUser    *anna = uc_directory_get_user (account->directory, TEST_ANNA);
  g_autofree char *name = NULL;
  g_autofree char *from = NULL;
  g_autofree char *not_from = NULL;

  uc_view_test_settle (account);
  anna = uc_directory_get_user (account->directory, TEST_ANNA);
  name = uc_directory_dup_name (account->directory, TEST_ANNA);
  from = g_strdup_printf ("From %s", name);
  not_from = g_strdup_printf ("Not from %s", name);
  assert_label (account, sidebar, "from", anna->username, FALSE, from);
  assert_label (account, sidebar, "from", anna->username, TRUE, not_from);
  assert_label (account, sidebar, "from", "me", FALSE, "From me");
  assert_label (account, sidebar, "from", "nobody%s", FALSE, "From nobody%s");
  assert_label (account, sidebar, "before", "2026-03-01", FALSE, "Before 1 March");
  assert_label (account, sidebar, "after", "2025-12-31", FALSE, "After 31 December 2025");
  assert_label (account, sidebar, "on", "today", FALSE, "On today");
  assert_label (account, sidebar, "on", "2026-02-31", FALSE, "On 2026-02-31");
  assert_label (account, sidebar, "has", "FILE", FALSE, "With a file");
  assert_label (account, sidebar, "is", "pinned", TRUE, "Not pinned");
  assert_label (account, sidebar, "is", "nonsense", FALSE, "is:nonsense");
  assert_label (account, sidebar, "priority", "critical", FALSE, "Priority: Critical");
  assert_label (account, sidebar, "category", "question", TRUE, "Not category: Question");
  g_assert_finalize_object (sidebar);
}

static void
test_places (void)
{
  g_autoptr (UcViewTest) account = uc_view_test_new ();
  UcSidebar       *sidebar = uc_sidebar_new (account->session, account->directory);
  UcSidebarItem   *item;
  g_autofree char *place = NULL;
  g_autofree char *label = NULL;

  uc_view_test_settle (account);
  item = uc_sidebar_find_named (sidebar, TEST_CHANNEL);
  g_assert_nonnull (item);
  g_assert_true (uc_sidebar_find_named (sidebar, uc_sidebar_item_get_title (item)) == item);
  g_assert_null (uc_sidebar_find_named (sidebar, "no such channel"));
  place = uc_search_chip_dup_place (account->directory, sidebar, item);
  g_assert_true (uc_sidebar_find_named (sidebar, place) == item);
  label = g_strdup_printf ("In %s", uc_sidebar_item_get_title (item));
  assert_label (account, sidebar, "in", place, FALSE, label);
  g_assert_finalize_object (sidebar);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/view/search-chip/take", test_take);
  g_test_add_func ("/view/search-chip/join", test_join);
  g_test_add_func ("/view/search-chip/find", test_find);
  g_test_add_func ("/view/search-chip/typed", test_typed);
  g_test_add_func ("/view/search-chip/settled", test_settled);
  g_test_add_func ("/view/search-chip/equal", test_equal);
  g_test_add_func ("/view/search-chip/labels", test_labels);
  g_test_add_func ("/view/search-chip/places", test_places);
  return g_test_run ();
}
