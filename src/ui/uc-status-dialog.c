/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One's own status in words. */

#include "config.h"

#include "uc-status-dialog.h"

#include "uc-emoji.h"
#include "uc-error.h"
#include "uc-format.h"
#include "uc-user.h"

#include <glib/gi18n.h>

#define DEFAULT_EMOJI "speech_balloon"
#define MINUTE_MS     (60 * 1000)

typedef struct {
  const char      *emoji; /* short name */
  const char      *text;
  UcStatusDuration duration;
} Suggestion;

static const Suggestion suggestions[] = {
  { "calendar", N_ ("In a meeting"), UC_STATUS_HOUR },
  { "hamburger", N_ ("Out for lunch"), UC_STATUS_HALF_HOUR },
  { "sneezing_face", N_ ("Out sick"), UC_STATUS_TODAY },
  { "house", N_ ("Working from home"), UC_STATUS_TODAY },
  { "palm_tree", N_ ("On holiday"), UC_STATUS_THIS_WEEK },
};

struct _UcStatusDialog {
  AdwDialog parent_instance;

  GtkWidget           *set_button;
  GtkEditable         *text_row;
  GtkMenuButton       *emoji_button;
  AdwComboRow         *duration_row;
  GtkLabel            *error_label;
  AdwPreferencesGroup *suggestions;
  GtkWidget           *clear_group;

  UcWindowAccount *account;     /* (owned) */
  GCancellable    *cancellable; /* (owned) cancelled in dispose */
  char            *emoji;       /* (owned) short name */
  gboolean         is_busy;
};

G_DEFINE_FINAL_TYPE (UcStatusDialog, uc_status_dialog, ADW_TYPE_DIALOG)

static gboolean
is_blank (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  return *stripped == '\0';
}

static void
update (UcStatusDialog *self)
{
  gtk_widget_set_sensitive (self->set_button,
                            !self->is_busy && !is_blank (gtk_editable_get_text (self->text_row)));
}

static void
set_emoji (UcStatusDialog *self, const char *name)
{
  const char *emoji = uc_emoji_from_name (name);

  g_set_str (&self->emoji, name);
  gtk_menu_button_set_label (self->emoji_button, emoji != NULL ? emoji : name);
}

static void
emoji_picked_cb (UcStatusDialog *self, const char *emoji)
{
  const char *name = uc_emoji_to_name (emoji);

  /* The chooser has some that servers have no name for. */
  set_emoji (self, name != NULL ? name : DEFAULT_EMOJI);
}

/* -- Telling the server ------------------------------------------------------------------ */

static void
set_busy (UcStatusDialog *self, gboolean is_busy)
{
  self->is_busy = is_busy;
  gtk_widget_set_sensitive (GTK_WIDGET (self->text_row), !is_busy);
  gtk_widget_set_sensitive (self->clear_group, !is_busy);
  update (self);
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcStatusDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (uc_session_set_custom_status_finish (UC_SESSION (source), result, &error)) {
    adw_dialog_close (ADW_DIALOG (self));
    return;
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  gtk_label_set_text (self->error_label,
                      g_error_matches (error, UC_ERROR, UC_ERROR_OFFLINE)
                          ? _ ("This needs the server, which cannot be reached now.")
                          : error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
}

static void
tell (UcStatusDialog *self, const char *emoji, const char *text, gint64 end_ms)
{
  set_busy (self, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
  uc_session_set_custom_status_async (uc_window_account_get_session (self->account), emoji, text,
                                      end_ms, self->cancellable, told_cb, g_object_ref (self));
}

static void
set_cb (UcStatusDialog *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->text_row)));

  tell (self, self->emoji, text,
        uc_status_dialog_get_end_ms (
            (UcStatusDuration) adw_combo_row_get_selected (self->duration_row),
            uc_window_account_get_now_ms (self->account)));
}

static void
clear_cb (UcStatusDialog *self)
{
  tell (self, "", "", 0);
}

static void
suggestion_cb (UcStatusDialog *self, AdwActionRow *row)
{
  for (gsize i = 0; i < G_N_ELEMENTS (suggestions); i++) {
    const Suggestion *suggestion = &suggestions[i];

    if (!g_str_equal (_ (suggestion->text),
                      adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row))))
      continue;
    set_emoji (self, suggestion->emoji);
    gtk_editable_set_text (self->text_row, _ (suggestion->text));
    adw_combo_row_set_selected (self->duration_row, suggestion->duration);
    gtk_widget_grab_focus (self->set_button);
  }
}

/* -- The class ------------------------------------------------------------------------------- */

static void
add_suggestion (UcStatusDialog *self, const Suggestion *suggestion)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *emoji = gtk_label_new (uc_emoji_from_name (suggestion->emoji));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (suggestion->text));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), emoji);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (suggestion_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->suggestions, row);
}

static void
uc_status_dialog_dispose (GObject *object)
{
  UcStatusDialog *self = UC_STATUS_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->account);
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_STATUS_DIALOG);

  G_OBJECT_CLASS (uc_status_dialog_parent_class)->dispose (object);
}

static void
uc_status_dialog_finalize (GObject *object)
{
  UcStatusDialog *self = UC_STATUS_DIALOG (object);

  g_object_unref (self->cancellable);
  g_free (self->emoji);

  G_OBJECT_CLASS (uc_status_dialog_parent_class)->finalize (object);
}

static void
uc_status_dialog_class_init (UcStatusDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = uc_status_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = uc_status_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-status-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, UcStatusDialog, set_button);
  gtk_widget_class_bind_template_child (widget_class, UcStatusDialog, text_row);
  gtk_widget_class_bind_template_child (widget_class, UcStatusDialog, emoji_button);
  gtk_widget_class_bind_template_child (widget_class, UcStatusDialog, duration_row);
  gtk_widget_class_bind_template_child (widget_class, UcStatusDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, UcStatusDialog, suggestions);
  gtk_widget_class_bind_template_child (widget_class, UcStatusDialog, clear_group);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, emoji_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, set_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
}

static void
uc_status_dialog_init (UcStatusDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (suggestions); i++)
    add_suggestion (self, &suggestions[i]);
}

/**
 * uc_status_dialog_new:
 * @account: whose status
 *
 * Returns: (transfer floating): the dialog, with the present status
 */
AdwDialog *
uc_status_dialog_new (UcWindowAccount *account)
{
  UcStatusDialog  *self;
  const UcUser    *me;
  g_autofree char *present = NULL;

  g_return_val_if_fail (UC_IS_WINDOW_ACCOUNT (account), NULL);

  self = g_object_new (UC_TYPE_STATUS_DIALOG, NULL);
  self->account = g_object_ref (account);
  me = uc_window_account_get_me (account);
  present = uc_format_custom_status (me, uc_window_account_get_now_ms (account));
  set_emoji (self, present != NULL && *me->custom_status_emoji != '\0' ? me->custom_status_emoji
                                                                       : DEFAULT_EMOJI);
  if (present != NULL)
    gtk_editable_set_text (self->text_row, me->custom_status_text);
  gtk_widget_set_visible (self->clear_group, present != NULL);
  update (self);

  return ADW_DIALOG (self);
}

/**
 * uc_status_dialog_get_end_ms:
 * @duration: for how long
 * @now_ms: the present, ms since 1970
 *
 * Returns: when that ends, ms since 1970; 0: never
 */
gint64
uc_status_dialog_get_end_ms (UcStatusDuration duration, gint64 now_ms)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  g_autoptr (GDateTime) today = NULL;
  g_autoptr (GDateTime) end = NULL;

  switch (duration) {
  case UC_STATUS_HALF_HOUR:
    return now_ms + 30 * MINUTE_MS;
  case UC_STATUS_HOUR:
    return now_ms + 60 * MINUTE_MS;
  case UC_STATUS_FOUR_HOURS:
    return now_ms + 240 * MINUTE_MS;
  case UC_STATUS_TODAY:
  case UC_STATUS_THIS_WEEK:
    today = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                   g_date_time_get_day_of_month (now), 0, 0, 0);
    end = g_date_time_add_days (
        today, duration == UC_STATUS_TODAY ? 1 : 8 - g_date_time_get_day_of_week (now));
    return g_date_time_to_unix (end) * 1000 - 1000;
  case UC_STATUS_STAYS:
  default:
    return 0;
  }
}
