/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the sidebar. Nothing is told by colour alone: unread is bold and a number,
 * a mention carries an @, presence has a shape, and the summary has words for all. */

#include "config.h"

#include "uc-sidebar-row.h"

#include "uc-sidebar-avatar.h"
#include "uc-channel.h"
#include "uc-format.h"

#include <glib/gi18n.h>

struct _UcSidebarRow {
  GtkWidget parent_instance;

  GtkWidget       *box;
  GtkWidget       *heading;
  GtkWidget       *conversation;
  GtkWidget       *icon;
  GtkWidget       *person;
  UcSidebarAvatar *avatar;
  GtkWidget       *presence_icon;
  GtkLabel        *title;
  GtkLabel        *detail;
  GtkWidget       *muted_icon;
  GtkWidget       *draft_icon;
  GtkWidget       *failed_icon;
  GtkLabel        *unread_badge;

  UcSidebarItem *item;    /* (owned) (nullable) */
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

static void
show_badge (UcSidebarRow *self)
{
  gint64           unread = uc_sidebar_item_get_unread (self->item);
  gint64           mentions = uc_sidebar_item_get_mentions (self->item);
  g_autofree char *count = uc_format_count (mentions > 0 ? mentions : unread);
  gboolean         is_direct = *uc_sidebar_item_get_partner_id (self->item) != '\0';

  gtk_widget_set_visible (GTK_WIDGET (self->unread_badge), unread > 0 || mentions > 0);
  if (mentions > 0 && !is_direct) {
    g_autofree char *text = g_strconcat ("@", count, NULL);

    gtk_label_set_text (self->unread_badge, text);
  } else
    gtk_label_set_text (self->unread_badge, count);
  set_css_class (GTK_WIDGET (self->unread_badge), "mention", mentions > 0);
}

static void
show_conversation (UcSidebarRow *self)
{
  UcChannel *channel = uc_sidebar_item_get_channel (self->item);
  gboolean   is_person = *uc_sidebar_item_get_partner_id (self->item) != '\0';
  gboolean   is_unread =
      uc_sidebar_item_get_unread (self->item) > 0 || uc_sidebar_item_get_mentions (self->item) > 0;

  gtk_widget_set_visible (self->icon, !is_person);
  gtk_widget_set_visible (self->person, is_person);
  if (is_person) {
    uc_sidebar_avatar_set_person (self->avatar, uc_sidebar_item_get_partner_id (self->item),
                                  uc_sidebar_item_get_title (self->item));
    uc_sidebar_presence_show (self->presence_icon, uc_sidebar_item_get_presence (self->item));
  } else if (channel != NULL)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), get_channel_icon (channel));

  gtk_label_set_text (self->title, uc_sidebar_item_get_title (self->item));
  gtk_widget_set_visible (self->muted_icon, uc_sidebar_item_is_muted (self->item));
  gtk_widget_set_visible (self->draft_icon, uc_sidebar_item_has_draft (self->item));
  gtk_widget_set_visible (self->failed_icon, uc_sidebar_item_has_failed (self->item));
  set_css_class (GTK_WIDGET (self), "unread", is_unread);
  set_css_class (GTK_WIDGET (self), "muted", uc_sidebar_item_is_muted (self->item));
  show_badge (self);
}

static void
update (UcSidebarRow *self)
{
  gboolean is_heading = uc_sidebar_item_is_heading (self->item);

  gtk_widget_set_visible (self->heading, is_heading);
  gtk_widget_set_visible (self->conversation, !is_heading);
  if (is_heading)
    gtk_label_set_text (GTK_LABEL (self->heading), uc_sidebar_item_get_title (self->item));
  else
    show_conversation (self);

  g_free (self->summary);
  self->summary = dup_summary (self->item, gtk_label_get_text (self->detail));
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
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_SIDEBAR_ROW);

  G_OBJECT_CLASS (uc_sidebar_row_parent_class)->dispose (object);
}

static void
uc_sidebar_row_finalize (GObject *object)
{
  UcSidebarRow *self = UC_SIDEBAR_ROW (object);

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

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "uc-sidebar-row");
  g_type_ensure (UC_TYPE_SIDEBAR_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-sidebar-row.ui");
  gtk_widget_class_bind_template_child (widget_class, UcSidebarRow, box);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarRow, heading);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarRow, conversation);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarRow, icon);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarRow, person);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarRow, presence_icon);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarRow, title);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarRow, detail);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarRow, muted_icon);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarRow, draft_icon);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarRow, failed_icon);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarRow, unread_badge);
}

static void
uc_sidebar_row_init (UcSidebarRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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

  gtk_label_set_text (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *detail != '\0');
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

/**
 * uc_sidebar_presence_icon:
 *
 * Returns: the icon of @presence
 */
const char *
uc_sidebar_presence_icon (UcPresence presence)
{
  switch (presence) {
  case UC_PRESENCE_ONLINE:
    return "uc-presence-online-symbolic";
  case UC_PRESENCE_AWAY:
    return "uc-presence-away-symbolic";
  case UC_PRESENCE_DND:
    return "uc-presence-dnd-symbolic";
  case UC_PRESENCE_OFFLINE:
  default:
    return "uc-presence-offline-symbolic";
  }
}

/**
 * uc_sidebar_presence_word:
 *
 * Returns: @presence in the user's language
 */
const char *
uc_sidebar_presence_word (UcPresence presence)
{
  switch (presence) {
  case UC_PRESENCE_ONLINE:
    return _ ("Online");
  case UC_PRESENCE_AWAY:
    return _ ("Away");
  case UC_PRESENCE_DND:
    return _ ("Do Not Disturb");
  case UC_PRESENCE_OFFLINE:
  default:
    return _ ("Offline");
  }
}

/**
 * uc_sidebar_presence_show:
 * @image: a #GtkImage
 *
 * Makes @image show @presence: shape, colour and tooltip.
 */
void
uc_sidebar_presence_show (GtkWidget *image, UcPresence presence)
{
  static const char *const classes[] = { "offline", "away", "dnd", "online" };

  g_return_if_fail (GTK_IS_IMAGE (image));
  g_return_if_fail ((guint) presence < G_N_ELEMENTS (classes));

  gtk_image_set_from_icon_name (GTK_IMAGE (image), uc_sidebar_presence_icon (presence));
  gtk_widget_set_tooltip_text (image, uc_sidebar_presence_word (presence));
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    set_css_class (image, classes[i], i == (guint) presence);
}
