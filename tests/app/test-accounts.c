/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several accounts side by side against the real server. */

#include "config.h"

#include "uc-accounts.h"

#include "uc-account-folder.h"
#include "uc-error.h"
#include "uc-test-server.h"
#include "uc-test.h"

#define LIMIT_MS 20000

typedef struct {
  UcTestServer *server;
  char         *root;
  UcSecrets    *secrets;
  GSettings    *settings;
  UcClock      *clock;
  UcAccounts   *accounts;
  GString      *told;    /* "opened:id refused:id …" */
  char         *last_id; /* of the last signal */
} Fixture;

static GApplication *application;

static void
tell (Fixture *fixture, const char *what, const char *id)
{
  g_string_append_printf (fixture->told, "%s%s", fixture->told->len > 0 ? " " : "", what);
  g_set_str (&fixture->last_id, id);
}

static void
opened_cb (Fixture *fixture, const char *id)
{
  tell (fixture, "opened", id);
}

static void
failed_cb (Fixture *fixture, const char *id, const GError *error)
{
  tell (fixture, "failed", id);
}

static void
adopted_cb (Fixture *fixture, const char *id, const char *warning)
{
  g_assert_null (warning);
  tell (fixture, "adopted", id);
}

static void
refused_cb (Fixture *fixture, const char *id, const GError *error)
{
  g_assert_error (error, UC_ERROR, UC_ERROR_CONFLICT);
  tell (fixture, "refused", id);
}

static void
signed_out_cb (Fixture *fixture, const char *id, const GError *error)
{
  g_assert_no_error (error);
  tell (fixture, "signed-out", id);
}

static void
new_accounts (Fixture *fixture)
{
  fixture->accounts = uc_accounts_new (application, fixture->root, fixture->settings,
                                       fixture->secrets, fixture->clock);
  g_signal_connect_swapped (fixture->accounts, "opened", G_CALLBACK (opened_cb), fixture);
  g_signal_connect_swapped (fixture->accounts, "failed", G_CALLBACK (failed_cb), fixture);
  g_signal_connect_swapped (fixture->accounts, "adopted", G_CALLBACK (adopted_cb), fixture);
  g_signal_connect_swapped (fixture->accounts, "refused", G_CALLBACK (refused_cb), fixture);
  g_signal_connect_swapped (fixture->accounts, "signed-out", G_CALLBACK (signed_out_cb), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token_path = NULL;

  fixture->server = uc_test_server_new ();
  fixture->root = uc_test_dup_temp_dir ();
  token_path = g_build_filename (fixture->root, "tokens", NULL);
  fixture->secrets = uc_secrets_new_file (token_path);
  fixture->settings = g_settings_new ("com.example.UnifiedChat");
  fixture->clock = uc_clock_new_system ();
  fixture->told = g_string_new (NULL);
  new_accounts (fixture);
}

static gboolean
has_none (gpointer user_data)
{
  Fixture *fixture = user_data;

  return g_list_model_get_n_items (uc_accounts_get_running (fixture->accounts)) == 0;
}

static gboolean
is_unheld (gpointer user_data)
{
  /* Each entry keeps the object: the last reference is ours when all are closed. */
  return G_OBJECT (((Fixture *) user_data)->accounts)->ref_count == 1;
}

static void
close_all (Fixture *fixture)
{
  uc_accounts_close_all (fixture->accounts);
  g_assert_true (has_none (fixture));
  uc_test_wait_until (is_unheld, fixture, LIMIT_MS);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_all (fixture);
  g_assert_finalize_object (fixture->accounts);
  g_string_free (fixture->told, TRUE);
  g_free (fixture->last_id);
  g_object_unref (fixture->clock);
  g_object_unref (fixture->settings);
  g_object_unref (fixture->secrets);
  g_free (fixture->root);
  uc_test_server_free (fixture->server);
}

static UcSignIn *
sign_in (Fixture *fixture, const char *username)
{
  UcSignIn *sign_in = uc_sign_in_new ();
  g_autoptr (GAsyncResult) checked = NULL;
  g_autoptr (GAsyncResult) signed_in = NULL;
  g_autoptr (GError) error = NULL;

  uc_sign_in_check_server_async (sign_in, uc_test_server_get_site (fixture->server), NULL,
                                 uc_test_result_cb, &checked);
  uc_test_wait_result (&checked);
  uc_sign_in_check_server_finish (sign_in, checked, &error);
  g_assert_no_error (error);
  uc_sign_in_with_password_async (sign_in, username, uc_test_server_get_password (fixture->server),
                                  "", NULL, uc_test_result_cb, &signed_in);
  uc_test_wait_result (&signed_in);
  uc_sign_in_finish (sign_in, signed_in, NULL, &error);
  g_assert_no_error (error);

  return sign_in;
}

typedef struct {
  Fixture    *fixture;
  const char *expected;
} Wait;

static gboolean
is_told (gpointer user_data)
{
  Wait *wait = user_data;

  return strlen (wait->fixture->told->str) >= strlen (wait->expected);
}

static void
wait_told (Fixture *fixture, const char *expected)
{
  Wait wait = { fixture, expected };

  uc_test_wait_until (is_told, &wait, LIMIT_MS);
  g_assert_cmpstr (fixture->told->str, ==, expected);
  g_string_truncate (fixture->told, 0);
}

/* Makes the account of a new user; (transfer full): its id. */
static char *
adopt (Fixture *fixture, const char *name)
{
  g_autofree char *username = uc_test_server_add_user (fixture->server, name);
  g_autoptr (UcSignIn) sign = sign_in (fixture, username);

  uc_accounts_adopt (fixture->accounts, sign, NULL, NULL);
  wait_told (fixture, "adopted");

  return g_strdup (fixture->last_id);
}

static guint
count_running (Fixture *fixture)
{
  return g_list_model_get_n_items (uc_accounts_get_running (fixture->accounts));
}

static gboolean
is_live (gpointer user_data)
{
  return uc_session_get_state (user_data) == UC_SYNC_LIVE;
}

static void
wait_live (Fixture *fixture, const char *id)
{
  UcAccountRunner *runner = uc_accounts_find (fixture->accounts, id);

  g_assert_nonnull (runner);
  uc_test_wait_until (
      is_live, uc_window_account_get_session (uc_account_runner_get_account (runner)), LIMIT_MS);
}

/* Both are up to date at the same time, and again after the next start. */
static void
test_side_by_side (Fixture *fixture, gconstpointer data)
{
  g_autofree char *anna = adopt (fixture, "anna");
  g_autofree char *ben = adopt (fixture, "ben");

  g_assert_cmpstr (anna, !=, ben);
  g_assert_cmpuint (count_running (fixture), ==, 2);
  wait_live (fixture, anna);
  wait_live (fixture, ben);

  close_all (fixture);
  g_assert_finalize_object (fixture->accounts);
  new_accounts (fixture);
  uc_accounts_open_all (fixture->accounts);
  wait_told (fixture, "opened opened");
  wait_live (fixture, anna);
  wait_live (fixture, ben);
}

/* Whoever asks twice gets it once. */
static void
test_open_twice (Fixture *fixture, gconstpointer data)
{
  g_autofree char *anna = adopt (fixture, "anna");

  uc_accounts_open (fixture->accounts, anna);
  close_all (fixture);
  uc_accounts_open (fixture->accounts, anna);
  uc_accounts_open (fixture->accounts, anna);
  wait_told (fixture, "opened");
  g_assert_cmpuint (count_running (fixture), ==, 1);
}

/* Opened again while it is still closing: one waits for the other, as the store is one's
 * own. */
static void
test_reopen (Fixture *fixture, gconstpointer data)
{
  g_autofree char *anna = adopt (fixture, "anna");

  uc_accounts_close_all (fixture->accounts);
  g_assert_null (uc_accounts_find (fixture->accounts, anna));
  uc_accounts_open (fixture->accounts, anna);
  wait_told (fixture, "opened");
  /* The same while it is being opened. */
  close_all (fixture);
  uc_accounts_open (fixture->accounts, anna);
  uc_accounts_close_all (fixture->accounts);
  uc_accounts_open (fixture->accounts, anna);
  wait_told (fixture, "opened");
  wait_live (fixture, anna);
}

/* What cannot be opened does not stand in the way of the others. */
static void
test_failed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *anna = adopt (fixture, "anna");
  g_autofree char *broken = g_build_filename (fixture->root, "broken", NULL);
  g_autofree char *store = g_build_filename (broken, "store.db", NULL);

  g_assert_true (uc_account_folder_make (broken, NULL));
  g_assert_true (g_file_set_contents (store, "", 0, NULL));
  uc_accounts_open_all (fixture->accounts);
  wait_told (fixture, "failed");
  g_assert_cmpstr (fixture->last_id, ==, "broken");
  wait_live (fixture, anna);
  g_assert_cmpuint (count_running (fixture), ==, 1);
}

/* A new token goes to the account that runs; one that is being opened has to wait. */
static void
test_sign_in_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *username = uc_test_server_add_user (fixture->server, "anna");
  g_autoptr (UcSignIn) first = sign_in (fixture, username);
  g_autoptr (UcSignIn) second = sign_in (fixture, username);
  g_autofree char *id = NULL;

  uc_accounts_adopt (fixture->accounts, first, NULL, NULL);
  uc_accounts_adopt (fixture->accounts, second, NULL, NULL);
  wait_told (fixture, "refused adopted");
  id = g_strdup (fixture->last_id);
  uc_accounts_adopt (fixture->accounts, second, NULL, NULL);
  wait_told (fixture, "adopted");
  g_assert_cmpstr (fixture->last_id, ==, id);
  g_assert_cmpuint (count_running (fixture), ==, 1);
  wait_live (fixture, id);
}

static void
test_sign_out (Fixture *fixture, gconstpointer data)
{
  g_autofree char *anna = adopt (fixture, "anna");
  g_autofree char *ben = adopt (fixture, "ben");
  g_auto (GStrv) left = NULL;

  uc_accounts_sign_out (fixture->accounts, anna);
  g_assert_null (uc_accounts_find (fixture->accounts, anna));
  wait_told (fixture, "signed-out");
  g_assert_cmpstr (fixture->last_id, ==, anna);
  wait_live (fixture, ben);
  left = uc_account_folder_list (fixture->root);
  g_assert_cmpuint (g_strv_length (left), ==, 1);
  g_assert_cmpstr (left[0], ==, ben);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  application = g_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  g_test_add ("/app/accounts/side-by-side", Fixture, NULL, set_up, test_side_by_side, tear_down);
  g_test_add ("/app/accounts/open-twice", Fixture, NULL, set_up, test_open_twice, tear_down);
  g_test_add ("/app/accounts/reopen", Fixture, NULL, set_up, test_reopen, tear_down);
  g_test_add ("/app/accounts/failed", Fixture, NULL, set_up, test_failed, tear_down);
  g_test_add ("/app/accounts/sign-in-again", Fixture, NULL, set_up, test_sign_in_again, tear_down);
  g_test_add ("/app/accounts/sign-out", Fixture, NULL, set_up, test_sign_out, tear_down);

  status = g_test_run ();
  g_object_unref (application);

  return status;
}
