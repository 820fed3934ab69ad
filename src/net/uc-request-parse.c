/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads the body of a good answer on a GIO thread, so that a page of posts costs the
 * main loop nothing. */

#include "config.h"

#include "uc-request-private.h"

typedef struct {
  GBytes        *body; /* (owned) */
  UcParseFunc    parse;
  GDestroyNotify free_result;
} ParseJob;

static void
parse_job_free (gpointer data)
{
  ParseJob *job = data;

  g_bytes_unref (job->body);
  g_free (job);
}

static void
parse_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  ParseJob *job = task_data;
  GError   *error = NULL;
  gpointer  value = job->parse (job->body, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, job->free_result);
}

/* @self has a parser. */
void
_uc_request_parse_async (UcRequest          *self,
                         GBytes             *body,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  ParseJob *job = g_new0 (ParseJob, 1);

  job->body = g_bytes_ref (body);
  job->parse = self->parse;
  job->free_result = self->free_result;
  g_task_set_source_tag (task, _uc_request_parse_async);
  g_task_set_task_data (task, job, parse_job_free);
  g_task_run_in_thread (task, parse_in_thread);
}

/* Names the call in an error. */
gpointer
_uc_request_parse_finish (UcRequest *self, GAsyncResult *result, GError **error)
{
  GError  *cause = NULL;
  gpointer value = g_task_propagate_pointer (G_TASK (result), &cause);

  if (cause != NULL)
    g_propagate_prefixed_error (error, cause, "%s: ", self->template);
  return value;
}
