/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The people of the demo. */

#include "config.h"

#include "uc-demo-people.h"

#include "uc-text.h"

static void
test_fit_for_accounts (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < uc_demo_n_people; i++) {
    const UcDemoPerson *person = &uc_demo_people[i];

    g_assert_true (uc_text_is_username (person->username));
    g_assert_true (g_hash_table_add (names, (gpointer) person->username));
    g_assert_true (uc_demo_people_find (person->username) == person);
    g_assert_cmpuint (person->talkative, >=, 1);
    g_assert_cmpuint (person->talkative, <=, 10);
    g_assert_true ((person->status_emoji == NULL) == (person->status_text == NULL));
  }
  g_assert_true (uc_text_is_password (UC_DEMO_PASSWORD));
  g_assert_nonnull (uc_demo_people_find (UC_DEMO_VISITOR));
}

/* They are printed there, for whoever wants to sign in as one of them. */
static void
test_readme (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("UC_TEST_FIXTURES"), "..", "..", "README.md", NULL);
  g_autofree char *readme = NULL;

  g_assert_true (g_file_get_contents (path, &readme, NULL, NULL));
  g_assert_nonnull (g_strstr_len (readme, -1, "`" UC_DEMO_PASSWORD "`"));
  for (guint i = 0; i < uc_demo_n_people; i++) {
    g_autofree char *quoted = g_strdup_printf ("`%s`", uc_demo_people[i].username);

    g_assert_nonnull (g_strstr_len (readme, -1, quoted));
  }
}

static void
test_unknown (void)
{
  g_assert_null (uc_demo_people_find (""));
  g_assert_null (uc_demo_people_find ("anna"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/server/demo-people/fit-for-accounts", test_fit_for_accounts);
  g_test_add_func ("/server/demo-people/readme", test_readme);
  g_test_add_func ("/server/demo-people/unknown", test_unknown);
  return g_test_run ();
}
