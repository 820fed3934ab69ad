/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which answers go on with a file that is partly there. */

#include "config.h"

#include "uc-resume-private.h"
#include "uc-test.h"

typedef struct {
  guint       status;
  const char *content_range;
  gint64      asked_behind;
  gboolean    is_good;
  gint64      goes_behind;
  gint64      total;
} Case;

static const Case cases[] = {
  { 200, NULL, 0, TRUE, 0, 0 },
  { 206, "bytes 5-9/10", 5, TRUE, 5, 10 },
  { 206, "bytes 5-9/*", 5, TRUE, 5, 0 },
  /* It was not done: all of it comes. */
  { 200, NULL, 5, TRUE, 0, 0 },
  { 200, "bytes 5-9/10", 5, TRUE, 0, 0 },
  /* Not what was asked for. */
  { 206, NULL, 5, FALSE, 0, 0 },
  { 206, "bytes 5-9/10", 0, FALSE, 0, 0 },
  { 206, "bytes 4-9/10", 5, FALSE, 0, 0 },
  { 206, "bytes 5-8/10", 5, FALSE, 0, 0 },
  { 206, "bytes 5-4/5", 5, FALSE, 0, 0 },
  { 206, "bytes -5/10", 5, FALSE, 0, 0 },
  { 206, "bytes 5-9", 5, FALSE, 0, 0 },
  { 206, "bytes 5-9/10x", 5, FALSE, 0, 0 },
  { 206, "bytes 5-9/99999999999999999999999", 5, FALSE, 0, 0 },
  { 206, "items 5-9/10", 5, FALSE, 0, 0 },
  /* More is there than the file has. */
  { 416, "bytes */3", 5, FALSE, 0, 0 },
  { 416, NULL, 0, TRUE, 0, 0 },
  /* A refusal says nothing of the file. */
  { 404, NULL, 5, TRUE, 5, 0 },
  { 503, NULL, 5, TRUE, 5, 0 },
};

static void
test_answers (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "file", NULL);
  g_autofree char *part = _uc_resume_dup_part (path);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Case *test = &cases[i];
    gint64      behind = test->asked_behind;
    gint64      total = 0;

    g_test_message ("%u %s", test->status, test->content_range);
    g_assert_true (g_file_set_contents (part, "12345", 5, NULL));
    g_assert_cmpint (_uc_resume_check (path, test->status, test->content_range, &behind, &total),
                     ==, test->is_good);
    g_assert_cmpint (behind, ==, test->goes_behind);
    if (test->is_good)
      g_assert_cmpint (total, ==, test->total);
    g_assert_cmpint (g_file_test (part, G_FILE_TEST_EXISTS), ==, test->is_good);
  }
}

static void
test_offset (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "file", NULL);
  g_autofree char *part = _uc_resume_dup_part (path);

  g_assert_cmpint (_uc_resume_get_offset (path), ==, 0);
  g_assert_true (g_file_set_contents (part, "12345", 5, NULL));
  g_assert_cmpint (_uc_resume_get_offset (path), ==, 5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/net/resume/answers", test_answers);
  g_test_add_func ("/net/resume/offset", test_offset);
  return g_test_run ();
}
