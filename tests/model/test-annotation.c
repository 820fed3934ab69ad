/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-annotation.h"

static void
test_words (void)
{
  for (guint i = 0; i < UC_N_CATEGORIES; i++)
    g_assert_cmpuint (uc_category_from_string (uc_category_to_string ((UcCategory) i)), ==, i);
  for (guint i = 0; i < UC_N_PRIORITIES; i++)
    g_assert_cmpuint (uc_priority_from_string (uc_priority_to_string ((UcPriority) i)), ==, i);

  g_assert_cmpstr (uc_category_to_string (UC_CATEGORY_SCHEDULING), ==, "scheduling");
  g_assert_cmpstr (uc_priority_to_string (UC_PRIORITY_CRITICAL), ==, "critical");
  g_assert_cmpstr (uc_category_to_string (UC_CATEGORY_NONE), ==, "");
  g_assert_cmpint (uc_category_from_string ("poetry"), ==, UC_CATEGORY_NONE);
  g_assert_cmpint (uc_category_from_string (NULL), ==, UC_CATEGORY_NONE);
  g_assert_cmpint (uc_priority_from_string ("Critical"), ==, UC_PRIORITY_NONE);
  g_assert_cmpint (uc_priority_from_string (NULL), ==, UC_PRIORITY_NONE);
}

static void
test_life (void)
{
  g_autoptr (UcAnnotation) annotation = uc_annotation_new ();
  g_autoptr (UcAnnotation) same = uc_annotation_ref (annotation);

  g_assert_true (same == annotation);
  g_assert_cmpint (annotation->source, ==, UC_SOURCE_PLACEHOLDER);
  g_assert_cmpstr (annotation->model, ==, "");
  /* The higher source holds. */
  g_assert_cmpint (UC_SOURCE_USER, >, UC_SOURCE_SERVER);
  g_assert_cmpint (UC_SOURCE_SERVER, >, UC_SOURCE_DEVICE);
  g_assert_cmpint (UC_SOURCE_DEVICE, >, UC_SOURCE_PLACEHOLDER);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model/annotation/words", test_words);
  g_test_add_func ("/model/annotation/life", test_life);
  return g_test_run ();
}
