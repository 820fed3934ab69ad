/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the people of the demo answer. */

#include "config.h"

#include "uc-demo-answers.h"

#include "uc-demo-people.h"
#include "uc-error.h"

#include <string.h>

static const UcClassification nothing = { UC_CATEGORY_UPDATE, UC_PRIORITY_NORMAL, 0.9 };

static void
check (UcDemoAnswers          *answers,
       const char             *username,
       const char             *message,
       const UcClassification *about,
       const char             *expected)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autofree char *answer = uc_demo_answers_choose (answers, username, message, about, rand);

  g_test_message ("%s", message);
  g_assert_cmpstr (answer, ==, expected);
}

static void
test_rules (void)
{
  static const UcClassification question = { UC_CATEGORY_QUESTION, UC_PRIORITY_NORMAL, 0.9 };
  static const UcClassification alarm = { UC_CATEGORY_INCIDENT, UC_PRIORITY_CRITICAL, 0.9 };
  static const UcClassification incident = { UC_CATEGORY_INCIDENT, UC_PRIORITY_LOW, 0.9 };
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDemoAnswers) answers = uc_demo_answers_parse ("# remark\n"
                                                             "== words lunch Menü | paul.meier\n"
                                                             "Soup\n"
                                                             "== short good_morning thanks\n"
                                                             "Short\n"
                                                             "== category incident critical\n"
                                                             "Run\n"
                                                             "== category incident\n"
                                                             "Walk\n"
                                                             "== category question\n"
                                                             "{Yes}\n"
                                                             "== any\n"
                                                             "Hm\n",
                                                             &error);

  g_assert_no_error (error);
  check (answers, "paul.meier", "What's for LUNCH?", &question, "Soup");
  check (answers, "paul.meier", "das menü bitte", &nothing, "Soup");
  check (answers, "anna.keller", "What's for lunch?", &question, "Yes");
  check (answers, "paul.meier", "lunchtime", &nothing, "Hm");
  check (answers, "anna.keller", "Good morning!", &question, "Short");
  check (answers, "anna.keller", "good   (morning)", &nothing, "Short");
  check (answers, "anna.keller", "Morning is good", &nothing, "Hm");
  check (answers, "anna.keller", "Thanks. Could you also bring me the form?", &question, "Yes");
  check (answers, "anna.keller", "fire", &alarm, "Run");
  check (answers, "anna.keller", "leak", &incident, "Walk");
  check (answers, "anna.keller", "", &nothing, "Hm");
  check (answers, "somebody", "😀", &nothing, "Hm");
}

/* The same answer does not come twice in a row, and each of them comes. */
static void
test_variety (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (UcDemoAnswers) answers = uc_demo_answers_parse ("== any\nA\nB\nC\n", NULL);
  g_autofree char *last = NULL;
  guint            seen[3] = { 0 };

  for (int i = 0; i < 100; i++) {
    g_autofree char *answer = uc_demo_answers_choose (answers, "anna.keller", "x", &nothing, rand);

    g_assert_cmpstr (answer, !=, last);
    g_free (last);
    last = g_steal_pointer (&answer);
    seen[*last - 'A']++;
  }
  for (int i = 0; i < 3; i++)
    g_assert_cmpuint (seen[i], >, 10);
}

static void
test_broken (void)
{
  static const char *const broken[] = {
    "",
    "A\n== any\nB\n",
    "== any\n",
    "== words a\nB\n",
    "== words a\n== any\nB\n",
    "== words\nA\n== any\nB\n",
    "== words a | nobody\nA\n== any\nB\n",
    "== category weather\nA\n== any\nB\n",
    "== category question soon\nA\n== any\nB\n",
    "== sometimes\nA\n== any\nB\n",
    "== any\n{A|B\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", broken[i]);
    g_assert_null (uc_demo_answers_parse (broken[i], &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  }
}

/* The program's own table has something for everybody and everything. */
static void
test_own (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDemoAnswers) answers = uc_demo_answers_load (&error);

  g_assert_no_error (error);
  for (guint i = 0; i < uc_demo_n_people; i++) {
    for (int category = 0; category < UC_N_CATEGORIES; category++) {
      for (int priority = 0; priority < UC_N_PRIORITIES; priority++) {
        const UcClassification about = { category, priority, 0.5 };
        g_autofree char       *answer = uc_demo_answers_choose (answers, uc_demo_people[i].username,
                                                                "Whatever it is", &about, rand);

        g_assert_cmpuint (strlen (answer), >, 0);
        g_assert_null (strpbrk (answer, "{}"));
      }
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/server/demo-answers/rules", test_rules);
  g_test_add_func ("/server/demo-answers/variety", test_variety);
  g_test_add_func ("/server/demo-answers/broken", test_broken);
  g_test_add_func ("/server/demo-answers/own", test_own);
  return g_test_run ();
}
