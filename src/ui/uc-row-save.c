/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of a message out of the program: opened by another one, or saved as a copy. */

#include "config.h"

#include "uc-row-save.h"

#include "uc-row-open.h"
#include "uc-sanitize.h"

#include <glib/gi18n.h>

typedef struct {
  /* input */
  UcSession *session; /* (owned) */
  UcFile    *file;    /* (owned) */
  GtkWidget *parent;  /* (owned) */
  gboolean   to_save;
  /* in progress */
  GFile   *target;    /* (owned) (nullable) */
  gboolean was_there; /* something at @target, about which the chooser has asked */
} SaveJob;

static void target_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void looked_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void copied_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void opened_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
save_job_free (gpointer data)
{
  SaveJob *job = data;

  g_object_unref (job->session);
  uc_file_unref (job->file);
  g_object_unref (job->parent);
  g_clear_object (&job->target);
  g_free (job);
}

static GtkWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static GTask *
start (UcSession          *session,
       UcFile             *file,
       GtkWidget          *parent,
       gboolean            to_save,
       GCancellable       *cancellable,
       GAsyncReadyCallback callback,
       gpointer            user_data)
{
  GTask   *task = g_task_new (NULL, cancellable, callback, user_data);
  SaveJob *job = g_new0 (SaveJob, 1);

  job->session = g_object_ref (session);
  job->file = uc_file_ref (file);
  job->parent = g_object_ref (parent);
  job->to_save = to_save;
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, job, save_job_free);

  return task;
}

static void
fetch (GTask *task)
{
  SaveJob *job = g_task_get_task_data (task);

  uc_session_fetch_file_async (job->session, job->file->id, "", g_task_get_cancellable (task),
                               fetched_cb, task);
}

/**
 * uc_row_save_open_async:
 * @session: what fetches
 * @file: what to open
 * @parent: where dialogs belong
 * @cancellable: (nullable): cancels
 * @callback: called when the other program was asked
 * @user_data: for @callback
 *
 * Fetches a file and opens it with what the desktop has for it.
 */
void
uc_row_save_open_async (UcSession          *session,
                        UcFile             *file,
                        GtkWidget          *parent,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  fetch (start (session, file, parent, FALSE, cancellable, callback, user_data));
}

/**
 * uc_row_save_save_async:
 * @session: what fetches
 * @file: what to save
 * @parent: where the dialog belongs
 * @cancellable: (nullable): cancels
 * @callback: called when the copy is written
 * @user_data: for @callback
 *
 * Asks where to, fetches, copies.
 */
void
uc_row_save_save_async (UcSession          *session,
                        UcFile             *file,
                        GtkWidget          *parent,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  GTask *task = start (session, file, parent, TRUE, cancellable, callback, user_data);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = uc_sanitize_file_name (file->name);

  gtk_file_dialog_set_title (dialog, _ ("Save File"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, get_window (parent), cancellable, target_chosen_cb, task);
}

static void
target_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SaveJob *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  job->target = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  if (job->target != NULL)
    g_file_query_info_async (job->target, G_FILE_ATTRIBUTE_STANDARD_TYPE,
                             G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, G_PRIORITY_DEFAULT,
                             g_task_get_cancellable (task), looked_cb, g_object_ref (task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* It may take long until the file is here: what comes to that place meanwhile stays. */
static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SaveJob *job = g_task_get_task_data (task);
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);

  job->was_there = info != NULL;
  fetch (g_steal_pointer (&task));
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SaveJob         *job = g_task_get_task_data (task);
  GError          *error = NULL;
  g_autofree char *path = uc_session_fetch_file_finish (UC_SESSION (source), result, &error);

  if (path == NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (job->to_save) {
    uc_row_open_copy_async (path, job->target, job->was_there, g_task_get_cancellable (task),
                            copied_cb, g_object_ref (task));
  } else {
    g_autofree char *folder = uc_session_dup_opened_folder ();

    uc_row_open_async (path, job->file->id, job->file->name, folder, job->parent,
                       g_task_get_cancellable (task), opened_cb, g_object_ref (task));
  }
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (uc_row_open_copy_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (uc_row_open_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * uc_row_save_finish:
 * @result: the result
 * @error: return location
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean
uc_row_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
