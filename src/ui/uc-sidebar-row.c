/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the sidebar. Nothing is told by colour alone: unread is bold and a number,
 * a mention carries an @, presence has a shape, and the summary has words for all. */

#include "config.h"

#include "uc-sidebar-row.h"

#include "uc-sidebar-avatar.h"
#include "uc-sidebar-presence.h"
#include "uc-channel.h"
#include "uc-format.h"

#include <glib/gi18n.h>

#define ICON_SIZE 24
#define SPACING   8

/* What a row may show, in this order. Most rows need an icon and a title, and lists keep
 * some two hundred rows: what is not needed is not made. */
typedef enum {
  PART_ICON,
  PART_PERSON,
  PART_TITLE,
  PART_DETAIL,
  PART_MUTED,
  PART_DRAFT,
  PART_FAILED,
  PART_BADGE,
  N_PARTS,
} Part;

struct _UcSidebarRow {
  GtkWidget parent_instance;

  GtkWidget       *parts[N_PARTS]; /* (unowned) (nullable) children, once they were needed */
  UcSidebarAvatar *avatar;         /* (unowned) (nullable) these two in PART_PERSON */
  GtkWidget       *presence_icon;

  UcSidebarItem *item;    /* (owned) (nullable) */
  char          *detail;  /* (owned) */
  char          *summary; /* (owned) */
};

G_DEFINE_FINAL_TYPE (UcSidebarRow, uc_sidebar_row, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_SUMMARY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static const char *
get_channel_icon (const UcChannel *channel)
{
  switch (channel->type) {
  case UC_CHANNEL_PRIVATE:
    return "uc-private-symbolic";
  case UC_CHANNEL_GROUP:
    return "uc-group-symbolic";
  case UC_CHANNEL_UNKNOWN:
  case UC_CHANNEL_OPEN:
  case UC_CHANNEL_DIRECT:
  default:
    return "uc-channel-symbolic";
  }
}

static char *
dup_summary (UcSidebarItem *item, const char *detail)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  UcChannel *channel = uc_sidebar_item_get_channel (item);
  gint64     unread = uc_sidebar_item_get_unread (item);
  gint64     mentions = uc_sidebar_item_get_mentions (item);

  g_strv_builder_add (parts, uc_sidebar_item_get_title (item));
  if (*detail != '\0')
    g_strv_builder_add (parts, detail);
  if (channel != NULL && channel->type == UC_CHANNEL_PRIVATE)
    g_strv_builder_add (parts, _ ("private channel"));
  if (*uc_sidebar_item_get_partner_id (item) != '\0')
    g_strv_builder_add (parts, uc_sidebar_presence_word (uc_sidebar_item_get_presence (item)));
  if (unread > 0)
    g_strv_builder_take (parts, g_strdup_printf (ngettext ("%d unread message",
                                                           "%d unread messages", (gulong) unread),
                                                 (int) MIN (unread, G_MAXINT)));
  if (mentions > 0)
    g_strv_builder_take (parts,
                         g_strdup_printf (ngettext ("%d mention", "%d mentions", (gulong) mentions),
                                          (int) MIN (mentions, G_MAXINT)));
  if (uc_sidebar_item_is_muted (item))
    g_strv_builder_add (parts, _ ("muted"));
  if (uc_sidebar_item_has_draft (item))
    g_strv_builder_add (parts, _ ("draft"));
  if (uc_sidebar_item_has_failed (item))
    g_strv_builder_add (parts, _ ("a message was not sent"));
  words = g_strv_builder_end (parts);

  return g_strjoinv (", ", words);
}

static void
set_css_class (GtkWidget *widget, const char *name, gboolean is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* -- Parts ----------------------------------------------------------------------------- */

static GtkWidget *
new_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);

  return label;
}

static GtkWidget *
new_mark (const char *icon_name, int size, const char *meaning)
{
  GtkWidget *image = gtk_image_new_from_icon_name (icon_name);

  gtk_image_set_pixel_size (GTK_IMAGE (image), size);
  gtk_widget_set_tooltip_text (image, meaning);

  return image;
}

static GtkWidget *
new_icon (void)
{
  GtkWidget *icon =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_set_size_request (icon, ICON_SIZE, ICON_SIZE);
  gtk_widget_add_css_class (icon, "dimmed");

  return icon;
}

static GtkWidget *
new_person (UcSidebarRow *self)
{
  GtkWidget *person = gtk_overlay_new ();

  gtk_widget_set_valign (person, GTK_ALIGN_CENTER);
  self->avatar = g_object_new (UC_TYPE_SIDEBAR_AVATAR, "size", ICON_SIZE, NULL);
  gtk_overlay_set_child (GTK_OVERLAY (person), GTK_WIDGET (self->avatar));
  self->presence_icon = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->presence_icon), 9);
  gtk_widget_set_halign (self->presence_icon, GTK_ALIGN_END);
  gtk_widget_set_valign (self->presence_icon, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->presence_icon, "uc-presence");
  gtk_overlay_add_overlay (GTK_OVERLAY (person), self->presence_icon);

  return person;
}

static GtkWidget *
new_part (UcSidebarRow *self, Part part)
{
  GtkWidget *widget;

  switch (part) {
  case PART_ICON:
    return new_icon ();
  case PART_PERSON:
    return new_person (self);
  case PART_TITLE:
    widget = new_label ();
    gtk_widget_set_hexpand (widget, TRUE);
    return widget;
  case PART_DETAIL:
    widget = new_label ();
    gtk_widget_add_css_class (widget, "caption");
    gtk_widget_add_css_class (widget, "dimmed");
    return widget;
  case PART_MUTED:
    return new_mark ("uc-muted-symbolic", 12, _ ("Muted"));
  case PART_DRAFT:
    return new_mark ("document-edit-symbolic", 12, _ ("Draft"));
  case PART_FAILED:
    widget = new_mark ("dialog-warning-symbolic", 14, _ ("A message was not sent"));
    gtk_widget_add_css_class (widget, "error");
    return widget;
  case PART_BADGE:
    widget = gtk_label_new (NULL);
    gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
    gtk_widget_add_css_class (widget, "uc-badge");
    gtk_widget_add_css_class (widget, "numeric");
    return widget;
  case N_PARTS:
  default:
    g_return_val_if_reached (NULL);
  }
}

/* (transfer none) */
static GtkWidget *
need_part (UcSidebarRow *self, Part part)
{
  GtkWidget *before = NULL;

  if (self->parts[part] != NULL)
    return self->parts[part];
  for (guint i = 0; i < (guint) part; i++) {
    if (self->parts[i] != NULL)
      before = self->parts[i];
  }
  self->parts[part] = new_part (self, part);
  gtk_widget_insert_after (self->parts[part], GTK_WIDGET (self), before);

  return self->parts[part];
}

static void
show_part (UcSidebarRow *self, Part part, gboolean is_shown)
{
  if (is_shown || self->parts[part] != NULL)
    gtk_widget_set_visible (need_part (self, part), is_shown);
}

/* -- Showing ---------------------------------------------------------------------------- */

static void
show_badge (UcSidebarRow *self)
{
  gint64           unread = uc_sidebar_item_get_unread (self->item);
  gint64           mentions = uc_sidebar_item_get_mentions (self->item);
  gboolean         is_direct = *uc_sidebar_item_get_partner_id (self->item) != '\0';
  g_autofree char *count = NULL, *text = NULL;
  GtkWidget       *badge;

  show_part (self, PART_BADGE, unread > 0 || mentions > 0);
  if (unread == 0 && mentions == 0)
    return;
  count = uc_format_count (mentions > 0 ? mentions : unread);
  text = g_strconcat (mentions > 0 && !is_direct ? "@" : "", count, NULL);
  badge = need_part (self, PART_BADGE);
  gtk_label_set_text (GTK_LABEL (badge), text);
  set_css_class (badge, "mention", mentions > 0);
}

static void
show_face (UcSidebarRow *self)
{
  UcChannel  *channel = uc_sidebar_item_get_channel (self->item);
  const char *partner_id = uc_sidebar_item_get_partner_id (self->item);
  gboolean    is_person = *partner_id != '\0';

  show_part (self, PART_ICON, !is_person);
  show_part (self, PART_PERSON, is_person);
  if (is_person) {
    uc_sidebar_avatar_set_person (self->avatar, partner_id, uc_sidebar_item_get_title (self->item));
    uc_sidebar_presence_show (self->presence_icon, uc_sidebar_item_get_presence (self->item));
  } else if (channel != NULL)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->parts[PART_ICON]), get_channel_icon (channel));
}

static void
show_conversation (UcSidebarRow *self)
{
  gboolean is_unread =
      uc_sidebar_item_get_unread (self->item) > 0 || uc_sidebar_item_get_mentions (self->item) > 0;

  show_face (self);
  show_part (self, PART_DETAIL, *self->detail != '\0');
  if (*self->detail != '\0')
    gtk_label_set_text (GTK_LABEL (self->parts[PART_DETAIL]), self->detail);
  show_part (self, PART_MUTED, uc_sidebar_item_is_muted (self->item));
  show_part (self, PART_DRAFT, uc_sidebar_item_has_draft (self->item));
  show_part (self, PART_FAILED, uc_sidebar_item_has_failed (self->item));
  set_css_class (GTK_WIDGET (self), "unread", is_unread);
  set_css_class (GTK_WIDGET (self), "muted", uc_sidebar_item_is_muted (self->item));
  show_badge (self);
}

static void
show_heading (UcSidebarRow *self)
{
  for (Part part = 0; part < N_PARTS; part++)
    show_part (self, part, part == PART_TITLE);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "unread");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "muted");
}

static void
update (UcSidebarRow *self)
{
  gboolean   is_heading = uc_sidebar_item_is_heading (self->item);
  GtkWidget *title = need_part (self, PART_TITLE);

  gtk_label_set_text (GTK_LABEL (title), uc_sidebar_item_get_title (self->item));
  set_css_class (title, "caption-heading", is_heading);
  set_css_class (title, "dimmed", is_heading);
  if (is_heading)
    show_heading (self);
  else
    show_conversation (self);

  g_free (self->summary);
  self->summary = dup_summary (self->item, self->detail);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);
}

static void
uc_sidebar_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UcSidebarRow *self = UC_SIDEBAR_ROW (object);

  switch (prop_id) {
  case PROP_SUMMARY:
    g_value_set_string (value, self->summary);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_sidebar_row_dispose (GObject *object)
{
  UcSidebarRow *self = UC_SIDEBAR_ROW (object);

  uc_sidebar_row_set_item (self, NULL);
  for (Part part = 0; part < N_PARTS; part++)
    g_clear_pointer (&self->parts[part], gtk_widget_unparent);

  G_OBJECT_CLASS (uc_sidebar_row_parent_class)->dispose (object);
}

static void
uc_sidebar_row_finalize (GObject *object)
{
  UcSidebarRow *self = UC_SIDEBAR_ROW (object);

  g_free (self->detail);
  g_free (self->summary);

  G_OBJECT_CLASS (uc_sidebar_row_parent_class)->finalize (object);
}

static void
uc_sidebar_row_class_init (UcSidebarRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = uc_sidebar_row_get_property;
  object_class->dispose = uc_sidebar_row_dispose;
  object_class->finalize = uc_sidebar_row_finalize;

  properties[PROP_SUMMARY] =
      g_param_spec_string ("summary", NULL, NULL, NULL,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "uc-sidebar-row");
}

static void
uc_sidebar_row_init (UcSidebarRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);
  self->detail = g_strdup ("");
}

/**
 * uc_sidebar_row_new:
 *
 * Returns: (transfer floating): an unbound row
 */
GtkWidget *
uc_sidebar_row_new (void)
{
  return g_object_new (UC_TYPE_SIDEBAR_ROW, NULL);
}

/**
 * uc_sidebar_row_set_item:
 * @item: (nullable): what to show, %NULL to let go
 *
 * Binds the row to @item and follows its changes.
 */
void
uc_sidebar_row_set_item (UcSidebarRow *self, UcSidebarItem *item)
{
  g_return_if_fail (UC_IS_SIDEBAR_ROW (self));
  g_return_if_fail (item == NULL || UC_IS_SIDEBAR_ITEM (item));

  if (self->item == item)
    return;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_set_object (&self->item, item);
  if (item != NULL) {
    g_signal_connect_object (item, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    update (self);
  }
}

/**
 * uc_sidebar_row_set_detail:
 * @detail: what tells the conversation from others of its name, "" for nothing
 *
 * Adds a quiet word; before the item is set.
 */
void
uc_sidebar_row_set_detail (UcSidebarRow *self, const char *detail)
{
  g_return_if_fail (UC_IS_SIDEBAR_ROW (self));
  g_return_if_fail (detail != NULL);

  g_set_str (&self->detail, detail);
}

/**
 * uc_sidebar_row_get_item:
 *
 * Returns: (transfer none) (nullable): what the row shows
 */
UcSidebarItem *
uc_sidebar_row_get_item (UcSidebarRow *self)
{
  g_return_val_if_fail (UC_IS_SIDEBAR_ROW (self), NULL);

  return self->item;
}
