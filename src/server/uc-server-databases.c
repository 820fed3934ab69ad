/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opens the file of the server on the two workers, for writing first: only that makes
 * and migrates it. What is asked of the databases is not known here. */

#include "config.h"

#include "uc-server-databases.h"

#include "uc-server-schema.h"
#include "uc-status-table.h"

#define DATABASE_NAME "server.db"

typedef struct {
  char     *path;
  UcWorker *writer; /* (unowned) */
  UcWorker *reader; /* (unowned) */
} Open;

static void
open_free (gpointer data)
{
  Open *open = data;

  g_free (open->path);
  g_free (open);
}

static void
open_writing_in_worker (GTask *task, UcDb *unused, gpointer outer)
{
  Open   *open = g_task_get_task_data (outer);
  GError *error = NULL;
  UcDb   *db = uc_server_schema_open (open->path, &error);

  if (db == NULL || !uc_status_table_reset (db, &error)) {
    g_clear_pointer (&db, uc_db_close);
    g_task_return_error (task, error);
    return;
  }
  uc_worker_take_db (open->writer, db);
  g_task_return_boolean (task, TRUE);
}

static void
open_reading_in_worker (GTask *task, UcDb *unused, gpointer outer)
{
  Open   *open = g_task_get_task_data (outer);
  GError *error = NULL;
  UcDb   *db = uc_db_open (open->path, UC_DB_READ_ONLY, &error);

  if (db == NULL) {
    g_task_return_error (task, error);
    return;
  }
  uc_worker_take_db (open->reader, db);
  g_task_return_boolean (task, TRUE);
}

/* @outer has to outlive the step. */
static void
push_step (UcWorker *worker, UcWorkerFunc func, GAsyncReadyCallback done, GTask *outer)
{
  g_autoptr (GTask) step = g_task_new (NULL, NULL, done, outer);

  g_task_set_source_tag (step, push_step);
  g_task_set_task_data (step, g_object_ref (outer), g_object_unref);
  uc_worker_push (worker, step, func);
}

static void
reading_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) outer = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (outer, TRUE);
  else
    g_task_return_error (outer, error);
}

static void
writing_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask  *outer = user_data;
  Open   *open = g_task_get_task_data (outer);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error)) {
    push_step (open->reader, open_reading_in_worker, reading_cb, outer);
    return;
  }
  g_task_return_error (outer, error);
  g_object_unref (outer);
}

/**
 * uc_server_databases_open_async:
 * @writer: (transfer none): outlives the call
 * @reader: (transfer none): outlives the call
 *
 * Errors: UC_ERROR_STORAGE, UC_ERROR_SCHEMA_TOO_NEW
 */
void
uc_server_databases_open_async (const char         *data_dir,
                                UcWorker           *writer,
                                UcWorker           *reader,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  GTask *outer = g_task_new (NULL, NULL, callback, user_data);
  Open  *open = g_new0 (Open, 1);

  open->path = g_build_filename (data_dir, DATABASE_NAME, NULL);
  open->writer = writer;
  open->reader = reader;
  g_task_set_source_tag (outer, uc_server_databases_open_async);
  g_task_set_task_data (outer, open, open_free);
  push_step (writer, open_writing_in_worker, writing_cb, outer);
}

/**
 * uc_server_databases_open_finish:
 */
gboolean
uc_server_databases_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
