/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions before something that cannot be taken back, and answers. */

#include "config.h"

#include "uc-main-window-private.h"

#include "uc-channel.h"
#include "uc-message.h"
#include "uc-notify-rule.h"
#include "uc-post.h"

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

/* -- Why a message was notified -----------------------------------------------------------------
 */

typedef struct {
  UcMainWindow *self; /* (owned) */
  gboolean      mentions_me;
} ExplainJob;

static void
explain_job_free (ExplainJob *job)
{
  g_object_unref (job->self);
  g_free (job);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExplainJob, explain_job_free)

/* As things are now: what a setting was back then is not kept. */
static UcNotifyReason
decide (ExplainJob *job, const UcMessage *message)
{
  UcWindowAccount   *account = job->self->account;
  UcSession         *session = uc_window_account_get_session (account);
  const char        *my_id = uc_session_get_user_id (session);
  const UcNotifyCase one = {
    .post = message->post,
    .state =
        uc_sidebar_get_state (uc_window_account_get_sidebar (account), message->post->channel_id),
    .me = uc_window_account_get_me (account),
    .my_user_id = my_id,
    .presence = uc_session_get_presence (session, my_id),
    .mentions_me = job->mentions_me,
    .is_on_here = g_settings_get_boolean (job->self->settings, "notifications"),
    .is_watched = FALSE,
  };

  return uc_notify_decide (&one);
}

static void
explained_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ExplainJob) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcMessage) message = uc_store_load_message_finish (UC_STORE (source), result, &error);
  g_autofree char *body = NULL;
  UcNotifyReason   reason;
  gboolean         is_yes;
  AdwDialog       *dialog;

  if (message == NULL || job->self->account == NULL)
    return;
  reason = decide (job, message);
  is_yes = uc_notify_reason_is_yes (reason);
  body = g_strconcat (uc_notify_reason_describe (reason), "\n\n",
                      is_yes ? _ ("There is no notification for a conversation that you are "
                                  "looking at. These are the settings as they are now.")
                             : _ ("These are the settings as they are now."),
                      NULL);
  dialog = adw_alert_dialog_new (
      is_yes ? _ ("You Are Notified of This") : _ ("You Are Not Notified of This"), body);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (job->self));
}

void
_uc_main_window_explain_notification (UcMainWindow *self,
                                      const char   *message_key,
                                      gboolean      mentions_me)
{
  UcSession  *session = uc_window_account_get_session (self->account);
  ExplainJob *job = g_new0 (ExplainJob, 1);

  job->self = g_object_ref (self);
  job->mentions_me = mentions_me;
  uc_store_load_message_async (uc_session_get_store (session), message_key, self->cancellable,
                               explained_loaded_cb, job);
}
