/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The model that ships and its handling: what is plain is classified right, text of any
 * kind is survived, a broken model is refused. How often it is right over all is
 * measured in tests/bench, not asserted here. */

#include "config.h"

#include "uc-classify.h"
#include "uc-error.h"

#include <string.h>

static UcClassification
classify (UcClassifier *classifier, const char *text)
{
  return uc_classifier_classify (classifier, text, strlen (text));
}

static void
test_plain (void)
{
  static const struct {
    const char *text;
    UcCategory  category;
  } vectors[] = {
    { "Could you please send me the report?", UC_CATEGORY_REQUEST },
    { "Which form do we use for this?", UC_CATEGORY_QUESTION },
    { "The lift is broken again", UC_CATEGORY_INCIDENT },
    { "Can we move the meeting to Tuesday at 10:00?", UC_CATEGORY_SCHEDULING },
    { "Approved, go ahead", UC_CATEGORY_DECISION },
    { "The delivery has arrived", UC_CATEGORY_UPDATE },
    { "Happy birthday!", UC_CATEGORY_SOCIAL },
    { "Vielen Dank!", UC_CATEGORY_SOCIAL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (UcClassifier) classifier = uc_classifier_new (&error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    UcClassification found = classify (classifier, vectors[i].text);

    g_assert_cmpstr (uc_category_to_string (found.category), ==,
                     uc_category_to_string (vectors[i].category));
    g_assert_cmpfloat (found.confidence, >, 1.0 / UC_N_CATEGORIES);
    g_assert_cmpfloat (found.confidence, <=, 1);
  }
}

static void
test_priority (void)
{
  g_autoptr (UcClassifier) classifier = uc_classifier_new (NULL);

  g_assert_cmpint (classify (classifier, "Patient collapsed, we need help now").priority, ==,
                   UC_PRIORITY_CRITICAL);
  g_assert_cmpint (classify (classifier, "thanks!").priority, ==, UC_PRIORITY_LOW);
  g_assert_cmpint (classify (classifier, "Good morning, all of you").priority, ==, UC_PRIORITY_LOW);
}

static void
test_any_text (void)
{
  g_autoptr (UcClassifier) classifier = uc_classifier_new (NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autofree char *big = g_malloc (1 << 20);

  g_assert_cmpint (classify (classifier, "").category, !=, UC_CATEGORY_NONE);
  g_assert_cmpint (classify (classifier, "\xff\xfe\x80 \xc3").category, !=, UC_CATEGORY_NONE);
  for (gsize i = 0; i < 1 << 20; i++)
    big[i] = (char) g_rand_int (rand);
  uc_classifier_classify (classifier, big, 1 << 20);
  memset (big, 'a', 1 << 20);
  uc_classifier_classify (classifier, big, 1 << 20);
}

static void
test_same_answer (void)
{
  g_autoptr (UcClassifier) classifier = uc_classifier_new (NULL);
  UcClassification first = classify (classifier, "Can somebody bring the keys today?");
  UcClassification again = classify (classifier, "Can somebody bring the keys today?");
  /* The length counts, not a NUL. */
  UcClassification cut = uc_classifier_classify (classifier, "Thanks! The server is down", 7);

  g_assert_cmpint (first.category, ==, again.category);
  g_assert_cmpfloat (first.confidence, ==, again.confidence);
  g_assert_cmpint (cut.category, ==, UC_CATEGORY_SOCIAL);
}

static void
test_explain (void)
{
  g_autoptr (UcClassifier) classifier = uc_classifier_new (NULL);
  g_autoptr (GPtrArray) words = uc_classifier_explain (classifier, "Happy birthday, Anna!", 2);
  g_autoptr (GPtrArray) none = uc_classifier_explain (classifier, "", 3);

  g_assert_cmpuint (words->len, >, 0);
  g_assert_cmpuint (words->len, <=, 2);
  for (guint i = 0; i < words->len; i++)
    g_assert_nonnull (strstr ("Happy birthday, Anna!", g_ptr_array_index (words, i)));
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_broken_model (void)
{
  static const char *const broken[] = { "", "UCLINEAR",
                                        "something else entirely, and longer than a head would "
                                        "ever be, so that only its words can tell it apart" };

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (broken[i], strlen (broken[i]));
    g_autoptr (GError) error = NULL;

    g_assert_null (uc_classifier_new_bytes (bytes, &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  }
}

static void
test_actions (void)
{
  g_assert_cmpstr (uc_classify_get_actions (UC_CATEGORY_INCIDENT, UC_PRIORITY_CRITICAL), ==,
                   "acknowledge escalate");
  g_assert_cmpstr (uc_classify_get_actions (UC_CATEGORY_SOCIAL, UC_PRIORITY_LOW), ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/classify/classify/plain", test_plain);
  g_test_add_func ("/classify/classify/priority", test_priority);
  g_test_add_func ("/classify/classify/any-text", test_any_text);
  g_test_add_func ("/classify/classify/same-answer", test_same_answer);
  g_test_add_func ("/classify/classify/explain", test_explain);
  g_test_add_func ("/classify/classify/broken-model", test_broken_model);
  g_test_add_func ("/classify/classify/actions", test_actions);
  return g_test_run ();
}
