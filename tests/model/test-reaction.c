/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-post.h"

static void
test_reaction (void)
{
  g_autoptr (UcReaction) reaction = uc_reaction_new ();
  g_autoptr (UcReaction) same = uc_reaction_ref (reaction);

  g_assert_true (same == reaction);
  g_assert_cmpstr (reaction->emoji_name, ==, "");
}

static void
test_file (void)
{
  g_autoptr (UcFile) file = uc_file_new ();
  g_autoptr (UcFile) same = uc_file_ref (file);
  g_autoptr (UcFile) copy = NULL;

  g_assert_true (same == file);
  g_assert_null (file->mini_preview);
  g_assert_null (file->local_path);
  g_set_str (&file->name, "a.png");
  g_set_str (&file->local_path, "/a");
  file->size_bytes = 9;
  copy = uc_file_copy (file);
  g_set_str (&copy->local_path, NULL);
  g_assert_cmpstr (file->local_path, ==, "/a");
  g_assert_cmpstr (copy->name, ==, "a.png");
  g_assert_cmpint (copy->size_bytes, ==, 9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model/reaction/reaction", test_reaction);
  g_test_add_func ("/model/reaction/file", test_file);
  return g_test_run ();
}
