/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a page meets what is known; the reading itself is tried in
 * tests/integration/test-sync-basics.c. */

#include "config.h"

#include "uc-channel-read-private.h"

static UcPostPage *
new_page (gint64 oldest_ms, const char *prev_post_id)
{
  UcPostPage *page = g_new0 (UcPostPage, 1);

  page->posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  page->others = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  page->next_post_id = g_strdup ("");
  page->prev_post_id = g_strdup (prev_post_id);
  if (oldest_ms > 0) {
    UcPost *post = uc_post_new ();

    post->create_at_ms = oldest_ms;
    g_ptr_array_add (page->posts, post);
  }
  return page;
}

static void
test_joined (void)
{
  g_autoptr (UcPostPage) newer = new_page (2000, "older");
  g_autoptr (UcPostPage) meets = new_page (1000, "older");
  g_autoptr (UcPostPage) first = new_page (2000, "");
  g_autoptr (UcPostPage) empty = new_page (0, "older");

  g_assert_false (_uc_channel_read_is_joined (newer, 1000));
  g_assert_true (_uc_channel_read_is_joined (meets, 1000));
  g_assert_true (_uc_channel_read_is_joined (first, 1000));
  g_assert_true (_uc_channel_read_is_joined (empty, 1000));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/channel-read/joined", test_joined);
  return g_test_run ();
}
