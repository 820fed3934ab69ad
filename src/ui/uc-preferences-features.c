/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Features page. It shows what the flags say and follows them; overriding goes by
 * the settings, which app hands on to the flags. */

#include "config.h"

#include "uc-preferences-features.h"

#include <glib/gi18n.h>

#define OVERRIDES "flag-overrides"

/* Positions in the list of choices. */
enum {
  CHOICE_FOLLOW,
  CHOICE_ON,
  CHOICE_OFF,
};

typedef struct {
  GtkWidget *row;      /* (unowned) */
  GtkLabel  *state;    /* (unowned) */
  GtkWidget *reason;   /* (unowned) */
  GtkWidget *override; /* (unowned) */
} Feature;

struct _UcPreferencesFeatures {
  AdwPreferencesPage parent_instance;

  UcFlags   *flags;    /* (owned) */
  GSettings *settings; /* (owned) */
  Feature    features[UC_N_FLAGS];
  gboolean   is_updating;
};

G_DEFINE_FINAL_TYPE (UcPreferencesFeatures, uc_preferences_features, ADW_TYPE_PREFERENCES_PAGE)

static const char *
get_source_text (UcFlagSource source)
{
  switch (source) {
  case UC_FLAG_FROM_CACHE:
    return _ ("As the server last said");
  case UC_FLAG_FROM_SERVER:
    return _ ("Decided by the server");
  case UC_FLAG_FROM_OVERRIDE:
    return _ ("Decided on this computer");
  case UC_FLAG_FROM_ENVIRONMENT:
    return _ ("Decided by the environment");
  case UC_FLAG_FROM_GUARD:
    return _ ("Turned off after repeated failure");
  case UC_FLAG_FROM_DEFAULT:
  default:
    return _ ("Built-in default");
  }
}

static guint
get_choice (int override)
{
  return override < 0 ? CHOICE_FOLLOW : override > 0 ? CHOICE_ON : CHOICE_OFF;
}

static void
update_feature (UcPreferencesFeatures *self, UcFlagId flag)
{
  Feature         *feature = &self->features[flag];
  UcFlagSource     source = uc_flags_get_source (self->flags, flag);
  g_autofree char *reason = uc_flags_dup_reason (self->flags, flag);
  const char      *state =
      uc_flags_is_on (self->flags, flag) ? C_ ("feature", "On") : C_ ("feature", "Off");
  int override = uc_preferences_features_get_override (self->settings, uc_flag_get_name (flag));

  gtk_label_set_text (feature->state, state);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (feature->row), get_source_text (source));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (feature->reason), reason);
  /* What the environment decides, nobody here can. */
  gtk_widget_set_sensitive (feature->override, source != UC_FLAG_FROM_ENVIRONMENT);
  self->is_updating = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (feature->override), get_choice (override));
  self->is_updating = FALSE;
}

static void
update (UcPreferencesFeatures *self)
{
  for (guint i = 0; i < UC_N_FLAGS; i++)
    update_feature (self, (UcFlagId) i);
}

static void
override_changed_cb (UcPreferencesFeatures *self, GParamSpec *pspec, AdwComboRow *row)
{
  static const int values[] = { -1, 1, 0 };

  if (self->is_updating)
    return;
  for (guint i = 0; i < UC_N_FLAGS; i++) {
    if (self->features[i].override == GTK_WIDGET (row)) {
      guint choice = adw_combo_row_get_selected (row);

      g_return_if_fail (choice < G_N_ELEMENTS (values));
      uc_preferences_features_set_override (self->settings, uc_flag_get_name ((UcFlagId) i),
                                            values[choice]);
    }
  }
}

static GtkWidget *
make_override_row (UcPreferencesFeatures *self)
{
  const char *choices[] = { _ ("As Decided Elsewhere"), _ ("Always On"), _ ("Always Off"), NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (choices);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("On This Computer"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (override_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return row;
}

static void
add_feature (UcPreferencesFeatures *self, AdwPreferencesGroup *group, UcFlagId flag)
{
  Feature   *feature = &self->features[flag];
  GtkWidget *name = adw_action_row_new ();

  feature->row = adw_expander_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (feature->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (feature->row),
                                 _ (uc_flag_get_description (flag)));
  feature->state = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (feature->state), "heading");
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (feature->row), GTK_WIDGET (feature->state));

  feature->reason = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (feature->reason), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (feature->reason), _ ("Why"));
  gtk_widget_add_css_class (feature->reason, "property");
  adw_expander_row_add_row (ADW_EXPANDER_ROW (feature->row), feature->reason);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (name), _ ("Name"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (name), uc_flag_get_name (flag));
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (name), TRUE);
  gtk_widget_add_css_class (name, "property");
  adw_expander_row_add_row (ADW_EXPANDER_ROW (feature->row), name);

  feature->override = make_override_row (self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (feature->row), feature->override);
  adw_preferences_group_add (group, feature->row);
}

static void
uc_preferences_features_dispose (GObject *object)
{
  UcPreferencesFeatures *self = UC_PREFERENCES_FEATURES (object);

  g_clear_object (&self->flags);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (uc_preferences_features_parent_class)->dispose (object);
}

static void
uc_preferences_features_class_init (UcPreferencesFeaturesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = uc_preferences_features_dispose;
}

static void
uc_preferences_features_init (UcPreferencesFeatures *self)
{
}

/**
 * uc_preferences_features_new:
 * @flags: the account's flags
 * @settings: where overrides are kept
 *
 * Returns: (transfer floating): the page
 */
AdwPreferencesPage *
uc_preferences_features_new (UcFlags *flags, GSettings *settings)
{
  UcPreferencesFeatures *self;
  GtkWidget             *group;

  g_return_val_if_fail (UC_IS_FLAGS (flags), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (UC_TYPE_PREFERENCES_FEATURES, "name", "features", "title", _ ("Features"),
                       "icon-name", "preferences-other-symbolic", NULL);
  self->flags = g_object_ref (flags);
  self->settings = g_object_ref (settings);

  group = adw_preferences_group_new ();
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("Each of these has a traditional way that works while it is off. Your server decides "
         "who gets which; you may decide otherwise for this computer."));
  for (guint i = 0; i < UC_N_FLAGS; i++)
    add_feature (self, ADW_PREFERENCES_GROUP (group), (UcFlagId) i);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (group));

  g_signal_connect_object (flags, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  /* After app, which was there first, has handed the override on. */
  g_signal_connect_object (settings, "changed::" OVERRIDES, G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update (self);

  return ADW_PREFERENCES_PAGE (self);
}

/**
 * uc_preferences_features_get_override:
 * @settings: the program's settings
 * @flag_name: a flag
 *
 * Returns: 1 always on, 0 always off, -1 not overridden
 */
int
uc_preferences_features_get_override (GSettings *settings, const char *flag_name)
{
  g_autoptr (GVariant) overrides = NULL;
  gboolean value;

  g_return_val_if_fail (G_IS_SETTINGS (settings), -1);
  g_return_val_if_fail (flag_name != NULL, -1);

  overrides = g_settings_get_value (settings, OVERRIDES);
  if (!g_variant_lookup (overrides, flag_name, "b", &value))
    return -1;

  return value ? 1 : 0;
}

/**
 * uc_preferences_features_set_override:
 * @settings: the program's settings
 * @flag_name: a flag
 * @value: 1 always on, 0 always off, -1 not overridden
 *
 * Writes the override down.
 */
void
uc_preferences_features_set_override (GSettings *settings, const char *flag_name, int value)
{
  g_autoptr (GVariant) overrides = NULL;
  GVariantBuilder builder;
  GVariantIter    iter;
  const char     *name;
  gboolean        old;

  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (flag_name != NULL);

  overrides = g_settings_get_value (settings, OVERRIDES);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sb}"));
  g_variant_iter_init (&iter, overrides);
  while (g_variant_iter_next (&iter, "{&sb}", &name, &old)) {
    if (!g_str_equal (name, flag_name))
      g_variant_builder_add (&builder, "{sb}", name, old);
  }
  if (value >= 0)
    g_variant_builder_add (&builder, "{sb}", flag_name, value > 0);
  g_settings_set_value (settings, OVERRIDES, g_variant_builder_end (&builder));
}
