/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls: a question, a message with the address of a meeting, and the meeting itself in
 * whatever opens addresses. */

#include "config.h"

#include "uc-main-window-private.h"

#include "uc-meeting.h"
#include "uc-channel.h"
#include "uc-error.h"

#include <glib/gi18n.h>

typedef struct {
  UcMainWindow *self;       /* (owned) */
  char         *channel_id; /* (owned) */
  char         *address;    /* (owned) */
} CallJob;

static void
call_job_free (CallJob *job)
{
  g_object_unref (job->self);
  g_free (job->channel_id);
  g_free (job->address);
  g_free (job);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CallJob, call_job_free)

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcMainWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error) ||
      g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    return;
  g_message ("Opening a call: %s", error->message);
  uc_main_window_toast (self, _ ("No program opens the meeting. Its address is in the message."));
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CallJob) job = user_data;
  g_autoptr (GtkUriLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;

  if (!uc_session_send_now_finish (UC_SESSION (source), result, &error)) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      uc_main_window_toast (job->self, error->message);
    return;
  }
  launcher = gtk_uri_launcher_new (job->address);
  gtk_uri_launcher_launch (launcher, GTK_WINDOW (job->self), NULL, opened_cb,
                           g_object_ref (job->self));
}

static void
answered_cb (AdwAlertDialog *dialog, const char *response, CallJob *question)
{
  UcMainWindow    *self = question->self;
  g_autofree char *text = uc_meeting_make_text (question->address);
  g_autofree char *props = uc_meeting_make_props (question->address);
  CallJob         *job;

  if (self->account == NULL)
    return;
  job = g_new0 (CallJob, 1);
  job->self = g_object_ref (self);
  job->channel_id = g_strdup (question->channel_id);
  job->address = g_strdup (question->address);
  uc_session_send_now_async (uc_window_account_get_session (self->account), job->channel_id, text,
                             props, self->cancellable, sent_cb, job);
}

static void
free_question (gpointer job, GClosure *closure)
{
  call_job_free (job);
}

/* Everybody in the conversation is called: that is asked first. */
static void
ask (UcMainWindow *self, CallJob *question)
{
  UcChannelState *state =
      uc_sidebar_get_state (uc_window_account_get_sidebar (self->account), question->channel_id);
  g_autofree char *name = NULL, *heading = NULL;
  g_autoptr (GUri) uri = g_uri_parse (question->address, G_URI_FLAGS_NONE, NULL);
  AdwDialog *dialog;

  name = state != NULL ? uc_directory_dup_channel_name (
                             uc_window_account_get_directory (self->account), state->channel)
                       : g_strdup (_ ("everybody here"));
  /* Translators: a person or a channel. */
  heading = g_strdup_printf (_ ("Call %s?"), name);
  dialog = adw_alert_dialog_new (heading, NULL);
  adw_alert_dialog_format_body (
      ADW_ALERT_DIALOG (dialog),
      _ ("A link to a meeting on %s is sent, and the meeting opens in your browser."),
      uri != NULL ? g_uri_get_host (uri) : question->address);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "yes",
                                  _ ("Ca_ll"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "yes",
                                            ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "yes");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response::yes", G_CALLBACK (answered_cb), question, free_question,
                         G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

void
_uc_main_window_start_call (UcMainWindow *self)
{
  g_autofree char *template = g_settings_get_string (self->settings, "call-address");
  g_autoptr (GError) error = NULL;
  CallJob *question;

  if (*uc_main_window_get_channel_id (self) == '\0')
    return;
  if (!uc_meeting_check_template (template, &error)) {
    uc_main_window_toast (self, error->message);
    return;
  }
  question = g_new0 (CallJob, 1);
  question->self = g_object_ref (self);
  question->channel_id = g_strdup (uc_main_window_get_channel_id (self));
  question->address = uc_meeting_make_address (template);
  ask (self, question);
}
