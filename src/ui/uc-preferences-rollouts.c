/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Rollouts page. */

#include "config.h"

#include "uc-preferences-rollouts.h"

#include <glib/gi18n.h>

typedef struct {
  GtkWidget *row;        /* (unowned) */
  GtkWidget *enabled;    /* (unowned) */
  GtkWidget *percentage; /* (unowned) */
  GtkWidget *apply;      /* (unowned) */
  GtkWidget *spinner;    /* (unowned) */
  /* What holds, as far as is known. */
  gboolean is_enabled;
  double   share;
} Rollout;

struct _UcPreferencesRollouts {
  AdwPreferencesPage parent_instance;

  UcSession    *session;     /* (owned) */
  GCancellable *cancellable; /* (owned) cancelled in dispose */
  Rollout       rollouts[UC_N_FLAGS];
};

G_DEFINE_FINAL_TYPE (UcPreferencesRollouts, uc_preferences_rollouts, ADW_TYPE_PREFERENCES_PAGE)

static gboolean
is_edited (const Rollout *rollout)
{
  double shown = adw_spin_row_get_value (ADW_SPIN_ROW (rollout->percentage));

  return adw_switch_row_get_active (ADW_SWITCH_ROW (rollout->enabled)) != rollout->is_enabled ||
         ABS (shown - rollout->share) > 0.005;
}

static void
update_apply (Rollout *rollout)
{
  gtk_widget_set_sensitive (rollout->apply,
                            is_edited (rollout) && !gtk_widget_get_visible (rollout->spinner));
}

/* What is being edited is left alone. */
static void
show_rollout (Rollout *rollout, gboolean is_enabled, double share)
{
  g_autofree char *subtitle = NULL;
  gboolean         is_kept = is_edited (rollout);

  rollout->is_enabled = is_enabled;
  rollout->share = share;
  if (!is_enabled)
    subtitle = g_strdup (_ ("Off for everybody"));
  else if (share >= 100)
    subtitle = g_strdup (_ ("On for everybody"));
  else
    subtitle = g_strdup_printf (_ ("On for %g %% of the people"), share);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (rollout->row), subtitle);
  if (!is_kept) {
    adw_switch_row_set_active (ADW_SWITCH_ROW (rollout->enabled), is_enabled);
    adw_spin_row_set_value (ADW_SPIN_ROW (rollout->percentage), share);
  }
  update_apply (rollout);
}

static void
show_document (UcPreferencesRollouts *self)
{
  UcFlags *flags = uc_session_get_flags (self->session);

  for (guint i = 0; i < UC_N_FLAGS; i++) {
    gboolean is_enabled;
    double   share;

    /* extension-api.md: what a document does not name is not enabled, and for all. */
    if (!uc_flags_get_rollout (flags, (UcFlagId) i, &is_enabled, &share)) {
      is_enabled = FALSE;
      share = 100;
    }
    show_rollout (&self->rollouts[i], is_enabled, share);
  }
}

static void
store_changed_cb (UcPreferencesRollouts *self, UcChangeSet *changes)
{
  if (changes->flags)
    show_document (self);
}

static gboolean
find_rollout (UcPreferencesRollouts *self, GtkWidget *part, UcFlagId *flag)
{
  for (guint i = 0; i < UC_N_FLAGS; i++) {
    const Rollout *rollout = &self->rollouts[i];

    if (part == rollout->enabled || part == rollout->percentage || part == rollout->apply) {
      *flag = (UcFlagId) i;
      return TRUE;
    }
  }

  return FALSE;
}

static void
changed_cb (UcPreferencesRollouts *self, GParamSpec *pspec, GtkWidget *part)
{
  UcFlagId flag;

  if (find_rollout (self, part, &flag))
    update_apply (&self->rollouts[flag]);
}

/* -- Applying ----------------------------------------------------------------------------- */

typedef struct {
  UcPreferencesRollouts *self; /* (owned) */
  UcFlagId               flag;
} ApplyJob;

static void
apply_job_free (ApplyJob *job)
{
  g_clear_object (&job->self);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ApplyJob, apply_job_free)

static void
toast (UcPreferencesRollouts *self, const char *text)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  if (dialog != NULL)
    adw_preferences_dialog_add_toast (
        ADW_PREFERENCES_DIALOG (dialog),
        g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, NULL));
}

static void
set_busy (Rollout *rollout, gboolean is_busy)
{
  gtk_widget_set_visible (rollout->spinner, is_busy);
  gtk_widget_set_sensitive (rollout->enabled, !is_busy);
  gtk_widget_set_sensitive (rollout->percentage, !is_busy);
  update_apply (rollout);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ApplyJob) job = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_applied = uc_session_put_flag_finish (UC_SESSION (source), result, &error);
  Rollout *rollout;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  rollout = &job->self->rollouts[job->flag];
  set_busy (rollout, FALSE);
  /* The document with it is on its way; until then what was sent is what holds. */
  if (is_applied)
    show_rollout (rollout, adw_switch_row_get_active (ADW_SWITCH_ROW (rollout->enabled)),
                  adw_spin_row_get_value (ADW_SPIN_ROW (rollout->percentage)));
  toast (job->self, is_applied ? _ ("Applied") : error->message);
}

static void
apply_cb (UcPreferencesRollouts *self, GtkWidget *button)
{
  UcFlagId         flag;
  Rollout         *rollout;
  ApplyJob        *job;
  g_autofree char *json = NULL;

  if (!find_rollout (self, button, &flag))
    return;

  rollout = &self->rollouts[flag];
  json = uc_preferences_rollouts_dup_json (
      adw_switch_row_get_active (ADW_SWITCH_ROW (rollout->enabled)),
      adw_spin_row_get_value (ADW_SPIN_ROW (rollout->percentage)));
  job = g_new0 (ApplyJob, 1);
  job->self = g_object_ref (self);
  job->flag = flag;
  set_busy (rollout, TRUE);
  uc_session_put_flag_async (self->session, uc_flag_get_name (flag), json, self->cancellable,
                             applied_cb, job);
}

/* -- Rows ------------------------------------------------------------------------------------ */

static void
add_rollout (UcPreferencesRollouts *self, AdwPreferencesGroup *group, UcFlagId flag)
{
  Rollout   *rollout = &self->rollouts[flag];
  GtkWidget *actions = adw_action_row_new ();

  rollout->row = adw_expander_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (rollout->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (rollout->row), uc_flag_get_name (flag));
  gtk_widget_set_tooltip_text (rollout->row, _ (uc_flag_get_description (flag)));

  rollout->enabled = adw_switch_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (rollout->enabled), _ ("Enabled"));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (rollout->row), rollout->enabled);

  rollout->percentage = adw_spin_row_new_with_range (0, 100, 5);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (rollout->percentage), _ ("Percentage"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (rollout->percentage),
                               _ ("Of the people; the same ones stay in as it grows"));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (rollout->row), rollout->percentage);

  rollout->spinner = adw_spinner_new ();
  gtk_widget_set_visible (rollout->spinner, FALSE);
  rollout->apply = gtk_button_new_with_mnemonic (_ ("_Apply"));
  gtk_widget_set_valign (rollout->apply, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (rollout->apply, "suggested-action");
  adw_action_row_add_suffix (ADW_ACTION_ROW (actions), rollout->spinner);
  adw_action_row_add_suffix (ADW_ACTION_ROW (actions), rollout->apply);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (rollout->row), actions);

  g_signal_connect_object (rollout->enabled, "notify::active", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rollout->percentage, "notify::value", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rollout->apply, "clicked", G_CALLBACK (apply_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, rollout->row);
}

static void
uc_preferences_rollouts_dispose (GObject *object)
{
  UcPreferencesRollouts *self = UC_PREFERENCES_ROLLOUTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (uc_preferences_rollouts_parent_class)->dispose (object);
}

static void
uc_preferences_rollouts_class_init (UcPreferencesRolloutsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = uc_preferences_rollouts_dispose;
}

static void
uc_preferences_rollouts_init (UcPreferencesRollouts *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * uc_preferences_rollouts_new:
 * @session: of a system_admin on a server with the extension
 *
 * Returns: (transfer floating): the page
 */
AdwPreferencesPage *
uc_preferences_rollouts_new (UcSession *session)
{
  UcPreferencesRollouts *self;
  GtkWidget             *group;

  g_return_val_if_fail (UC_IS_SESSION (session), NULL);

  self = g_object_new (UC_TYPE_PREFERENCES_ROLLOUTS, "name", "rollouts", "title", _ ("Rollouts"),
                       "icon-name", "uc-flag-symbolic", NULL);
  self->session = g_object_ref (session);

  group = adw_preferences_group_new ();
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("For whom a feature is on in the whole organisation. A change reaches everybody at "
         "once."));
  for (guint i = 0; i < UC_N_FLAGS; i++)
    add_rollout (self, ADW_PREFERENCES_GROUP (group), (UcFlagId) i);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (group));
  /* The flags themselves only tell when the outcome for this user changes. */
  g_signal_connect_object (uc_session_get_store (session), "changed", G_CALLBACK (store_changed_cb),
                           self, G_CONNECT_SWAPPED);
  show_document (self);

  return ADW_PREFERENCES_PAGE (self);
}

/**
 * uc_preferences_rollouts_dup_json:
 * @is_enabled: whether the feature is on at all
 * @percentage: for how many of the people, 0 to 100
 *
 * Returns: (transfer full): what the extension takes as a change of a flag
 */
char *
uc_preferences_rollouts_dup_json (gboolean is_enabled, double percentage)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  /* Not by printf: the point would follow the locale. */
  g_ascii_formatd (number, sizeof number, "%.2f", CLAMP (percentage, 0, 100));

  return g_strdup_printf ("{\"enabled\":%s,\"rollout_percentage\":%s}",
                          is_enabled ? "true" : "false", number);
}
