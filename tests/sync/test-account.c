/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose store it is, and that nobody else gets into it. */

#include "config.h"

#include "uc-account.h"

#include "uc-error.h"
#include "uc-test.h"

#include <glib/gstdio.h>

typedef struct {
  char      *dir;
  UcClock   *clock;
  UcStore   *store;
  UcSecrets *secrets;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *secrets_path = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->dir = uc_test_dup_temp_dir ();
  fixture->clock = uc_clock_new_fake (1795176000000);
  path = g_build_filename (fixture->dir, "store.db", NULL);
  secrets_path = g_build_filename (fixture->dir, "token", NULL);
  fixture->secrets = uc_secrets_new_file (secrets_path);
  fixture->store = uc_store_new (path, fixture->clock);
  uc_store_open_async (fixture->store, NULL, NULL, NULL, uc_test_result_cb, &result);
  uc_store_open_finish (fixture->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_store_close_async (fixture->store, uc_test_result_cb, &result);
  g_assert_true (uc_store_close_finish (fixture->store, uc_test_wait_result (&result), NULL));
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->secrets);
  g_clear_object (&fixture->clock);
  g_free (fixture->dir);
}

static UcAccount *
load (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  UcAccount *account;

  uc_account_load_async (fixture->store, NULL, uc_test_result_cb, &result);
  account = uc_account_load_finish (fixture->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  return account;
}

static gboolean
adopt (Fixture *fixture, const char *site, const char *user_id, char **warning, GError **error)
{
  g_autoptr (UcApi) api = uc_api_new (site);
  g_autoptr (UcUser) me = uc_user_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_set_str (&me->id, user_id);
  g_set_str (&me->username, "anna");
  uc_api_set_token (api, "tokentokentokentokentokent");
  uc_account_adopt_async (fixture->store, api, fixture->secrets, me, NULL, uc_test_result_cb,
                          &result);
  return uc_account_adopt_finish (fixture->store, uc_test_wait_result (&result), warning, error);
}

#define SITE "https://chat.example.org"
#define ANNA "3enrnfw7k7y53nb4x7ra9pj4fw"
#define BEN  "5rafe8kbrtfcpc4x3ysn6yx84o"

static void
test_adopted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcAccount) before = load (fixture);
  g_autoptr (UcAccount) account = NULL;
  g_autofree char *warning = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  char *token;

  g_assert_null (before);
  adopt (fixture, SITE, ANNA, &warning, &error);
  g_assert_no_error (error);
  g_assert_null (warning);
  account = load (fixture);
  g_assert_cmpstr (account->site, ==, SITE);
  g_assert_cmpstr (account->user_id, ==, ANNA);
  g_assert_cmpstr (account->username, ==, "anna");

  uc_secrets_lookup_async (fixture->secrets, SITE, ANNA, NULL, uc_test_result_cb, &result);
  token = uc_secrets_lookup_finish (fixture->secrets, uc_test_wait_result (&result), &error);
  g_assert_cmpstr (token, ==, "tokentokentokentokentokent");
  uc_secrets_free_token (token);

  /* Once more, after the session had ended. */
  g_assert_true (adopt (fixture, SITE, ANNA, NULL, &error));
}

static void
test_not_anothers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) user = NULL;
  g_autoptr (GError) site = NULL;
  g_autoptr (UcAccount) account = NULL;

  g_assert_true (adopt (fixture, SITE, ANNA, NULL, NULL));
  g_assert_false (adopt (fixture, SITE, BEN, NULL, &user));
  g_assert_error (user, UC_ERROR, UC_ERROR_CONFLICT);
  g_assert_false (adopt (fixture, "https://other.example.org", ANNA, NULL, &site));
  g_assert_error (site, UC_ERROR, UC_ERROR_CONFLICT);
  account = load (fixture);
  g_assert_cmpstr (account->user_id, ==, ANNA);
}

/* The sign-in stands all the same, for this run. */
static void
test_keyring_refuses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcAccount) account = NULL;
  g_autofree char *warning = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->secrets);
  fixture->secrets = uc_secrets_new_file ("/proc/nowhere/token");
  g_assert_true (adopt (fixture, SITE, ANNA, &warning, &error));
  g_assert_no_error (error);
  g_assert_nonnull (warning);
  account = load (fixture);
  g_assert_cmpstr (account->user_id, ==, ANNA);
}

#define ADD(name, func) g_test_add ("/sync/account/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("adopted", test_adopted);
  ADD ("not-anothers", test_not_anothers);
  ADD ("keyring-refuses", test_keyring_refuses);
  return g_test_run ();
}
