/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-record-private.h"

typedef struct {
  char  *first;
  gint64 number;
  char  *second;
  char  *maybe;
} Sample;

static const UcTextField texts[] = {
  UC_TEXT (Sample, first),
  UC_TEXT (Sample, second),
  UC_TEXT_NULLABLE (Sample, maybe),
};

static void
clear_cb (gpointer record)
{
  _uc_record_clear (record, texts, G_N_ELEMENTS (texts));
}

static void
test_life (void)
{
  Sample *sample = _uc_record_new (sizeof (Sample), texts, G_N_ELEMENTS (texts));
  Sample *copy;

  g_assert_cmpstr (sample->first, ==, "");
  g_assert_cmpstr (sample->second, ==, "");
  g_assert_null (sample->maybe);
  g_assert_cmpint (sample->number, ==, 0);

  g_set_str (&sample->first, "one");
  g_set_str (&sample->maybe, "three");
  sample->number = 7;
  copy = _uc_record_copy (sample, sizeof (Sample), texts, G_N_ELEMENTS (texts));
  g_assert_true (copy->first != sample->first);
  g_set_str (&sample->first, "changed");
  g_assert_cmpstr (copy->first, ==, "one");
  g_assert_cmpstr (copy->second, ==, "");
  g_assert_cmpstr (copy->maybe, ==, "three");
  g_assert_cmpint (copy->number, ==, 7);

  g_atomic_rc_box_release_full (sample, clear_cb);
  g_assert_cmpstr (copy->maybe, ==, "three");
  g_atomic_rc_box_release_full (copy, clear_cb);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model/record/life", test_life);
  return g_test_run ();
}
