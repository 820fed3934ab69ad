/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files on their way out of the program. What is asked of the disk runs on a thread of
 * GIO's. */

#include "config.h"

#include "uc-row-open.h"

#include "uc-error.h"
#include "uc-sanitize.h"
#include "uc-sniff.h"

#include <adwaita.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

typedef struct {
  /* input */
  char      *path;    /* (owned) */
  char      *file_id; /* (owned) */
  char      *name;    /* (owned) as it was sent */
  char      *folder;  /* (owned) */
  GtkWidget *parent;  /* (owned) */
  /* in progress */
  char *named_path; /* (owned) (nullable) */
} OpenJob;

typedef struct {
  /* input */
  char    *path;   /* (owned) */
  GFile   *target; /* (owned) */
  gboolean may_replace;
} CopyJob;

static void judged_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void ask (GTask *task, UcFileRisk risk);
static void answered_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void lay_out (GTask *task);
static void laid_out_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void launched_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
open_job_free (gpointer data)
{
  OpenJob *job = data;

  g_free (job->path);
  g_free (job->file_id);
  g_free (job->name);
  g_free (job->folder);
  g_object_unref (job->parent);
  g_free (job->named_path);
  g_free (job);
}

static void
copy_job_free (gpointer data)
{
  CopyJob *job = data;

  g_free (job->path);
  g_object_unref (job->target);
  g_free (job);
}

/* -- Copying -------------------------------------------------------------------------- */

/* Also of a program that lay there before. */
static void
take_execution (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  GStatBuf         info;

  if (path != NULL && g_stat (path, &info) == 0 && (info.st_mode & 0111) != 0)
    g_chmod (path, info.st_mode & 0666);
}

static void
copy_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  CopyJob *job = task_data;
  g_autoptr (GFile) from = g_file_new_for_path (job->path);
  GFileCopyFlags flags = G_FILE_COPY_TARGET_DEFAULT_PERMS;
  GError        *error = NULL;

  if (job->may_replace)
    flags |= G_FILE_COPY_OVERWRITE;
  if (!g_file_copy (from, job->target, flags, cancellable, NULL, NULL, &error)) {
    g_task_return_error (task, error);
    return;
  }
  take_execution (job->target);
  g_task_return_boolean (task, TRUE);
}

/**
 * uc_row_open_copy_async:
 * @path: a file that was fetched
 * @target: where to
 * @may_replace: whether something was there when @target was chosen
 * @cancellable: (nullable): cancels
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Errors: those of the disk; %G_IO_ERROR_EXISTS when something came there meanwhile.
 */
void
uc_row_open_copy_async (const char         *path,
                        GFile              *target,
                        gboolean            may_replace,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  CopyJob *job = g_new0 (CopyJob, 1);

  job->path = g_strdup (path);
  job->target = g_object_ref (target);
  job->may_replace = may_replace;
  g_task_set_source_tag (task, uc_row_open_copy_async);
  g_task_set_task_data (task, job, copy_job_free);
  g_task_run_in_thread (task, copy_in_worker);
}

/**
 * uc_row_open_copy_finish:
 * @result: the result
 * @error: return location
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean
uc_row_open_copy_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- Opening ---------------------------------------------------------------------------- */

static void
judge_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  OpenJob *job = task_data;
  g_autoptr (GFile) file = g_file_new_for_path (job->path);
  GError *error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &error);
  guint8 bytes[UC_SNIFF_BYTES];
  gsize  length;

  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, sizeof bytes,
                                                  &length, cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_int (task, uc_sniff_judge (job->name, bytes, length));
}

/* The job of @task outlives the thread: @task waits for it. */
static void
run_step (GTask *task, GTaskThreadFunc func, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) step =
      g_task_new (NULL, g_task_get_cancellable (task), callback, g_object_ref (task));

  g_task_set_source_tag (step, run_step);
  g_task_set_task_data (step, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (step, func);
}

/**
 * uc_row_open_async:
 * @path: a file that was fetched
 * @file_id: its id
 * @name: what it is called by who sent it
 * @folder: where copies for other programs lie
 * @parent: where a question belongs
 * @cancellable: (nullable): cancels
 * @callback: called when the other program was asked
 * @user_data: for @callback
 */
void
uc_row_open_async (const char         *path,
                   const char         *file_id,
                   const char         *name,
                   const char         *folder,
                   GtkWidget          *parent,
                   GCancellable       *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  OpenJob *job = g_new0 (OpenJob, 1);

  job->path = g_strdup (path);
  job->file_id = g_strdup (file_id);
  job->name = g_strdup (name);
  job->folder = g_strdup (folder);
  job->parent = g_object_ref (parent);
  g_task_set_source_tag (task, uc_row_open_async);
  g_task_set_task_data (task, job, open_job_free);
  run_step (task, judge_in_worker, judged_cb);
}

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError          *error = NULL;
  const UcFileRisk risk = (UcFileRisk) g_task_propagate_int (G_TASK (result), &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (risk == UC_FILE_PLAIN)
    lay_out (task);
  else
    ask (task, risk);
}

static void
ask (GTask *task, UcFileRisk risk)
{
  OpenJob         *job = g_task_get_task_data (task);
  g_autofree char *name = uc_sanitize_file_name (job->name);
  AdwDialog       *dialog;

  dialog = adw_alert_dialog_new (_ ("Open It Anyway?"), NULL);
  adw_alert_dialog_format_body (
      ADW_ALERT_DIALOG (dialog),
      risk == UC_FILE_RUNS
          /* Translators: a file name. */
          ? _ ("“%s” is a program, a script or a page that can do things on this computer. Open "
               "it only if you expected it from this person.")
          : _ ("What is in “%s” is not what its name says. Open it only if you know why."),
      name);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "open",
                                  _ ("_Open Anyway"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "open",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), job->parent, g_task_get_cancellable (task),
                           answered_cb, g_object_ref (task));
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (answer, "open"))
    lay_out (task);
  else
    g_task_return_new_error_literal (task, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED,
                                     _ ("The file was not opened"));
}

/* A copy: what the other program does to it does not happen to ours. */
static void
lay_out_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  OpenJob         *job = task_data;
  g_autofree char *name = uc_sanitize_file_name (job->name);
  g_autofree char *folder = g_build_filename (job->folder, job->file_id, NULL);
  g_autoptr (GFile) from = g_file_new_for_path (job->path);
  g_autoptr (GFile) to = NULL;
  GError *error = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_task_return_new_error (task, UC_ERROR, UC_ERROR_STORAGE, "%s", g_strerror (errno));
    return;
  }
  job->named_path = g_build_filename (folder, name, NULL);
  to = g_file_new_for_path (job->named_path);
  if (!g_file_copy (from, to, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, cancellable,
                    NULL, NULL, &error)) {
    g_task_return_error (task, error);
    return;
  }
  g_chmod (job->named_path, 0600);
  g_task_return_boolean (task, TRUE);
}

static void
lay_out (GTask *task)
{
  run_step (task, lay_out_in_worker, laid_out_cb);
}

static void
laid_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OpenJob *job = g_task_get_task_data (task);
  GtkRoot *root = gtk_widget_get_root (job->parent);
  GError  *error = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GtkFileLauncher) launcher = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    g_task_return_error (task, error);
    return;
  }
  file = g_file_new_for_path (job->named_path);
  launcher = gtk_file_launcher_new (file);
  gtk_file_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                            g_task_get_cancellable (task), launched_cb, g_object_ref (task));
}

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * uc_row_open_finish:
 * @result: the result
 * @error: return location
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean
uc_row_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
