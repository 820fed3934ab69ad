/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search page before anything is typed. */

#include "config.h"

#include "uc-search-hints.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _UcSearchHints {
  GtkWidget parent_instance;

  GtkWidget           *scrolled;
  GtkLabel            *words_label;
  AdwPreferencesGroup *recent_group;
  AdwPreferencesGroup *filter_group;

  UcSearchRecent *recent;      /* (owned) (nullable) */
  GPtrArray      *recent_rows; /* (owned) (element-type GtkWidget) in their group */
  GPtrArray      *flag_rows;   /* (owned) (element-type GtkWidget) only with AI mode */
  gboolean        is_advanced;
  gboolean        show_flags;
};

G_DEFINE_FINAL_TYPE (UcSearchHints, uc_search_hints, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_ADVANCED,
  PROP_SHOW_FLAGS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* What it is and how it is typed. */
static const struct {
  const char *name;
  const char *title;
  const char *example;
  const char *icon_name;
  gboolean    is_flag;
} filters[] = {
  { "from", N_ ("From a person"), "from:anna", "avatar-default-symbolic", FALSE },
  { "in", N_ ("In a conversation"), "in:ward-3", "uc-channel-symbolic", FALSE },
  { "before", N_ ("Before, on or after a day"), "after:yesterday", "x-office-calendar-symbolic",
    FALSE },
  { "has", N_ ("With a file, a link or reactions"), "has:file", "mail-attachment-symbolic", FALSE },
  { "is", N_ ("Unread, saved, pinned or in a thread"), "is:saved", "user-bookmarks-symbolic",
    FALSE },
  { "category", N_ ("Of a category"), "category:question", "uc-flag-symbolic", TRUE },
  { "priority", N_ ("Of a priority"), "priority:critical", "emblem-important-symbolic", TRUE },
};

static void
add_icon (GtkWidget *row, const char *icon_name)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
}

/* What is shown may have been typed by anybody: it is no markup, which must be known before
 * the text is. */
static GtkWidget *
new_row (const char *title, const char *icon_name)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  add_icon (row, icon_name);

  return row;
}

static void
filter_activated_cb (GtkWidget *row, gpointer user_data)
{
  GtkWidget *self = gtk_widget_get_ancestor (row, UC_TYPE_SEARCH_HINTS);

  g_signal_emit_by_name (self, "filter-wanted", user_data);
}

static void
add_filters (UcSearchHints *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++) {
    GtkWidget *row = new_row (_ (filters[i].title), filters[i].icon_name);

    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), filters[i].example);
    g_signal_connect (row, "activated", G_CALLBACK (filter_activated_cb),
                      (gpointer) filters[i].name);
    adw_preferences_group_add (self->filter_group, row);
    if (filters[i].is_flag)
      g_ptr_array_add (self->flag_rows, row);
  }
}

static void
recent_activated_cb (UcSearchHints *self, AdwPreferencesRow *row)
{
  g_autofree char *query = g_strdup (adw_preferences_row_get_title (row));

  g_signal_emit_by_name (self, "query-wanted", query);
}

static void
update_recent (UcSearchHints *self)
{
  const char *const *queries = self->recent != NULL ? uc_search_recent_get (self->recent) : NULL;

  while (self->recent_rows->len > 0)
    adw_preferences_group_remove (
        self->recent_group,
        g_ptr_array_steal_index (self->recent_rows, self->recent_rows->len - 1));
  for (guint i = 0; queries != NULL && queries[i] != NULL; i++) {
    GtkWidget *row = new_row (queries[i], "document-open-recent-symbolic");

    g_signal_connect_object (row, "activated", G_CALLBACK (recent_activated_cb), self,
                             G_CONNECT_SWAPPED);
    adw_preferences_group_add (self->recent_group, row);
    g_ptr_array_add (self->recent_rows, row);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->recent_group), self->recent_rows->len > 0);
}

static void
clear_cb (UcSearchHints *self)
{
  if (self->recent != NULL)
    uc_search_recent_clear (self->recent);
}

static void
update (UcSearchHints *self)
{
  gtk_label_set_text (self->words_label,
                      self->is_advanced
                          ? _ ("Type words, “a phrase”, begin* or -without. Words that stand "
                               "nowhere are looked for inside of words.")
                          : _ ("Type words or “a phrase”."));
  gtk_widget_set_visible (GTK_WIDGET (self->filter_group), self->is_advanced);
  for (guint i = 0; i < self->flag_rows->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->flag_rows, i), self->show_flags);
}

static void
uc_search_hints_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UcSearchHints *self = UC_SEARCH_HINTS (object);

  switch (prop_id) {
  case PROP_ADVANCED:
    g_value_set_boolean (value, self->is_advanced);
    break;
  case PROP_SHOW_FLAGS:
    g_value_set_boolean (value, self->show_flags);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_search_hints_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  UcSearchHints *self = UC_SEARCH_HINTS (object);
  gboolean      *place = prop_id == PROP_ADVANCED ? &self->is_advanced : &self->show_flags;

  if (prop_id == PROP_0 || prop_id >= N_PROPS) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    return;
  }
  if (*place == g_value_get_boolean (value))
    return;
  *place = g_value_get_boolean (value);
  update (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
uc_search_hints_dispose (GObject *object)
{
  UcSearchHints *self = UC_SEARCH_HINTS (object);

  if (self->recent != NULL)
    g_signal_handlers_disconnect_by_data (self->recent, self);
  g_clear_object (&self->recent);
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_SEARCH_HINTS);

  G_OBJECT_CLASS (uc_search_hints_parent_class)->dispose (object);
}

static void
uc_search_hints_finalize (GObject *object)
{
  g_ptr_array_unref (UC_SEARCH_HINTS (object)->recent_rows);
  g_ptr_array_unref (UC_SEARCH_HINTS (object)->flag_rows);

  G_OBJECT_CLASS (uc_search_hints_parent_class)->finalize (object);
}

static void
uc_search_hints_class_init (UcSearchHintsClass *klass)
{
  static const char *const signals[] = { "query-wanted", "filter-wanted" };
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = uc_search_hints_get_property;
  object_class->set_property = uc_search_hints_set_property;
  object_class->dispose = uc_search_hints_dispose;
  object_class->finalize = uc_search_hints_finalize;

  properties[PROP_ADVANCED] = g_param_spec_boolean ("advanced", NULL, NULL, TRUE, flags);
  properties[PROP_SHOW_FLAGS] = g_param_spec_boolean ("show-flags", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_new (signals[i], UC_TYPE_SEARCH_HINTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-search-hints.ui");
  gtk_widget_class_bind_template_child (widget_class, UcSearchHints, scrolled);
  gtk_widget_class_bind_template_child (widget_class, UcSearchHints, words_label);
  gtk_widget_class_bind_template_child (widget_class, UcSearchHints, recent_group);
  gtk_widget_class_bind_template_child (widget_class, UcSearchHints, filter_group);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
}

static void
uc_search_hints_init (UcSearchHints *self)
{
  self->recent_rows = g_ptr_array_new ();
  self->flag_rows = g_ptr_array_new ();
  self->is_advanced = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  add_filters (self);
  update (self);
}

/**
 * uc_search_hints_set_recent:
 * @recent: (nullable): what was searched for lately
 *
 * Offers those again.
 */
void
uc_search_hints_set_recent (UcSearchHints *self, UcSearchRecent *recent)
{
  g_return_if_fail (UC_IS_SEARCH_HINTS (self));

  if (self->recent != NULL)
    g_signal_handlers_disconnect_by_data (self->recent, self);
  g_set_object (&self->recent, recent);
  if (recent != NULL)
    g_signal_connect_object (recent, "changed", G_CALLBACK (update_recent), self,
                             G_CONNECT_SWAPPED);
  update_recent (self);
}
