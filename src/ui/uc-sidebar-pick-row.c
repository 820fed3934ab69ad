/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the lists one picks people and channels from. */

#include "config.h"

#include "uc-sidebar-pick-row.h"

#include "uc-sidebar-avatar.h"

struct _UcSidebarPickRow {
  GtkWidget parent_instance;

  GtkWidget       *box;
  GtkImage        *icon;
  UcSidebarAvatar *avatar;
  GtkLabel        *title;
  GtkLabel        *detail;
};

G_DEFINE_FINAL_TYPE (UcSidebarPickRow, uc_sidebar_pick_row, GTK_TYPE_WIDGET)

static void
uc_sidebar_pick_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_SIDEBAR_PICK_ROW);

  G_OBJECT_CLASS (uc_sidebar_pick_row_parent_class)->dispose (object);
}

static void
uc_sidebar_pick_row_class_init (UcSidebarPickRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = uc_sidebar_pick_row_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  g_type_ensure (UC_TYPE_SIDEBAR_AVATAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/example/UnifiedChat/ui/uc-sidebar-pick-row.ui");
  gtk_widget_class_bind_template_child (widget_class, UcSidebarPickRow, box);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarPickRow, icon);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarPickRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarPickRow, title);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarPickRow, detail);
}

static void
uc_sidebar_pick_row_init (UcSidebarPickRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * uc_sidebar_pick_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
uc_sidebar_pick_row_new (void)
{
  return g_object_new (UC_TYPE_SIDEBAR_PICK_ROW, NULL);
}

/**
 * uc_sidebar_pick_row_set:
 * @icon_name: (nullable): an icon, %NULL for a person
 * @user_id: the person, "" for none
 * @title: what it is called
 * @detail: what else to know, "" for nothing
 *
 * Fills the row.
 */
void
uc_sidebar_pick_row_set (UcSidebarPickRow *self,
                         const char       *icon_name,
                         const char       *user_id,
                         const char       *title,
                         const char       *detail)
{
  g_return_if_fail (UC_IS_SIDEBAR_PICK_ROW (self));
  g_return_if_fail (title != NULL && detail != NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->icon), icon_name != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->avatar), icon_name == NULL);
  if (icon_name != NULL)
    gtk_image_set_from_icon_name (self->icon, icon_name);
  else
    uc_sidebar_avatar_set_person (self->avatar, user_id, title);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *detail != '\0');
}
