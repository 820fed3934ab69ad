/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions before something that cannot be taken back. */

#include "config.h"

#include "uc-main-window-private.h"

#include "uc-channel.h"

#include <glib/gi18n.h>

/* -- Signing out ------------------------------------------------------------------------ */

static void
sign_out_answered_cb (UcMainWindow *self)
{
  _uc_main_window_emit (self, UC_MAIN_WINDOW_SIGNAL_SIGN_OUT);
}

static AdwDialog *
make_question (const char *heading, const char *body, const char *label)
{
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "yes", label,
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "yes",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");

  return dialog;
}

/* What is not sent yet would be lost with the rest: it is counted before asking. */
static void
outbox_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcMainWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = uc_store_load_outbox_finish (UC_STORE (source), result, &error);
  g_autofree char *host = NULL, *body = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  AdwDialog *dialog;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->account == NULL)
    return;
  /* A store that cannot be read holds nothing back: the question is asked all the same. */
  if (rows == NULL)
    g_message ("Counting unsent messages: %s", error->message);

  host = uc_window_account_dup_host (self->account);
  g_string_printf (text, _ ("The messages kept on this computer are removed. They stay on %s."),
                   host);
  if (rows != NULL && rows->len > 0) {
    g_string_append_c (text, '\n');
    g_string_append_printf (text,
                            ngettext ("%u change has not been sent yet and will be lost.",
                                      "%u changes have not been sent yet and will be lost.",
                                      rows->len),
                            rows->len);
  }
  dialog = make_question (_ ("Sign Out?"), text->str, _ ("_Sign Out"));
  g_signal_connect_object (dialog, "response::yes", G_CALLBACK (sign_out_answered_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

void
_uc_main_window_ask_sign_out (UcMainWindow *self)
{
  UcSession *session = uc_window_account_get_session (self->account);

  uc_store_load_outbox_async (uc_session_get_store (session), self->cancellable, outbox_loaded_cb,
                              g_object_ref (self));
}

/* -- Leaving a channel ---------------------------------------------------------------------- */

typedef struct {
  UcMainWindow *self;       /* (owned) */
  char         *channel_id; /* (owned) */
} LeaveJob;

static void
leave_job_free (LeaveJob *job)
{
  g_clear_object (&job->self);
  g_free (job->channel_id);
  g_free (job);
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcMainWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!uc_session_leave_channel_finish (UC_SESSION (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    uc_main_window_toast (self, error->message);
}

static void
leave_answered_cb (AdwAlertDialog *dialog, const char *response, LeaveJob *job)
{
  if (job->self->account == NULL)
    return;
  uc_session_leave_channel_async (uc_window_account_get_session (job->self->account),
                                  job->channel_id, job->self->cancellable, left_cb,
                                  g_object_ref (job->self));
}

static void
free_leave_job (gpointer job, GClosure *closure)
{
  leave_job_free (job);
}

void
_uc_main_window_ask_leave (UcMainWindow *self, const char *channel_id)
{
  UcChannelState *state =
      uc_sidebar_get_state (uc_window_account_get_sidebar (self->account), channel_id);
  g_autofree char *heading = NULL;
  AdwDialog       *dialog;
  LeaveJob        *job;

  if (state == NULL)
    return;

  heading = g_strdup_printf (_ ("Leave “%s”?"), state->channel->display_name);
  dialog = make_question (heading,
                          state->channel->type == UC_CHANNEL_PRIVATE
                              ? _ ("This channel is private: to come back, a member has to add "
                                   "you again.")
                              : _ ("You can join again at any time."),
                          _ ("_Leave"));
  job = g_new0 (LeaveJob, 1);
  job->self = g_object_ref (self);
  job->channel_id = g_strdup (channel_id);
  g_signal_connect_data (dialog, "response::yes", G_CALLBACK (leave_answered_cb), job,
                         free_leave_job, G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}
