/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is who: read when asked for, followed, forgotten when too many. */

#include "config.h"

#include "uc-directory.h"

#include "uc-view-test.h"

#include <string.h>

typedef struct {
  UcViewTest *account;
  GPtrArray  *changed; /* user ids, in order */
} Fixture;

static void
user_changed_cb (UcDirectory *directory, const char *user_id, Fixture *fixture)
{
  g_ptr_array_add (fixture->changed, g_strdup (user_id));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->account = uc_view_test_new ();
  fixture->changed = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (fixture->account->directory, "user-changed", G_CALLBACK (user_changed_cb),
                    fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  uc_view_test_free (fixture->account);
  g_ptr_array_unref (fixture->changed);
}

/* Takes @user. */
static void
put_user (Fixture *fixture, UcUser *user, gint64 update_at_ms)
{
  UcBatch *batch = uc_batch_new ();

  user->update_at_ms = update_at_ms;
  uc_batch_put_user (batch, user);
  uc_test_store_apply (fixture->account->store, batch);
  uc_view_test_settle (fixture->account);
  uc_user_unref (user);
}

static void
assert_name (Fixture *fixture, const char *user_id, const char *expected)
{
  g_autofree char *name = uc_directory_dup_name (fixture->account->directory, user_id);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_asked_for (Fixture *fixture, gconstpointer data)
{
  UcDirectory *directory = fixture->account->directory;

  assert_name (fixture, TEST_ANNA, "Someone");
  assert_name (fixture, TEST_ANNA, "Someone");
  uc_view_test_settle (fixture->account);
  g_assert_cmpuint (fixture->changed->len, ==, 1);
  g_assert_cmpstr (fixture->changed->pdata[0], ==, TEST_ANNA);
  assert_name (fixture, TEST_ANNA, "Anna Ek");
  g_assert_cmpstr (uc_directory_get_user (directory, TEST_ANNA)->username, ==, "anna.ek");
  g_assert_null (uc_directory_get_user (directory, ""));
}

static void
test_follows (Fixture *fixture, gconstpointer data)
{
  uc_directory_get_user (fixture->account->directory, TEST_ANNA);
  uc_view_test_settle (fixture->account);
  g_ptr_array_set_size (fixture->changed, 0);

  put_user (fixture, uc_test_user (TEST_ANNA, "anna.ek", "Anna", "Lund"), 10);
  g_assert_cmpuint (fixture->changed->len, ==, 1);
  assert_name (fixture, TEST_ANNA, "Anna Lund");
  /* Somebody nobody asked for is of no interest. */
  put_user (fixture, uc_test_user (TEST_BEN, "ben", "Ben", "B"), 10);
  g_assert_cmpuint (fixture->changed->len, ==, 1);
}

static void
test_comes_later (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = uc_test_id ("newcomer");

  g_assert_null (uc_directory_get_user (fixture->account->directory, id));
  g_assert_null (uc_directory_get_by_username (fixture->account->directory, "zoe"));
  uc_view_test_settle (fixture->account);
  g_assert_cmpuint (fixture->changed->len, ==, 0);

  put_user (fixture, uc_test_user (id, "zoe", "Zoë", "Zeta"), 10);
  g_assert_cmpuint (fixture->changed->len, ==, 1);
  assert_name (fixture, id, "Zoë Zeta");
  g_assert_nonnull (uc_directory_get_by_username (fixture->account->directory, "zoe"));
}

static void
test_by_username (Fixture *fixture, gconstpointer data)
{
  UcDirectory *directory = fixture->account->directory;

  g_assert_null (uc_directory_get_by_username (directory, "ben"));
  uc_view_test_settle (fixture->account);
  g_assert_cmpuint (fixture->changed->len, ==, 1);
  g_assert_cmpstr (uc_directory_get_by_username (directory, "ben")->id, ==, TEST_BEN);

  /* Names change hands. */
  put_user (fixture, uc_test_user (TEST_BEN, "benedikt", "B", "B"), 10);
  g_assert_null (uc_directory_get_by_username (directory, "ben"));
  g_assert_nonnull (uc_directory_get_by_username (directory, "benedikt"));
  uc_directory_get_user (directory, TEST_ANNA);
  put_user (fixture, uc_test_user (TEST_ANNA, "ben", "Anna", "Ek"), 10);
  g_assert_cmpstr (uc_directory_get_by_username (directory, "ben")->id, ==, TEST_ANNA);
}

static void
set_preference (Fixture *fixture, const char *category, const char *name, const char *value)
{
  g_autoptr (UcPreference) preference = uc_preference_new (TEST_ME, category, name, value);
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_preference (batch, preference);
  uc_test_store_apply (fixture->account->store, batch);
  uc_view_test_settle (fixture->account);
}

static void
test_name_format (Fixture *fixture, gconstpointer data)
{
  UcUser *user = uc_test_user (TEST_ANNA, "anna.ek", "Anna", "Ek");

  uc_test_set (&user->nickname, "Änn\u202eie");
  uc_directory_get_user (fixture->account->directory, TEST_ANNA);
  put_user (fixture, user, 10);
  assert_name (fixture, TEST_ANNA, "Anna Ek");
  g_ptr_array_set_size (fixture->changed, 0);

  set_preference (fixture, "display_settings", "name_format", "nickname_full_name");
  g_assert_cmpint (uc_directory_get_name_format (fixture->account->directory), ==,
                   UC_NAME_NICKNAME_FULL);
  g_assert_cmpuint (fixture->changed->len, ==, 1);
  assert_name (fixture, TEST_ANNA, "Ännie");
  set_preference (fixture, "display_settings", "name_format", "username");
  assert_name (fixture, TEST_ANNA, "anna.ek");
  set_preference (fixture, "display_settings", "name_format", "full_name");
  assert_name (fixture, TEST_ANNA, "Anna Ek");
}

static void
assert_initials (Fixture *fixture, const char *first, const char *last, const char *expected)
{
  static gint64    update_at_ms = 100;
  g_autofree char *initials = NULL;

  uc_directory_get_user (fixture->account->directory, TEST_BEN);
  put_user (fixture, uc_test_user (TEST_BEN, "b.b", first, last), update_at_ms++);
  initials = uc_directory_dup_initials (fixture->account->directory, TEST_BEN);
  g_assert_cmpstr (initials, ==, expected);
}

static void
test_initials (Fixture *fixture, gconstpointer data)
{
  g_autofree char *unknown = uc_directory_dup_initials (fixture->account->directory, "nobody");

  g_assert_cmpstr (unknown, ==, "S");
  assert_initials (fixture, "Anna", "von der Ek", "AE");
  assert_initials (fixture, "élan", "", "É");
  assert_initials (fixture, "王小明", "", "王");
  assert_initials (fixture, "(Anna)", "123", "A1");
  assert_initials (fixture, "", "", "BB");
  assert_initials (fixture, "🎉", "!", "?");
  g_assert_cmpuint (uc_directory_get_hue (TEST_ANNA), <, 360);
  g_assert_cmpuint (uc_directory_get_hue (TEST_ANNA), ==, uc_directory_get_hue (TEST_ANNA));
  g_assert_cmpuint (uc_directory_get_hue (TEST_ANNA), !=, uc_directory_get_hue (TEST_BEN));
}

static void
assert_channel (Fixture      *fixture,
                UcChannelType type,
                const char   *name,
                const char   *display,
                const char   *expected)
{
  g_autoptr (UcChannel) channel = uc_test_channel ("c", name, type);
  g_autofree char *shown = NULL;

  uc_test_set (&channel->display_name, display);
  shown = uc_directory_dup_channel_name (fixture->account->directory, channel);
  g_free (g_steal_pointer (&shown));
  uc_view_test_settle (fixture->account);
  shown = uc_directory_dup_channel_name (fixture->account->directory, channel);
  g_assert_cmpstr (shown, ==, expected);
}

static void
test_channel_name (Fixture *fixture, gconstpointer data)
{
  assert_channel (fixture, UC_CHANNEL_OPEN, "town", "Town\nSquare", "Town Square");
  assert_channel (fixture, UC_CHANNEL_PRIVATE, "town", "", "town");
  assert_channel (fixture, UC_CHANNEL_DIRECT, TEST_ME "__" TEST_ANNA, "", "Anna Ek");
  assert_channel (fixture, UC_CHANNEL_DIRECT, TEST_ANNA "__" TEST_ME, "", "Anna Ek");
  assert_channel (fixture, UC_CHANNEL_DIRECT, TEST_ME "__" TEST_ME, "", "Mina Meyer (you)");
  assert_channel (fixture, UC_CHANNEL_DIRECT, "x__y", "", "x__y");
  assert_channel (fixture, UC_CHANNEL_GROUP, "hash", "anna.ek, me.myself, ben, who.is",
                  "Anna Ek, Benedikt Österreich, who.is");
}

/* More people than are kept: memory is bounded, and the forgotten are read again. */
static void
test_bounded (Fixture *fixture, gconstpointer data)
{
  const int n = 2100;
  UcBatch  *batch = uc_batch_new ();
  guint     n_known = 0;

  for (int i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf ("u%dx", i);
    g_autofree char *id = uc_test_id (name);
    g_autoptr (UcUser) user = uc_test_user (id, name, name, "");

    uc_batch_put_user (batch, user);
  }
  uc_test_store_apply (fixture->account->store, batch);
  for (int round = 0; round < 2; round++) {
    n_known = 0;
    for (int i = 0; i < n; i++) {
      g_autofree char *name = g_strdup_printf ("u%dx", i);
      g_autofree char *id = uc_test_id (name);

      if (uc_directory_get_user (fixture->account->directory, id) != NULL)
        n_known++;
    }
    uc_view_test_settle (fixture->account);
  }
  g_assert_cmpuint (n_known, <=, 2048);
  g_assert_cmpuint (n_known, >, 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, func) g_test_add ("/view/directory/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("asked-for", test_asked_for);
  ADD ("follows", test_follows);
  ADD ("comes-later", test_comes_later);
  ADD ("by-username", test_by_username);
  ADD ("name-format", test_name_format);
  ADD ("initials", test_initials);
  ADD ("channel-name", test_channel_name);
  ADD ("bounded", test_bounded);
#undef ADD
  return g_test_run ();
}
