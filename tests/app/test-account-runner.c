/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of an account against the real server: signed in, closed, opened, signed in
 * again, signed out. */

#include "config.h"

#include "uc-account-runner.h"

#include "uc-error.h"
#include "uc-login.h"
#include "uc-test-server.h"
#include "uc-test.h"

typedef struct {
  UcTestServer *server;
  char         *root;
  char         *folder;
  char         *token_path;
  char         *username;
  UcSecrets    *secrets;
  GSettings    *settings;
  UcClock      *clock;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = uc_test_server_new ();
  fixture->username = uc_test_server_add_user (fixture->server, "anna");
  fixture->root = uc_test_dup_temp_dir ();
  fixture->folder = g_build_filename (fixture->root, "account", NULL);
  fixture->token_path = g_build_filename (fixture->root, "token", NULL);
  fixture->secrets = uc_secrets_new_file (fixture->token_path);
  fixture->settings = g_settings_new ("com.example.UnifiedChat");
  g_settings_reset (fixture->settings, "flag-overrides");
  fixture->clock = uc_clock_new_system ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->clock);
  g_object_unref (fixture->settings);
  g_object_unref (fixture->secrets);
  g_free (fixture->username);
  g_free (fixture->token_path);
  g_free (fixture->folder);
  g_free (fixture->root);
  uc_test_server_free (fixture->server);
}

static UcAccountRunner *
new_runner (Fixture *fixture)
{
  return uc_account_runner_new (fixture->folder, fixture->secrets, fixture->settings,
                                fixture->clock);
}

static UcSignIn *
sign_in (Fixture *fixture)
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
  uc_sign_in_with_password_async (sign_in, fixture->username,
                                  uc_test_server_get_password (fixture->server), "", NULL,
                                  uc_test_result_cb, &signed_in);
  uc_test_wait_result (&signed_in);
  uc_sign_in_finish (sign_in, signed_in, NULL, &error);
  g_assert_no_error (error);

  return sign_in;
}

static void
adopt (UcAccountRunner *runner, UcSignIn *sign_in)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;

  uc_account_runner_adopt_async (runner, sign_in, NULL, NULL, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  g_assert_true (uc_account_runner_adopt_finish (runner, result, &warning, &error));
  g_assert_no_error (error);
  g_assert_null (warning);
}

static gboolean
try_open (UcAccountRunner *runner, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_account_runner_open_async (runner, NULL, NULL, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);

  return uc_account_runner_open_finish (runner, result, error);
}

static void
close_runner (UcAccountRunner *runner)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_account_runner_close_async (runner, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  uc_account_runner_close_finish (runner, result, &error);
  g_assert_no_error (error);
}

static gboolean
is_live (gpointer user_data)
{
  return uc_session_get_state (user_data) == UC_SYNC_LIVE;
}

static UcSession *
wait_live (UcAccountRunner *runner)
{
  UcSession *session = uc_window_account_get_session (uc_account_runner_get_account (runner));

  uc_test_wait_until (is_live, session, 20000);

  return session;
}

static void
test_life (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcAccountRunner) runner = new_runner (fixture);
  g_autoptr (UcSignIn) first = sign_in (fixture);
  g_autoptr (UcSignIn) second = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (uc_account_runner_get_account (runner));
  adopt (runner, first);
  wait_live (runner);
  g_assert_true (uc_account_runner_is_account_of (runner, first));
  close_runner (runner);
  g_assert_null (uc_account_runner_get_account (runner));
  g_clear_object (&runner);

  /* The next start needs nothing but the folder and the token. */
  runner = new_runner (fixture);
  g_assert_true (try_open (runner, &error));
  g_assert_no_error (error);
  wait_live (runner);

  /* Another token for the account that runs. */
  second = sign_in (fixture);
  g_assert_true (uc_account_runner_is_account_of (runner, second));
  adopt (runner, second);
  wait_live (runner);

  uc_account_runner_sign_out_async (runner, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  uc_account_runner_sign_out_finish (runner, result, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
  g_clear_object (&result); /* it holds its source */
  g_assert_finalize_object (g_steal_pointer (&runner));
}

static GPtrArray *
load_logins (UcSession *session)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *logins;

  uc_session_load_logins_async (session, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  logins = uc_session_load_logins_finish (session, result, &error);
  g_assert_no_error (error);

  return logins;
}

static char *
load_own_login (UcSession *session)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_store_load_fact_async (uc_session_get_store (session), "login_id", NULL, uc_test_result_cb,
                            &result);
  uc_test_wait_result (&result);

  return uc_store_load_fact_finish (uc_session_get_store (session), result, NULL);
}

static gboolean
has_login (GPtrArray *logins, const char *id)
{
  for (guint i = 0; i < logins->len; i++)
    if (g_str_equal (((UcLogin *) logins->pdata[i])->id, id))
      return TRUE;

  return FALSE;
}

/* Another device is signed out from here; this one knows itself. */
static void
test_revoke_login (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcAccountRunner) runner = new_runner (fixture);
  g_autoptr (UcSignIn) own = sign_in (fixture);
  g_autoptr (UcSignIn) other = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) with_other = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *own_id = NULL;
  const char      *other_id = NULL;
  UcSession       *session;

  adopt (runner, own);
  session = wait_live (runner);
  own_id = load_own_login (session);
  before = load_logins (session);
  g_assert_true (has_login (before, own_id));
  other = sign_in (fixture);
  with_other = load_logins (session);
  for (guint i = 0; i < with_other->len; i++) {
    const UcLogin *login = g_ptr_array_index (with_other, i);

    if (!has_login (before, login->id))
      other_id = login->id;
  }
  g_assert_nonnull (other_id);
  g_assert_cmpstr (other_id, !=, own_id);

  uc_session_revoke_login_async (session, other_id, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  g_assert_true (uc_session_revoke_login_finish (session, result, &error));
  g_assert_no_error (error);
  after = load_logins (session);
  g_assert_false (has_login (after, other_id));
  g_assert_true (has_login (after, own_id));
  g_assert_cmpint (uc_session_get_state (session), ==, UC_SYNC_LIVE);
  close_runner (runner);
}

/* What was signed out here is over at the server, too. */
static void
test_sign_out_ends_session (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcAccountRunner) runner = new_runner (fixture);
  g_autoptr (UcSignIn) own = sign_in (fixture);
  g_autofree char *token = g_strdup (uc_api_get_token (uc_sign_in_get_api (own)));
  g_autofree char *user_id = g_strdup (uc_sign_in_get_user (own)->id);
  g_autoptr (UcSignIn) again = uc_sign_in_new ();
  g_autoptr (GAsyncResult) signed_out = NULL;
  g_autoptr (GAsyncResult) checked = NULL;
  g_autoptr (GAsyncResult) signed_in = NULL;
  g_autoptr (GAsyncResult) looked_up = NULL;
  g_autoptr (GError) error = NULL;

  adopt (runner, own);
  wait_live (runner);
  uc_account_runner_sign_out_async (runner, uc_test_result_cb, &signed_out);
  uc_test_wait_result (&signed_out);
  g_assert_true (uc_account_runner_sign_out_finish (runner, signed_out, &error));

  uc_sign_in_check_server_async (again, uc_test_server_get_site (fixture->server), NULL,
                                 uc_test_result_cb, &checked);
  uc_test_wait_result (&checked);
  g_assert_true (uc_sign_in_check_server_finish (again, checked, &error));
  uc_sign_in_with_token_async (again, token, NULL, uc_test_result_cb, &signed_in);
  uc_test_wait_result (&signed_in);
  g_assert_false (uc_sign_in_finish (again, signed_in, NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_AUTH);
  g_clear_error (&error);

  uc_secrets_lookup_async (fixture->secrets, uc_test_server_get_site (fixture->server), user_id,
                           NULL, uc_test_result_cb, &looked_up);
  uc_test_wait_result (&looked_up);
  g_assert_null (uc_secrets_lookup_finish (fixture->secrets, looked_up, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_NOT_FOUND);
}

static void
test_faults (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcAccountRunner) runner = new_runner (fixture);
  g_autoptr (UcAccountRunner) other = NULL;
  g_autoptr (UcSignIn) own = sign_in (fixture);
  g_autoptr (GError) error = NULL;

  adopt (runner, own);
  /* Two of us on one store would be the end of it. */
  other = new_runner (fixture);
  g_assert_false (try_open (other, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_CONFLICT);
  close_runner (other);
  g_clear_object (&other);
  close_runner (runner);
}

static void
test_overrides (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcAccountRunner) runner = new_runner (fixture);
  g_autoptr (UcSignIn) own = sign_in (fixture);
  UcFlags        *flags;
  GVariantBuilder builder;

  adopt (runner, own);
  flags = uc_session_get_flags (wait_live (runner));
  g_assert_true (uc_flags_is_on (flags, UC_FLAG_virtual_scrolling));

  /* At once, without a restart. */
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sb}"));
  g_variant_builder_add (&builder, "{sb}", "virtual_scrolling", FALSE);
  g_settings_set_value (fixture->settings, "flag-overrides", g_variant_builder_end (&builder));
  g_assert_false (uc_flags_is_on (flags, UC_FLAG_virtual_scrolling));
  g_settings_reset (fixture->settings, "flag-overrides");
  g_assert_true (uc_flags_is_on (flags, UC_FLAG_virtual_scrolling));
  close_runner (runner);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  /* Schemas lie in folders that a test does not see. */
  g_settings_schema_source_get_default ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/app/account-runner/life", test_life);
  add ("/app/account-runner/sign-out-ends-session", test_sign_out_ends_session);
  add ("/app/account-runner/revoke-login", test_revoke_login);
  add ("/app/account-runner/faults", test_faults);
  add ("/app/account-runner/overrides", test_overrides);

  return g_test_run ();
}
