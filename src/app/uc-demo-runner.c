/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts the bundled server with its demo organisation and signs in to it. */

#include "config.h"

#include "uc-demo-runner.h"

#include "uc-account-folder.h"
#include "uc-error.h"

#include <glib/gi18n.h>
#include <signal.h>
#include <sys/prctl.h>

#define SERVER_NAME  "unified-chat-server"
#define READY_PREFIX "listening on "
/* A member of the demo organisation: no secret, it is printed in the README. */
#define MEMBER_NAME     "anna.keller"
#define MEMBER_PASSWORD "demo-Lindenhof-1"

struct _UcDemoRunner {
  GObject parent_instance;

  char        *server;  /* (owned) the program */
  char        *root;    /* (owned) (nullable) holds the two folders below */
  char        *folder;  /* (owned) (nullable) of the account */
  GSubprocess *process; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UcDemoRunner, uc_demo_runner, G_TYPE_OBJECT)

static void
uc_demo_runner_dispose (GObject *object)
{
  uc_demo_runner_stop (UC_DEMO_RUNNER (object));

  G_OBJECT_CLASS (uc_demo_runner_parent_class)->dispose (object);
}

static void
uc_demo_runner_finalize (GObject *object)
{
  UcDemoRunner *self = UC_DEMO_RUNNER (object);

  g_free (self->server);
  g_free (self->root);
  g_free (self->folder);

  G_OBJECT_CLASS (uc_demo_runner_parent_class)->finalize (object);
}

static void
uc_demo_runner_class_init (UcDemoRunnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_demo_runner_dispose;
  object_class->finalize = uc_demo_runner_finalize;
}

static void
uc_demo_runner_init (UcDemoRunner *self)
{
}

/**
 * uc_demo_runner_find_server:
 *
 * Looks for the bundled server beside this program, where it lies in a build folder too,
 * then where it is installed.
 *
 * Returns: (transfer full) (nullable): its path
 */
char *
uc_demo_runner_find_server (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : g_strdup (UC_BIN_DIR);
  g_autofree char *beside = g_build_filename (folder, SERVER_NAME, NULL);
  g_autofree char *built = g_build_filename (folder, "..", SERVER_NAME, NULL);
  g_autofree char *installed = g_build_filename (UC_BIN_DIR, SERVER_NAME, NULL);
  const char      *places[] = { beside, built, installed };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    if (g_file_test (places[i], G_FILE_TEST_IS_EXECUTABLE))
      return g_canonicalize_filename (places[i], NULL);
  }

  return NULL;
}

/**
 * uc_demo_runner_new:
 * @server: the bundled server's program
 *
 * Returns: (transfer full): a demo that is not started yet
 */
UcDemoRunner *
uc_demo_runner_new (const char *server)
{
  UcDemoRunner *self;

  g_return_val_if_fail (server != NULL, NULL);

  self = g_object_new (UC_TYPE_DEMO_RUNNER, NULL);
  self->server = g_strdup (server);

  return self;
}

/* -- Starting ---------------------------------------------------------------------------- */

typedef struct {
  UcSignIn         *sign_in; /* (owned) */
  GDataInputStream *lines;   /* (owned) what the server prints */
} StartJob;

static void
start_job_free (StartJob *job)
{
  g_clear_object (&job->sign_in);
  g_clear_object (&job->lines);
  g_free (job);
}

/* In the child: the server must not outlive a program that was killed. */
static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static gboolean
spawn (UcDemoRunner *self, GError **error)
{
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "unified-chat", NULL);
  g_autofree char *template = g_build_filename (cache, "demo-XXXXXX", NULL);
  g_autofree char *data = NULL;
  g_autoptr (GSubprocessLauncher) launcher = NULL;

  if (!uc_account_folder_make (cache, error))
    return FALSE;
  if (g_mkdtemp (template) == NULL) {
    g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, _ ("No folder for the demo can be made: %s"),
                 g_strerror (errno));
    return FALSE;
  }
  self->root = g_steal_pointer (&template);
  self->folder = g_build_filename (self->root, "demo", NULL);
  data = g_build_filename (self->root, "server", NULL);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawn (launcher, error, self->server, "--demo", "--port",
                                               "0", "--data", data, NULL);

  return self->process != NULL;
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StartJob *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!uc_sign_in_finish (UC_SIGN_IN (source), result, NULL, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_object_ref (job->sign_in), g_object_unref);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSignIn     *sign_in = UC_SIGN_IN (source);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;

  if (!uc_sign_in_check_server_finish (sign_in, result, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  uc_sign_in_with_password_async (sign_in, MEMBER_NAME, MEMBER_PASSWORD, "", cancellable,
                                  signed_in_cb, g_steal_pointer (&task));
}

static void
line_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StartJob     *job = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source),
                                                                     result, NULL, &error);

  if (error != NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  if (line == NULL || !g_str_has_prefix (line, READY_PREFIX)) {
    g_task_return_new_error (task, UC_ERROR, UC_ERROR_SERVER,
                             _ ("The demo server ended before it was ready."));
    return;
  }
  uc_sign_in_check_server_async (job->sign_in, line + strlen (READY_PREFIX), cancellable,
                                 checked_cb, g_steal_pointer (&task));
}

/**
 * uc_demo_runner_start_async:
 *
 * Starts the server and signs in.
 */
void
uc_demo_runner_start_async (UcDemoRunner       *self,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  StartJob *job;

  g_return_if_fail (UC_IS_DEMO_RUNNER (self));
  g_return_if_fail (self->process == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_demo_runner_start_async);
  if (!spawn (self, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  job = g_new0 (StartJob, 1);
  job->sign_in = uc_sign_in_new ();
  job->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_task_set_task_data (task, job, (GDestroyNotify) start_job_free);
  g_data_input_stream_read_line_async (job->lines, G_PRIORITY_DEFAULT, cancellable, line_read_cb,
                                       g_steal_pointer (&task));
}

/**
 * uc_demo_runner_start_finish:
 *
 * Returns: (transfer full) (nullable): a sign-in as a member, %NULL on error
 */
UcSignIn *
uc_demo_runner_start_finish (UcDemoRunner *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * uc_demo_runner_get_folder:
 *
 * Returns: (transfer none) (nullable): the folder for the account, once started
 */
const char *
uc_demo_runner_get_folder (UcDemoRunner *self)
{
  g_return_val_if_fail (UC_IS_DEMO_RUNNER (self), NULL);

  return self->folder;
}

/**
 * uc_demo_runner_stop:
 *
 * Ends the server and removes all that the demo wrote.
 */
void
uc_demo_runner_stop (UcDemoRunner *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (UC_IS_DEMO_RUNNER (self));

  if (self->process != NULL) {
    /* Nothing it holds is worth an orderly end; killed, it is gone at once. */
    g_subprocess_force_exit (self->process);
    g_subprocess_wait (self->process, NULL, NULL);
    g_clear_object (&self->process);
  }
  if (self->root != NULL && !uc_account_folder_remove (self->root, &error))
    g_message ("Removing the demo: %s", error->message);
  g_clear_pointer (&self->root, g_free);
  g_clear_pointer (&self->folder, g_free);
}
