/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The team switcher. Its list is made when it opens, so that it costs nothing closed. */

#include "config.h"

#include "uc-sidebar-teams.h"

#include "uc-format.h"
#include "uc-team.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _UcSidebarTeams {
  GtkWidget parent_instance;

  GtkWidget  *box;
  GtkWidget  *title;
  GtkWidget  *button;
  GtkLabel   *name_label;
  GtkWidget  *unread_mark;
  GtkPopover *popover;
  GtkListBox *list;

  UcSidebar *sidebar; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UcSidebarTeams, uc_sidebar_teams, GTK_TYPE_WIDGET)

static const UcTeam *
find_team (UcSidebarTeams *self)
{
  GPtrArray  *teams = uc_sidebar_get_teams (self->sidebar);
  const char *team_id = uc_sidebar_get_team_id (self->sidebar);

  for (guint i = 0; i < teams->len; i++) {
    const UcTeam *team = g_ptr_array_index (teams, i);

    if (g_str_equal (team->id, team_id))
      return team;
  }

  return NULL;
}

/* Whether something unread waits in a team that is not shown. */
static gboolean
has_unread_elsewhere (UcSidebarTeams *self)
{
  GPtrArray  *teams = uc_sidebar_get_teams (self->sidebar);
  const char *team_id = uc_sidebar_get_team_id (self->sidebar);

  for (guint i = 0; i < teams->len; i++) {
    const UcTeam *team = g_ptr_array_index (teams, i);
    gint64        unread = 0, mentions = 0;

    if (g_str_equal (team->id, team_id))
      continue;
    uc_sidebar_get_totals (self->sidebar, team->id, &unread, &mentions);
    if (unread > 0 || mentions > 0)
      return TRUE;
  }

  return FALSE;
}

static void
update (UcSidebarTeams *self)
{
  const UcTeam *team = find_team (self);
  const char   *name = team != NULL ? team->display_name : _ ("Unified Chat");
  gboolean      has_choice = uc_sidebar_get_teams (self->sidebar)->len > 1;

  gtk_widget_set_visible (self->title, !has_choice);
  gtk_widget_set_visible (self->button, has_choice);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), name);
  gtk_label_set_text (self->name_label, name);
  gtk_widget_set_visible (self->unread_mark, has_choice && has_unread_elsewhere (self));
}

static GtkWidget *
make_row (UcSidebarTeams *self, const UcTeam *team)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (team->display_name);
  gint64     unread = 0, mentions = 0;

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 32);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (box), name);

  uc_sidebar_get_totals (self->sidebar, team->id, &unread, &mentions);
  if (unread > 0 || mentions > 0) {
    g_autofree char *count = uc_format_count (mentions > 0 ? mentions : unread);
    g_autofree char *text = g_strconcat (mentions > 0 ? "@" : "", count, NULL);
    GtkWidget       *badge = gtk_label_new (text);

    gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
    gtk_widget_add_css_class (badge, "uc-badge");
    if (mentions > 0)
      gtk_widget_add_css_class (badge, "mention");
    gtk_box_append (GTK_BOX (box), badge);
  }
  if (g_str_equal (team->id, uc_sidebar_get_team_id (self->sidebar))) {
    GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");

    gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Shown now"), -1);
    gtk_box_append (GTK_BOX (box), mark);
  }

  return box;
}

static void
popover_shown_cb (UcSidebarTeams *self)
{
  GPtrArray *teams = uc_sidebar_get_teams (self->sidebar);

  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < teams->len; i++)
    gtk_list_box_append (self->list, make_row (self, g_ptr_array_index (teams, i)));
}

static void
row_activated_cb (UcSidebarTeams *self, GtkListBoxRow *row)
{
  GPtrArray *teams = uc_sidebar_get_teams (self->sidebar);
  guint      position = (guint) gtk_list_box_row_get_index (row);

  gtk_popover_popdown (self->popover);
  if (position < teams->len) {
    const UcTeam *team = g_ptr_array_index (teams, position);

    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-team", "s", team->id);
  }
}

static void
uc_sidebar_teams_dispose (GObject *object)
{
  UcSidebarTeams *self = UC_SIDEBAR_TEAMS (object);

  uc_sidebar_teams_set_sidebar (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_SIDEBAR_TEAMS);

  G_OBJECT_CLASS (uc_sidebar_teams_parent_class)->dispose (object);
}

static void
uc_sidebar_teams_class_init (UcSidebarTeamsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = uc_sidebar_teams_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-sidebar-teams.ui");
  gtk_widget_class_bind_template_child (widget_class, UcSidebarTeams, box);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarTeams, title);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarTeams, button);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarTeams, name_label);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarTeams, unread_mark);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarTeams, popover);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarTeams, list);
  gtk_widget_class_bind_template_callback (widget_class, popover_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
uc_sidebar_teams_init (UcSidebarTeams *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * uc_sidebar_teams_set_sidebar:
 * @sidebar: (nullable): whose teams to show
 *
 * Shows and follows the teams of @sidebar from now on.
 */
void
uc_sidebar_teams_set_sidebar (UcSidebarTeams *self, UcSidebar *sidebar)
{
  g_return_if_fail (UC_IS_SIDEBAR_TEAMS (self));
  g_return_if_fail (sidebar == NULL || UC_IS_SIDEBAR (sidebar));

  if (self->sidebar == sidebar)
    return;

  if (self->sidebar != NULL)
    g_signal_handlers_disconnect_by_data (self->sidebar, self);
  g_set_object (&self->sidebar, sidebar);
  if (sidebar == NULL)
    return;
  g_signal_connect_object (sidebar, "teams-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sidebar, "notify::team-id", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sidebar, "notify::total-unread", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sidebar, "notify::total-mentions", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
