/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several accounts in the words of a menu and a badge. */

#include "config.h"

#include "uc-sidebar-accounts.h"

#include "uc-format.h"

#include <glib/gi18n.h>

/* "Anna Keller on chat.example.org (3)". */
static char *
dup_label (UcWindowAccount *account)
{
  UcSession       *session = uc_window_account_get_session (account);
  g_autofree char *name = uc_directory_dup_name (uc_window_account_get_directory (account),
                                                 uc_session_get_user_id (session));
  g_autofree char *host = uc_window_account_dup_host (account);
  g_autofree char *label = NULL, *count = NULL;
  gint64           unread = 0, mentions = 0;

  /* Translators: a person, then the server: "Anna Keller on chat.example.org". */
  label = g_strdup_printf (C_ ("account of a person", "%s on %s"), name, host);
  uc_sidebar_get_totals (uc_window_account_get_sidebar (account), NULL, &unread, &mentions);
  if (unread == 0 && mentions == 0)
    return g_steal_pointer (&label);
  count = uc_format_count (mentions > 0 ? mentions : unread);

  return g_strdup_printf ("%s (%s%s)", label, mentions > 0 ? "@" : "", count);
}

/**
 * uc_sidebar_accounts_new_menu:
 * @accounts: (element-type UcWindowAccount): those that run
 *
 * Returns: (transfer full): the menu, as things are now
 */
GMenuModel *
uc_sidebar_accounts_new_menu (GListModel *accounts)
{
  GMenu *menu = g_menu_new ();
  guint  n_accounts = g_list_model_get_n_items (accounts);

  for (guint i = 0; n_accounts > 1 && i < n_accounts; i++) {
    g_autoptr (UcWindowAccount) account = g_list_model_get_item (accounts, i);
    g_autofree char *label = dup_label (account);
    g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);

    g_menu_item_set_label (item, label);
    g_menu_item_set_action_and_target (item, "win.show-account", "s",
                                       uc_window_account_get_id (account));
    g_menu_append_item (menu, item);
  }
  g_menu_append (menu, _ ("A_dd Account…"), "app.add-account");

  return G_MENU_MODEL (menu);
}

/**
 * uc_sidebar_accounts_count:
 * @accounts: (element-type UcWindowAccount): those that run
 * @shown: (nullable): the one that is not counted
 * @mentions: (out): unread mentions of the others
 * @unread: (out): unread messages of the others
 */
void
uc_sidebar_accounts_count (GListModel      *accounts,
                           UcWindowAccount *shown,
                           gint64          *mentions,
                           gint64          *unread)
{
  *mentions = *unread = 0;
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++) {
    g_autoptr (UcWindowAccount) account = g_list_model_get_item (accounts, i);
    gint64 some_unread = 0, some_mentions = 0;

    if (account == shown)
      continue;
    uc_sidebar_get_totals (uc_window_account_get_sidebar (account), NULL, &some_unread,
                           &some_mentions);
    *unread += some_unread;
    *mentions += some_mentions;
  }
}
