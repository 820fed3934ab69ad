/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Devices page: this computer first, then the others, the last active first. */

#include "config.h"

#include "uc-preferences-devices.h"

#include "uc-error.h"
#include "uc-format.h"
#include "uc-login.h"

#include <glib/gi18n.h>

typedef enum {
  STATE_NEW,
  STATE_LOADING,
  STATE_SHOWN,
  STATE_FAILED,
} State;

struct _UcPreferencesDevices {
  AdwPreferencesPage parent_instance;

  AdwPreferencesGroup *group;
  GtkWidget           *note_row; /* (unowned) loading, or what went wrong */
  GtkWidget           *retry_button;
  GtkWidget           *spinner;

  UcWindowAccount *account;     /* (owned) */
  GSettings       *settings;    /* (owned) */
  GCancellable    *cancellable; /* (owned) cancelled in dispose */
  GPtrArray       *rows;        /* (owned) (element-type GtkWidget), unowned elements */
  GPtrArray       *logins;      /* (owned) (nullable) (element-type UcLogin) */
  char            *own_id;      /* (owned) (nullable) the login of this computer */
  State            state;
};

G_DEFINE_FINAL_TYPE (UcPreferencesDevices, uc_preferences_devices, ADW_TYPE_PREFERENCES_PAGE)

static UcSession *
get_session (UcPreferencesDevices *self)
{
  return uc_window_account_get_session (self->account);
}

static void
toast (UcPreferencesDevices *self, const char *text)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  if (dialog != NULL)
    adw_preferences_dialog_add_toast (
        ADW_PREFERENCES_DIALOG (dialog),
        g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, NULL));
}

/* @text: what the row at the head says; NULL hides it. */
static void
set_state (UcPreferencesDevices *self, State state, const char *text)
{
  self->state = state;
  gtk_widget_set_visible (self->note_row, text != NULL);
  gtk_widget_set_visible (self->spinner, state == STATE_LOADING);
  gtk_widget_set_visible (self->retry_button, state == STATE_FAILED);
  if (text != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->note_row), text);
}

/* -- Signing a device out --------------------------------------------------------------- */

typedef struct {
  UcPreferencesDevices *self; /* (owned) */
  char                 *id;   /* (owned) */
} RevokeJob;

static void
revoke_job_free (RevokeJob *job)
{
  g_object_unref (job->self);
  g_free (job->id);
  g_free (job);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RevokeJob, revoke_job_free)

static void load (UcPreferencesDevices *self);

static void
revoked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RevokeJob) job = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = uc_session_revoke_login_finish (UC_SESSION (source), result, &error);

  if (job->self->account == NULL)
    return;
  if (!is_done && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    toast (job->self, error->message);
  load (job->self);
}

static void
answered_cb (AdwAlertDialog *dialog, const char *response, RevokeJob *question)
{
  UcPreferencesDevices *self = question->self;
  RevokeJob            *job;

  if (self->account == NULL)
    return;
  job = g_new0 (RevokeJob, 1);
  job->self = g_object_ref (self);
  job->id = g_strdup (question->id);
  uc_session_revoke_login_async (get_session (self), job->id, self->cancellable, revoked_cb, job);
}

static void
free_question (gpointer job, GClosure *closure)
{
  revoke_job_free (job);
}

static const char *
get_device (const UcLogin *login)
{
  if (*login->device != '\0')
    return login->device;

  return login->is_mobile ? _ ("Phone or Tablet") : _ ("Unknown Program");
}

static void
sign_out_cb (UcPreferencesDevices *self, GtkWidget *button)
{
  guint          position;
  const UcLogin *login;
  RevokeJob     *question;
  AdwDialog     *dialog;

  for (position = 0; position < self->rows->len; position++)
    if (gtk_widget_is_ancestor (button, g_ptr_array_index (self->rows, position)))
      break;
  if (position == self->rows->len)
    return;
  login = g_ptr_array_index (self->logins, position);

  dialog = adw_alert_dialog_new (_ ("Sign This Device Out?"), NULL);
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog),
                                _ ("“%s” has to be signed in again before it can be used."),
                                get_device (login));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "yes",
                                  _ ("_Sign Out"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "yes",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  question = g_new0 (RevokeJob, 1);
  question->self = g_object_ref (self);
  question->id = g_strdup (login->id);
  g_signal_connect_data (dialog, "response::yes", G_CALLBACK (answered_cb), question, free_question,
                         G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* -- Rows ---------------------------------------------------------------------------------- */

static char *
dup_subtitle (UcPreferencesDevices *self, const UcLogin *login)
{
  gboolean         use_24h = g_settings_get_boolean (self->settings, "use-24h");
  gint64           now_ms = uc_window_account_get_now_ms (self->account);
  g_autofree char *since = uc_format_short_time (login->create_at_ms, now_ms, use_24h);
  g_autofree char *active = uc_format_short_time (login->last_activity_at_ms, now_ms, use_24h);

  /* Translators: each a time of today, a day of this week or a date. */
  return g_strdup_printf (_ ("Signed in %s, last active %s"), since, active);
}

static void
add_row (UcPreferencesDevices *self, const UcLogin *login)
{
  GtkWidget       *row = adw_action_row_new ();
  gboolean         is_own = g_strcmp0 (login->id, self->own_id) == 0;
  g_autofree char *subtitle = dup_subtitle (self, login);
  GtkWidget       *end;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), get_device (login));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  /* This one ends by signing the account out, which asks for what is not sent yet. */
  if (is_own) {
    end = gtk_label_new (_ ("This computer"));
    gtk_widget_add_css_class (end, "dimmed");
  } else {
    end = gtk_button_new_with_mnemonic (_ ("_Sign Out"));
    gtk_widget_set_valign (end, GTK_ALIGN_CENTER);
    g_signal_connect_object (end, "clicked", G_CALLBACK (sign_out_cb), self, G_CONNECT_SWAPPED);
  }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), end);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static int
compare_logins (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const UcLogin *first = *(UcLogin *const *) a;
  const UcLogin *second = *(UcLogin *const *) b;
  const char    *own_id = user_data;
  gboolean       is_own = g_strcmp0 (first->id, own_id) == 0;

  if (is_own != (g_strcmp0 (second->id, own_id) == 0))
    return is_own ? -1 : 1;
  if (first->last_activity_at_ms != second->last_activity_at_ms)
    return first->last_activity_at_ms > second->last_activity_at_ms ? -1 : 1;

  return g_strcmp0 (first->id, second->id);
}

static void
show_logins (UcPreferencesDevices *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_sort_with_data (self->logins, compare_logins, self->own_id);
  for (guint i = 0; i < self->logins->len; i++)
    add_row (self, g_ptr_array_index (self->logins, i));
}

/* -- Loading ------------------------------------------------------------------------------- */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcPreferencesDevices) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) logins =
      uc_session_load_logins_finish (UC_SESSION (source), result, &error);

  if (self->account == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (logins == NULL) {
    set_state (self, STATE_FAILED,
               g_error_matches (error, UC_ERROR, UC_ERROR_OFFLINE)
                   ? _ ("This needs the server, which cannot be reached now.")
                   : error->message);
    return;
  }
  g_clear_pointer (&self->logins, g_ptr_array_unref);
  self->logins = g_steal_pointer (&logins);
  show_logins (self);
  set_state (self, STATE_SHOWN, NULL);
}

static void
own_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcPreferencesDevices) self = user_data;
  g_autofree char *own_id = uc_store_load_fact_finish (UC_STORE (source), result, NULL);

  if (self->account == NULL)
    return;
  g_set_str (&self->own_id, own_id);
  uc_session_load_logins_async (get_session (self), self->cancellable, loaded_cb,
                                g_object_ref (self));
}

static void
load (UcPreferencesDevices *self)
{
  if (self->state == STATE_LOADING)
    return;
  set_state (self, STATE_LOADING, _ ("Asking the server…"));
  uc_store_load_fact_async (uc_session_get_store (get_session (self)), "login_id",
                            self->cancellable, own_loaded_cb, g_object_ref (self));
}

static void
uc_preferences_devices_map (GtkWidget *widget)
{
  UcPreferencesDevices *self = UC_PREFERENCES_DEVICES (widget);

  GTK_WIDGET_CLASS (uc_preferences_devices_parent_class)->map (widget);
  if (self->state == STATE_NEW)
    load (self);
}

static void
uc_preferences_devices_dispose (GObject *object)
{
  UcPreferencesDevices *self = UC_PREFERENCES_DEVICES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->account);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (uc_preferences_devices_parent_class)->dispose (object);
}

static void
uc_preferences_devices_finalize (GObject *object)
{
  UcPreferencesDevices *self = UC_PREFERENCES_DEVICES (object);

  g_clear_pointer (&self->logins, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);
  g_object_unref (self->cancellable);
  g_free (self->own_id);

  G_OBJECT_CLASS (uc_preferences_devices_parent_class)->finalize (object);
}

static void
uc_preferences_devices_class_init (UcPreferencesDevicesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = uc_preferences_devices_dispose;
  G_OBJECT_CLASS (klass)->finalize = uc_preferences_devices_finalize;
  GTK_WIDGET_CLASS (klass)->map = uc_preferences_devices_map;
}

static void
uc_preferences_devices_init (UcPreferencesDevices *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_description (
      self->group,
      _ ("Programs and devices that are signed in to your account. Sign out what you do not know, "
         "and change your password."));

  self->note_row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->note_row), FALSE);
  self->spinner = adw_spinner_new ();
  self->retry_button = gtk_button_new_with_mnemonic (_ ("_Try Again"));
  gtk_widget_set_valign (self->retry_button, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->retry_button, "clicked", G_CALLBACK (load), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->note_row), self->spinner);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->note_row), self->retry_button);
  adw_preferences_group_add (self->group, self->note_row);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), self->group);
  set_state (self, STATE_NEW, NULL);
}

/**
 * uc_preferences_devices_new:
 * @account: whose devices
 * @settings: the program's settings, for how times are written
 *
 * Returns: (transfer floating): the page
 */
AdwPreferencesPage *
uc_preferences_devices_new (UcWindowAccount *account, GSettings *settings)
{
  UcPreferencesDevices *self;

  g_return_val_if_fail (UC_IS_WINDOW_ACCOUNT (account), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (UC_TYPE_PREFERENCES_DEVICES, "name", "devices", "title", _ ("Devices"),
                       "icon-name", "computer-symbolic", NULL);
  self->account = g_object_ref (account);
  self->settings = g_object_ref (settings);

  return ADW_PREFERENCES_PAGE (self);
}
