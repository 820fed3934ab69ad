/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See uc-view-test.h. */

#include "config.h"

#include "uc-view-test.h"

#include "uc-api.h"
#include "uc-secrets.h"
#include "uc-test.h"

/* As many steps as one thing may lead to another: idle, read, idle, read … */
#define MAX_STEPS 8

UcViewTest *
uc_view_test_new (void)
{
  UcViewTest      *self = g_new0 (UcViewTest, 1);
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *secrets_path = g_build_filename (dir, "token", NULL);
  g_autoptr (UcSecrets) secrets = uc_secrets_new_file (secrets_path);
  g_autoptr (UcApi) api = uc_api_new ("http://127.0.0.1:9");

  self->store = uc_test_store_new ();
  self->flags = uc_flags_new ();
  uc_flags_set_user (self->flags, TEST_ME, "system_user");
  self->session =
      uc_session_new (self->store->store, api, secrets, self->flags, self->store->clock, TEST_ME);
  self->directory = uc_directory_new (self->session);
  uc_view_test_settle (self);
  return self;
}

void
uc_view_test_free (UcViewTest *self)
{
  uc_view_test_settle (self);
  uc_session_stop (self->session);
  uc_view_test_settle (self);
  g_assert_finalize_object (self->directory);
  g_assert_finalize_object (self->session);
  uc_test_store_free (self->store);
  g_object_unref (self->flags);
  g_free (self);
}

/* Once is enough: another thread may have something the moment after. */
static gboolean
was_quiet (gpointer user_data)
{
  gboolean *was = user_data;

  *was = *was || !g_main_context_pending (NULL);
  return *was;
}

void
uc_view_test_settle (UcViewTest *self)
{
  for (int i = 0; i < MAX_STEPS; i++) {
    /* Behind every read that was asked for before. */
    g_autoptr (UcMessage) none = uc_test_store_message (self->store, "none");
    gboolean is_quiet = FALSE;

    g_assert_null (none);
    uc_test_wait_until (was_quiet, &is_quiet, 20000);
  }
}

void
uc_view_test_put (UcViewTest *self, UcPost *post)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_post (batch, post);
  uc_test_store_apply (self->store, batch);
  uc_post_unref (post);
}

void
uc_view_test_push (UcViewTest *self, UcPost *post)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_pushed_post (batch, post, FALSE);
  uc_test_store_apply (self->store, batch);
  uc_post_unref (post);
}

char *
uc_view_test_id (int number)
{
  /* A letter behind the number: ids are filled up with zeros. */
  g_autofree char *name = g_strdup_printf ("p%dx", number);

  return uc_test_id (name);
}

void
uc_view_test_page (UcViewTest *self,
                   int         first,
                   int         n,
                   gint64      step_ms,
                   UcPageKind  kind,
                   int         anchor,
                   gboolean    reaches_start,
                   gboolean    reaches_tip)
{
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  g_autofree char *anchor_id = uc_view_test_id (anchor);
  UcBatch         *batch = uc_batch_new ();

  for (int i = first; i < first + n; i++) {
    g_autofree char *text = g_strdup_printf ("p%d", i);
    g_autofree char *name = g_strdup_printf ("p%dx", i);

    g_ptr_array_add (posts,
                     uc_test_post (name, i % 2 == 0 ? TEST_ANNA : TEST_BEN, i * step_ms, text));
  }
  uc_batch_put_page (batch, TEST_CHANNEL, posts, kind, kind == UC_PAGE_LATEST ? NULL : anchor_id,
                     reaches_start, reaches_tip);
  uc_test_store_apply (self->store, batch);
}
