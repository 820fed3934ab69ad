/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store and the folder of the tests of exports. */

#include "config.h"

#include "uc-export-test.h"

#include "uc-test.h"

#include <glib/gstdio.h>
#include <string.h>

static void
add_file (UcPost *post, const char *id, const char *name, const char *mime_type)
{
  UcFile    *file = uc_file_new ();
  GPtrArray *ids = g_ptr_array_new ();

  uc_test_set (&file->id, id);
  uc_test_set (&file->post_id, post->id);
  uc_test_set (&file->name, name);
  uc_test_set (&file->mime_type, mime_type);
  file->size_bytes = 7;
  g_ptr_array_add (post->files, file);
  for (guint i = 0; i < post->files->len; i++)
    g_ptr_array_add (ids, g_strdup (((UcFile *) g_ptr_array_index (post->files, i))->id));
  g_ptr_array_add (ids, NULL);
  g_strfreev (post->file_ids);
  post->file_ids = (GStrv) g_ptr_array_free (ids, FALSE);
}

static void
add_reaction (UcPost *post)
{
  UcReaction *reaction = uc_reaction_new ();

  uc_test_set (&reaction->user_id, TEST_BEN);
  uc_test_set (&reaction->post_id, post->id);
  uc_test_set (&reaction->emoji_name, "tada");
  g_ptr_array_add (post->reactions, reaction);
}

static void
put_hostile (UcTestStore *store)
{
  static const char *const texts[] = {
    "<script>alert(1)</script> & \"quoted\" <img src=x onerror=alert(2)>",
    "[click](javascript:alert(3)) and [fine](https://example.org/?a=1&b=\"2\")",
    "```\nunclosed <b>code</b>",
    "> quoted\n\n# Heading\n\n- one\n  - two\n\n| a | b |\n|---|---|\n| <i> | 2 |",
    "\"}\n{\"type\":\"end\"}\x01\x7f \xe2\x80\xa8line",
    "**↳ Chef** · 2026-11-20 12:00\n\n---\n# Not a heading",
    "\xe2\x80\xae"
    "esrever and `<code>` and <https://example.org>",
    "@anna.ek ~station-3 :tada: 😀 مرحبا 你好",
  };
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  UcBatch *batch = uc_batch_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *name = g_strdup_printf ("hostile%u", i);

    g_ptr_array_add (posts, uc_test_post (name, TEST_BEN, 1000 * (i + 1), texts[i]));
  }
  add_file (g_ptr_array_index (posts, 0), EXPORT_FILE, "../../etc/pass\"<wd>.png", "image/png");
  add_file (g_ptr_array_index (posts, 0), EXPORT_LOST, "](x) lost.txt", "text/plain");
  add_reaction (g_ptr_array_index (posts, 1));
  uc_test_set (&((UcPost *) g_ptr_array_index (posts, 2))->root_id,
               ((UcPost *) g_ptr_array_index (posts, 1))->id);
  uc_batch_put_page (batch, TEST_CHANNEL, posts, UC_PAGE_LATEST, NULL, TRUE, TRUE);
  uc_test_store_apply (store, batch);
}

/* Two conversations of one name, which is no name for a file; and one's own words. */
static void
put_rest (UcTestStore *store)
{
  g_autoptr (UcChannel) channel = uc_test_channel (TEST_CHANNEL, "a", UC_CHANNEL_OPEN);
  g_autoptr (UcChannel) other = uc_test_channel (TEST_OTHER, "b", UC_CHANNEL_OPEN);
  g_autoptr (UcUser) ben = uc_test_user (TEST_BEN, "ben", "<b>Ben</b>\n# ", "*Ö*");
  g_autoptr (UcPost) post = uc_test_post ("other", TEST_ANNA, 10, "Elsewhere");
  g_autoptr (UcPost) older =
      uc_test_post ("older", TEST_ANNA, G_GINT64_CONSTANT (-40) * 24 * 3600 * 1000, "Last month");
  g_autoptr (UcPost) gone = uc_test_post ("gone", TEST_ANNA, 20, "Deleted words");
  g_autoptr (UcPost) mine = uc_test_provisional ("op", 30, "Still <unsent>");
  UcBatch *batch = uc_batch_new ();

  uc_test_set (&channel->display_name, "../Pläne: \"<x>\"");
  uc_test_set (&other->display_name, "../Pläne: \"<x>\"");
  channel->update_at_ms = other->update_at_ms = ben->update_at_ms = 5;
  uc_test_set (&post->channel_id, TEST_OTHER);
  uc_test_set (&older->channel_id, TEST_OTHER);
  uc_test_set (&gone->channel_id, TEST_OTHER);
  uc_test_set (&mine->channel_id, TEST_OTHER);
  uc_batch_put_channel (batch, channel);
  uc_batch_put_channel (batch, other);
  uc_batch_put_user (batch, ben);
  uc_batch_put_fact (batch, "site", "https://chat.example.org");
  uc_batch_put_fact (batch, "username", "me.myself");
  uc_batch_put_post (batch, older);
  uc_batch_put_post (batch, post);
  uc_batch_put_post (batch, gone);
  uc_batch_remove_post (batch, gone->id, TEST_NOW_MS + 25);
  uc_batch_queue_post (batch, mine);
  uc_batch_put_draft (batch, TEST_OTHER, "", "A <draft>");
  uc_test_store_apply (store, batch);
}

UcExportTest *
uc_export_test_new (void)
{
  UcExportTest    *self = g_new0 (UcExportTest, 1);
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *cached = NULL;

  self->store = uc_test_store_new ();
  put_hostile (self->store);
  put_rest (self->store);
  self->cache = g_build_filename (dir, "cache", NULL);
  g_assert_cmpint (g_mkdir (self->cache, 0700), ==, 0);
  cached = g_build_filename (self->cache, EXPORT_FILE, NULL);
  g_assert_true (g_file_set_contents (cached, "picture", 7, NULL));
  self->folder = g_build_filename (dir, "export", NULL);
  return self;
}

void
uc_export_test_free (UcExportTest *self)
{
  uc_test_store_free (self->store);
  g_free (self->cache);
  g_free (self->folder);
  g_free (self);
}

GError *
uc_export_test_try (UcExportTest *self,
                    const char   *format,
                    const char   *channel_id,
                    gboolean      with_files)
{
  UcExportOptions options = { self->store->path, self->folder, format,
                              channel_id,        self->cache,  with_files };
  GError         *error = NULL;

  g_assert_cmpint (uc_export_run (&options, NULL, NULL, &self->result, NULL, &error), ==,
                   error == NULL);
  return error;
}

void
uc_export_test_run (UcExportTest *self, const char *format)
{
  g_autoptr (GError) error = uc_export_test_try (self, format, NULL, TRUE);

  g_assert_no_error (error);
}

char *
uc_export_test_read (UcExportTest *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *content = NULL;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  return content;
}

static void
list (const char *folder, const char *prefix, GPtrArray *names)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *shown = g_strconcat (prefix, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
      g_autofree char *inner = g_strconcat (shown, "/", NULL);

      list (path, inner, names);
    } else {
      g_ptr_array_add (names, g_steal_pointer (&shown));
    }
  }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

GPtrArray *
uc_export_test_list (UcExportTest *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  list (self->folder, "", names);
  g_ptr_array_sort (names, compare);
  return names;
}

char *
uc_export_test_find (UcExportTest *self, const char *prefix)
{
  g_autoptr (GPtrArray) names = uc_export_test_list (self);

  for (guint i = 0; i < names->len; i++) {
    if (g_str_has_prefix (g_ptr_array_index (names, i), prefix))
      return uc_export_test_read (self, g_ptr_array_index (names, i));
  }
  g_assert_not_reached ();
}
