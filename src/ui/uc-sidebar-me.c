/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The button at the foot of the sidebar. */

#include "config.h"

#include "uc-sidebar-me.h"

#include "uc-sidebar-accounts.h"
#include "uc-sidebar-avatar.h"
#include "uc-sidebar-presence.h"

#include "uc-format.h"

#include <glib/gi18n.h>

struct _UcSidebarMe {
  GtkWidget parent_instance;

  GtkWidget       *button;
  UcSidebarAvatar *avatar;
  GtkWidget       *presence_icon;
  GtkLabel        *name_label;
  GtkLabel        *state_label;
  GtkLabel        *others_badge;
  GMenuModel      *presence_menu;

  GListModel      *accounts; /* (owned) (nullable) those that run */
  UcWindowAccount *account;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UcSidebarMe, uc_sidebar_me, GTK_TYPE_WIDGET)

static const char *
get_state_word (UcSyncState state, UcPresence presence)
{
  switch (state) {
  case UC_SYNC_CONNECTING:
    return _ ("Connecting…");
  case UC_SYNC_CATCHING_UP:
    return _ ("Updating…");
  case UC_SYNC_LIVE:
  case UC_SYNC_POLLING:
    return uc_sidebar_presence_word (presence);
  case UC_SYNC_NEEDS_LOGIN:
    return _ ("Signed Out");
  case UC_SYNC_STOPPED:
  case UC_SYNC_OFFLINE:
  case UC_SYNC_NEEDS_TOKEN:
  default:
    return _ ("Not Connected");
  }
}

static void
update (UcSidebarMe *self)
{
  UcSession       *session = uc_window_account_get_session (self->account);
  UcDirectory     *directory = uc_window_account_get_directory (self->account);
  const char      *my_id = uc_session_get_user_id (session);
  g_autofree char *name = uc_directory_dup_name (directory, my_id);
  g_autofree char *summary = NULL;
  UcSyncState      state = uc_session_get_state (session);
  gboolean         is_connected = state == UC_SYNC_LIVE || state == UC_SYNC_POLLING;
  /* Without a server nobody sees us, whatever we last said. */
  UcPresence presence =
      is_connected ? uc_session_get_presence (session, my_id) : UC_PRESENCE_OFFLINE;
  const char      *word = get_state_word (state, presence);
  g_autofree char *status = uc_format_custom_status (uc_window_account_get_me (self->account),
                                                     uc_window_account_get_now_ms (self->account));
  g_autofree char *line =
      status != NULL && is_connected ? g_strdup_printf ("%s · %s", word, status) : g_strdup (word);

  uc_sidebar_avatar_set_person (self->avatar, my_id, name);
  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->state_label, line);
  uc_sidebar_presence_show (self->presence_icon, presence);
  /* Translators: own name, then the own presence or "Connecting…". */
  summary = g_strdup_printf (C_ ("own presence", "%s, %s"), name, line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  summary, -1);
}

/* -- Other accounts -------------------------------------------------------------------- */

static void
update_others (UcSidebarMe *self)
{
  gint64           mentions = 0, unread = 0;
  g_autofree char *count = NULL, *text = NULL, *tooltip = NULL;

  if (self->accounts != NULL)
    uc_sidebar_accounts_count (self->accounts, self->account, &mentions, &unread);
  gtk_widget_set_visible (GTK_WIDGET (self->others_badge), mentions > 0 || unread > 0);
  if (mentions == 0 && unread == 0)
    return;
  count = uc_format_count (mentions > 0 ? mentions : unread);
  text = g_strconcat (mentions > 0 ? "@" : "", count, NULL);
  tooltip = g_strdup_printf (_ ("%s unread in other accounts"), count);
  gtk_label_set_text (self->others_badge, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->others_badge), tooltip);
  if (mentions > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->others_badge), "mention");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->others_badge), "mention");
}

static void
accounts_changed_cb (UcSidebarMe *self, guint position, guint n_removed, guint n_added)
{
  for (guint i = 0; i < n_added; i++) {
    g_autoptr (UcWindowAccount) account = g_list_model_get_item (self->accounts, position + i);

    g_signal_connect_object (uc_window_account_get_sidebar (account), "notify::total-unread",
                             G_CALLBACK (update_others), self, G_CONNECT_SWAPPED);
    /* The menu will want the name: asked for now, it is there by then. */
    (void) uc_window_account_get_me (account);
  }
  update_others (self);
}

/* The menu names what is unread: it is made when it opens. */
static void
make_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  UcSidebarMe *self = user_data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuModel) accounts = NULL;

  g_menu_append_section (menu, NULL, self->presence_menu);
  if (self->accounts != NULL) {
    accounts = uc_sidebar_accounts_new_menu (self->accounts);
    g_menu_append_section (menu, NULL, accounts);
  }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
user_changed_cb (UcSidebarMe *self, const char *user_id)
{
  if (g_strcmp0 (user_id, uc_session_get_user_id (uc_window_account_get_session (self->account))) ==
      0)
    update (self);
}

static void
forget_account (UcSidebarMe *self)
{
  if (self->account == NULL)
    return;

  g_signal_handlers_disconnect_by_data (uc_window_account_get_session (self->account), self);
  g_signal_handlers_disconnect_by_data (uc_window_account_get_directory (self->account), self);
  g_clear_object (&self->account);
}

static void
uc_sidebar_me_dispose (GObject *object)
{
  UcSidebarMe *self = UC_SIDEBAR_ME (object);

  forget_account (self);
  g_clear_object (&self->accounts);
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_SIDEBAR_ME);

  G_OBJECT_CLASS (uc_sidebar_me_parent_class)->dispose (object);
}

static void
uc_sidebar_me_class_init (UcSidebarMeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = uc_sidebar_me_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  g_type_ensure (UC_TYPE_SIDEBAR_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-sidebar-me.ui");
  gtk_widget_class_bind_template_child (widget_class, UcSidebarMe, button);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarMe, avatar);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarMe, presence_icon);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarMe, name_label);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarMe, state_label);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarMe, others_badge);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarMe, presence_menu);
}

static void
uc_sidebar_me_init (UcSidebarMe *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), make_menu_cb, self, NULL);
}

/**
 * uc_sidebar_me_set_accounts:
 * @accounts: (element-type UcWindowAccount): those that run
 *
 * Offers them from now on, and tells what is unread in those not shown.
 */
void
uc_sidebar_me_set_accounts (UcSidebarMe *self, GListModel *accounts)
{
  g_return_if_fail (UC_IS_SIDEBAR_ME (self));
  g_return_if_fail (G_IS_LIST_MODEL (accounts));
  g_return_if_fail (self->accounts == NULL);

  self->accounts = g_object_ref (accounts);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (accounts_changed_cb), self,
                           G_CONNECT_SWAPPED);
  accounts_changed_cb (self, 0, 0, g_list_model_get_n_items (accounts));
}

/**
 * uc_sidebar_me_set_account:
 * @account: (nullable): who it shows
 *
 * Shows and follows @account from now on.
 */
void
uc_sidebar_me_set_account (UcSidebarMe *self, UcWindowAccount *account)
{
  g_return_if_fail (UC_IS_SIDEBAR_ME (self));
  g_return_if_fail (account == NULL || UC_IS_WINDOW_ACCOUNT (account));

  if (self->account == account)
    return;

  forget_account (self);
  if (account == NULL)
    return;
  self->account = g_object_ref (account);
  g_signal_connect_object (uc_window_account_get_session (account), "state-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (uc_window_account_get_session (account), "statuses-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (uc_window_account_get_directory (account), "user-changed",
                           G_CALLBACK (user_changed_cb), self, G_CONNECT_SWAPPED);
  update (self);
  update_others (self);
}
