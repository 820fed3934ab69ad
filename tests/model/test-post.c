/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-annotation.h"
#include "uc-post.h"

static void
test_new (void)
{
  g_autoptr (UcPost) post = uc_post_new ();

  g_assert_cmpstr (post->message, ==, "");
  g_assert_cmpstr (post->op_id, ==, "");
  g_assert_null (post->override_name);
  g_assert_null (post->annotation);
  g_assert_cmpuint (g_strv_length (post->file_ids), ==, 0);
  g_assert_cmpuint (post->files->len, ==, 0);
  g_assert_cmpuint (post->reactions->len, ==, 0);
}

static void
test_copy (void)
{
  UcPost *post = uc_post_new ();
  g_autoptr (UcPost) copy = NULL;

  g_set_str (&post->message, "Hallo");
  g_strfreev (post->file_ids);
  post->file_ids = g_strsplit ("a b", " ", -1);
  g_ptr_array_add (post->files, uc_file_new ());
  g_ptr_array_add (post->reactions, uc_reaction_new ());
  post->annotation = uc_annotation_new ();
  copy = uc_post_copy (post);
  g_ptr_array_add (copy->reactions, uc_reaction_new ());
  g_assert_cmpuint (post->reactions->len, ==, 1);

  /* The lists are its own, what is in them is shared. */
  g_assert_true (copy->files != post->files);
  g_assert_true (copy->files->pdata[0] == post->files->pdata[0]);
  uc_post_unref (post);
  g_assert_cmpstr (copy->message, ==, "Hallo");
  g_assert_cmpstr (copy->file_ids[1], ==, "b");
  g_assert_cmpstr (((UcFile *) copy->files->pdata[0])->name, ==, "");
  g_assert_cmpuint (copy->reactions->len, ==, 2);
  g_assert_nonnull (copy->annotation);
}

static void
test_types (void)
{
  static const struct {
    const char *type;
    gboolean    is_system;
    gboolean    is_counted;
  } cases[] = {
    { "", FALSE, TRUE },
    { "me", FALSE, TRUE },
    { "custom_call", FALSE, TRUE },
    { "system_join_channel", TRUE, FALSE },
    { "system_remove_from_team", TRUE, FALSE },
    { "system_add_guest_to_chan", TRUE, FALSE },
    { "system_ephemeral", TRUE, FALSE },
    /* These do raise the total. */
    { "system_header_change", TRUE, TRUE },
    { "system_displayname_change", TRUE, TRUE },
    { "system_channel_deleted", TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (UcPost) post = uc_post_new ();

    g_set_str (&post->type, cases[i].type);
    g_assert_cmpint (uc_post_is_system (post), ==, cases[i].is_system);
    g_assert_cmpint (uc_post_is_counted (post), ==, cases[i].is_counted);
  }
}

static gpointer
unref_cb (gpointer post)
{
  for (guint i = 0; i < 10000; i++)
    uc_post_unref (uc_post_ref (post));
  uc_post_unref (post);
  return NULL;
}

static void
test_threads (void)
{
  UcPost  *post = uc_post_new ();
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("unref", unref_cb, uc_post_ref (post));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpstr (post->id, ==, "");
  uc_post_unref (post);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model/post/new", test_new);
  g_test_add_func ("/model/post/copy", test_copy);
  g_test_add_func ("/model/post/types", test_types);
  g_test_add_func ("/model/post/threads", test_threads);
  return g_test_run ();
}
