/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program itself as a process: what it ends with and what it leaves behind. */

#include "config.h"

#include "uc-account-folder.h"
#include "uc-account-runner.h"
#include "uc-store.h"
#include "uc-test-server.h"
#include "uc-test.h"

#include <signal.h>

#define START_LIMIT_MS 60000

/* A program with folders of its own. */
typedef struct {
  char        *home;
  char        *accounts;
  char        *cache;
  GSubprocess *process; /* (nullable) */
  gboolean     has_ended;
} Program;

static void
program_init (Program *self)
{
  self->home = uc_test_dup_temp_dir ();
  self->accounts = g_build_filename (self->home, "data", "unified-chat", "accounts", NULL);
  self->cache = g_build_filename (self->home, "cache", "unified-chat", NULL);
  self->process = NULL;
  self->has_ended = FALSE;
}

static void
program_clear (Program *self)
{
  g_clear_object (&self->process);
  g_free (self->home);
  g_free (self->accounts);
  g_free (self->cache);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *self = user_data;

  self->has_ended = TRUE;
}

static void
set_folder (GSubprocessLauncher *launcher, const char *variable, Program *self, const char *name)
{
  g_autofree char *folder = g_build_filename (self->home, name, NULL);

  g_subprocess_launcher_setenv (launcher, variable, folder, TRUE);
}

static void
start (Program *self, const char *option, GSubprocessFlags flags)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GError) error = NULL;

  /* A test sees no folders of the system; the program needs what the desktop gives. */
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_DIRS", "/usr/local/share:/usr/share", TRUE);
  g_subprocess_launcher_unsetenv (launcher, "XDG_CONFIG_DIRS");
  set_folder (launcher, "HOME", self, ".");
  set_folder (launcher, "XDG_RUNTIME_DIR", self, ".");
  set_folder (launcher, "XDG_DATA_HOME", self, "data");
  set_folder (launcher, "XDG_CONFIG_HOME", self, "config");
  set_folder (launcher, "XDG_CACHE_HOME", self, "cache");
  self->process =
      g_subprocess_launcher_spawn (launcher, &error, g_getenv ("UC_TEST_PROGRAM"), option, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_async (self->process, NULL, ended_cb, self);
}

static gboolean
look_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* What other processes do wakes no main loop: it is looked at again and again. */
static void
wait_until (UcTestPredicate predicate, gpointer user_data, guint limit_ms)
{
  const guint id = g_timeout_add (50, look_cb, NULL);

  uc_test_wait_until (predicate, user_data, limit_ms);
  g_source_remove (id);
}

static gboolean
has_ended (gpointer user_data)
{
  return ((Program *) user_data)->has_ended;
}

/* As the session does at its end. */
static int
terminate (Program *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  wait_until (has_ended, self, 20000);
  g_assert_true (g_subprocess_get_if_exited (self->process));

  return g_subprocess_get_exit_status (self->process);
}

/* The demo's folder, NULL when there is none. */
static char *
dup_demo (Program *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->cache, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    if (g_str_has_prefix (name, "demo-"))
      return g_build_filename (self->cache, name, NULL);
  }

  return NULL;
}

static gboolean
has_demo_account (gpointer user_data)
{
  g_autofree char *demo = dup_demo (user_data);
  g_autofree char *token = demo != NULL ? g_build_filename (demo, "demo", "token", NULL) : NULL;

  return token != NULL && g_file_test (token, G_FILE_TEST_EXISTS);
}

static void
test_version (void)
{
  Program          program;
  g_autofree char *output = NULL;

  program_init (&program);
  start (&program, "--version", G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_communicate_utf8 (program.process, NULL, NULL, &output, NULL, NULL);
  g_assert_cmpstr (output, ==, "unified-chat " UC_VERSION "\n");
  wait_until (has_ended, &program, 5000);
  g_assert_cmpint (g_subprocess_get_exit_status (program.process), ==, 0);
  program_clear (&program);
}

/* The demo comes up, signs in, and nothing of it is left. */
static void
test_demo (void)
{
  Program          program;
  g_autofree char *demo = NULL;

  program_init (&program);
  start (&program, "--demo", G_SUBPROCESS_FLAGS_NONE);
  wait_until (has_demo_account, &program, START_LIMIT_MS);
  g_assert_false (program.has_ended);
  g_assert_cmpint (terminate (&program), ==, 0);
  demo = dup_demo (&program);
  g_assert_null (demo);
  g_assert_false (g_file_test (program.accounts, G_FILE_TEST_EXISTS));
  program_clear (&program);
}

/* Whether some process was started with @needle in its arguments. */
static gboolean
is_running (const char *needle)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (proc)) != NULL) {
    g_autofree char *path = g_build_filename ("/proc", name, "cmdline", NULL);
    g_autofree char *arguments = NULL;
    gsize            length;

    if (!g_ascii_isdigit (*name) || !g_file_get_contents (path, &arguments, &length, NULL))
      continue;
    if (memmem (arguments, length, needle, strlen (needle)) != NULL)
      return TRUE;
  }

  return FALSE;
}

static gboolean
is_gone (gpointer user_data)
{
  return !is_running (user_data);
}

/* Killed, it cannot clean up; the server must go all the same. */
static void
test_demo_dies_with_program (void)
{
  Program          program;
  g_autofree char *demo = NULL;

  program_init (&program);
  start (&program, "--demo", G_SUBPROCESS_FLAGS_NONE);
  wait_until (has_demo_account, &program, START_LIMIT_MS);
  demo = dup_demo (&program);
  g_assert_true (is_running (demo));
  g_subprocess_send_signal (program.process, SIGKILL);
  wait_until (has_ended, &program, 5000);
  wait_until (is_gone, demo, 10000);
  program_clear (&program);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  uc_store_open_finish (UC_STORE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *line =
      g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line != NULL && strstr (line, "Opening the account") != NULL)
    *(gboolean *) user_data = TRUE;
  else if (line != NULL)
    g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL,
                                         line_cb, user_data);
}

/* -- Without a window ------------------------------------------------------------------- */

static void
make_account (Program *self, UcTestServer *server)
{
  g_autofree char *username = uc_test_server_add_user (server, "anna");
  g_autofree char *token_path = g_build_filename (self->home, "token", NULL);
  g_autofree char *folder = g_build_filename (self->accounts, "one", NULL);
  g_autoptr (UcSecrets) secrets = uc_secrets_new_file (token_path);
  g_autoptr (GSettings) settings = g_settings_new ("com.example.UnifiedChat");
  g_autoptr (UcClock) clock = uc_clock_new_system ();
  g_autoptr (UcAccountRunner) runner = uc_account_runner_new (folder, secrets, settings, clock);
  g_autoptr (UcSignIn) sign_in = uc_sign_in_new ();
  g_autoptr (GAsyncResult) checked = NULL;
  g_autoptr (GAsyncResult) signed_in = NULL;
  g_autoptr (GAsyncResult) adopted = NULL;
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GError) error = NULL;

  uc_sign_in_check_server_async (sign_in, uc_test_server_get_site (server), NULL, uc_test_result_cb,
                                 &checked);
  uc_test_wait_result (&checked);
  g_assert_true (uc_sign_in_check_server_finish (sign_in, checked, &error));
  uc_sign_in_with_password_async (sign_in, username, uc_test_server_get_password (server), "", NULL,
                                  uc_test_result_cb, &signed_in);
  uc_test_wait_result (&signed_in);
  g_assert_true (uc_sign_in_finish (sign_in, signed_in, NULL, &error));
  uc_account_runner_adopt_async (runner, sign_in, NULL, NULL, NULL, uc_test_result_cb, &adopted);
  uc_test_wait_result (&adopted);
  g_assert_true (uc_account_runner_adopt_finish (runner, adopted, NULL, &error));
  uc_account_runner_close_async (runner, uc_test_result_cb, &closed);
  uc_test_wait_result (&closed);
  g_assert_true (uc_account_runner_close_finish (runner, closed, &error));
}

static gboolean
has_store_open (gpointer user_data)
{
  Program         *self = user_data;
  g_autofree char *folder =
      g_strdup_printf ("/proc/%s/fd", g_subprocess_get_identifier (self->process));
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *link = g_build_filename (folder, name, NULL);
    g_autofree char *path = g_file_read_link (link, NULL);

    if (path != NULL && g_str_has_prefix (path, self->accounts) &&
        g_str_has_suffix (path, "/store.db"))
      return TRUE;
  }

  return FALSE;
}

/* It opens what there is and stays; asked to end, it closes everything first. */
static void
test_background (void)
{
  UcTestServer *server = uc_test_server_new ();
  Program       program;

  program_init (&program);
  make_account (&program, server);
  start (&program, "--background", G_SUBPROCESS_FLAGS_NONE);
  wait_until (has_store_open, &program, START_LIMIT_MS);
  g_assert_false (program.has_ended);
  g_assert_cmpint (terminate (&program), ==, 0);
  program_clear (&program);
  uc_test_server_free (server);
}

/* With nothing to receive there is nothing to stay for. */
static void
test_background_of_nobody (void)
{
  Program program;

  program_init (&program);
  start (&program, "--background", G_SUBPROCESS_FLAGS_NONE);
  wait_until (has_ended, &program, START_LIMIT_MS);
  g_assert_cmpint (g_subprocess_get_exit_status (program.process), ==, 0);
  program_clear (&program);
}

/* -- Two programs -------------------------------------------------------------------------- */

/* Somebody else has the store: without a bus nothing else would keep the two apart. */
static void
test_store_in_use (void)
{
  Program          program;
  g_autofree char *folder = NULL, *path = NULL;
  g_autoptr (UcClock) clock = uc_clock_new_system ();
  g_autoptr (UcStore) store = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_open = FALSE, is_refused = FALSE;

  program_init (&program);
  folder = g_build_filename (program.accounts, "one", NULL);
  path = g_build_filename (folder, "store.db", NULL);
  g_assert_true (uc_account_folder_make (folder, &error));
  store = uc_store_new (path, clock);
  uc_store_open_async (store, NULL, NULL, NULL, opened_cb, &is_open);
  wait_until (is_true, &is_open, 5000);

  start (&program, NULL, G_SUBPROCESS_FLAGS_STDERR_PIPE);
  lines = g_data_input_stream_new (g_subprocess_get_stderr_pipe (program.process));
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, line_cb, &is_refused);
  wait_until (is_true, &is_refused, START_LIMIT_MS);
  g_assert_cmpint (terminate (&program), ==, 3);
  program_clear (&program);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/app/program/version", test_version);
  g_test_add_func ("/app/program/demo", test_demo);
  g_test_add_func ("/app/program/demo-dies-with-program", test_demo_dies_with_program);
  g_test_add_func ("/app/program/background", test_background);
  g_test_add_func ("/app/program/background-of-nobody", test_background_of_nobody);
  g_test_add_func ("/app/program/store-in-use", test_store_in_use);

  return g_test_run ();
}
