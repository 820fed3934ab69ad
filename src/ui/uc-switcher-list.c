/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two lists, conversations and people, shown as one. */

#include "config.h"

#include "uc-switcher-list.h"

#include "uc-sidebar-pick-row.h"
#include "uc-sidebar-row.h"

#include "uc-channel.h"
#include "uc-completion.h"
#include "uc-team.h"

struct _UcSwitcherList {
  GObject parent_instance;

  UcWindowAccount *account;       /* (owned) */
  char            *text;          /* (owned) what is looked for */
  UcCompletion    *completion;    /* (owned) people by name */
  GListModel      *conversations; /* (owned) (nullable) of the present text */
  GListStore      *parts;         /* (owned) the two lists */
  GtkFilter       *filter;        /* (unowned) of people */
  GListModel      *all;           /* (owned) */
};

G_DEFINE_FINAL_TYPE (UcSwitcherList, uc_switcher_list, G_TYPE_OBJECT)

/* People are looked up in the store: until they are found those found before stand in
 * the list, and Enter must not open one of them. */
static gboolean
is_match (UcSwitcherList *self, UcCompletionItem *item)
{
  return *self->text == '\0' ||
         g_str_match_string (self->text, uc_completion_item_get_title (item), TRUE) ||
         g_str_match_string (self->text, uc_completion_item_get_detail (item), TRUE) ||
         g_str_match_string (self->text, uc_completion_item_get_insert (item), TRUE);
}

/* Somebody with a conversation in the first list is not needed in the second. */
static gboolean
is_wanted_person (gpointer object, gpointer user_data)
{
  UcSwitcherList *self = user_data;
  const char     *user_id = uc_completion_item_get_id (object);
  guint n_items = self->conversations != NULL ? g_list_model_get_n_items (self->conversations) : 0;

  if (uc_completion_item_get_kind (object) != UC_COMPLETE_USER || !is_match (self, object))
    return FALSE;
  for (guint i = 0; i < n_items; i++) {
    g_autoptr (UcSidebarItem) item = g_list_model_get_item (self->conversations, i);

    if (g_str_equal (uc_sidebar_item_get_partner_id (item), user_id))
      return FALSE;
  }

  return TRUE;
}

/* Of what is not in the team that is shown: there may be a channel of the same name. */
static const char *
get_team_name (UcSwitcherList *self, UcSidebarItem *item)
{
  UcSidebar  *sidebar = uc_window_account_get_sidebar (self->account);
  GPtrArray  *teams = uc_sidebar_get_teams (sidebar);
  const char *team_id = uc_sidebar_item_get_channel (item)->team_id;

  if (g_str_equal (team_id, uc_sidebar_get_team_id (sidebar)))
    return "";
  for (guint i = 0; i < teams->len; i++) {
    const UcTeam *team = g_ptr_array_index (teams, i);

    if (g_str_equal (team->id, team_id))
      return team->display_name;
  }

  return "";
}

static void
uc_switcher_list_dispose (GObject *object)
{
  UcSwitcherList *self = UC_SWITCHER_LIST (object);

  g_clear_object (&self->all);
  g_clear_object (&self->parts);
  g_clear_object (&self->conversations);
  g_clear_object (&self->completion);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (uc_switcher_list_parent_class)->dispose (object);
}

static void
uc_switcher_list_finalize (GObject *object)
{
  g_free (UC_SWITCHER_LIST (object)->text);

  G_OBJECT_CLASS (uc_switcher_list_parent_class)->finalize (object);
}

static void
uc_switcher_list_class_init (UcSwitcherListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_switcher_list_dispose;
  object_class->finalize = uc_switcher_list_finalize;
}

static void
uc_switcher_list_init (UcSwitcherList *self)
{
  self->text = g_strdup ("");
}

/**
 * uc_switcher_list_new:
 * @account: whose conversations and people
 *
 * Returns: (transfer full): a list that is empty until a text is set
 */
UcSwitcherList *
uc_switcher_list_new (UcWindowAccount *account)
{
  UcSwitcherList *self;
  g_autoptr (GListStore) nothing = g_list_store_new (UC_TYPE_SIDEBAR_ITEM);
  g_autoptr (GtkFilterListModel) people = NULL;

  g_return_val_if_fail (UC_IS_WINDOW_ACCOUNT (account), NULL);

  self = g_object_new (UC_TYPE_SWITCHER_LIST, NULL);
  self->account = g_object_ref (account);
  self->completion = uc_completion_new (uc_window_account_get_session (account),
                                        uc_window_account_get_directory (account),
                                        uc_window_account_get_sidebar (account));
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_wanted_person, self, NULL));
  people = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->completion)), self->filter);
  self->parts = g_list_store_new (G_TYPE_LIST_MODEL);
  g_list_store_append (self->parts, nothing);
  g_list_store_append (self->parts, people);
  self->all = G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (g_object_ref (self->parts))));

  return self;
}

/**
 * uc_switcher_list_get_model:
 *
 * Returns: (transfer none): what is listed
 */
GListModel *
uc_switcher_list_get_model (UcSwitcherList *self)
{
  g_return_val_if_fail (UC_IS_SWITCHER_LIST (self), NULL);

  return self->all;
}

/**
 * uc_switcher_list_set_text:
 * @text: what is looked for; "" lists all
 *
 * People are listed as soon as the store has found them.
 */
void
uc_switcher_list_set_text (UcSwitcherList *self, const char *text)
{
  g_return_if_fail (UC_IS_SWITCHER_LIST (self));
  g_return_if_fail (text != NULL);

  g_free (self->text);
  self->text = g_strstrip (g_strdup (text));
  g_clear_object (&self->conversations);
  self->conversations =
      uc_sidebar_switch_to (uc_window_account_get_sidebar (self->account), self->text);
  g_list_store_splice (self->parts, 0, 1, (gpointer *) &self->conversations, 1);
  uc_completion_set_word (self->completion, "", '@', self->text);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * uc_switcher_list_bind:
 * @list_item: holds an item of the model
 *
 * Puts a row into @list_item.
 */
void
uc_switcher_list_bind (UcSwitcherList *self, GtkListItem *list_item)
{
  gpointer   item = gtk_list_item_get_item (list_item);
  GtkWidget *row;

  g_return_if_fail (UC_IS_SWITCHER_LIST (self));

  if (UC_IS_SIDEBAR_ITEM (item)) {
    row = uc_sidebar_row_new ();
    g_object_bind_property (row, "summary", list_item, "accessible-label", G_BINDING_DEFAULT);
    uc_sidebar_row_set_detail (UC_SIDEBAR_ROW (row), get_team_name (self, item));
    uc_sidebar_row_set_item (UC_SIDEBAR_ROW (row), item);
  } else {
    row = uc_sidebar_pick_row_new ();
    uc_sidebar_pick_row_set (UC_SIDEBAR_PICK_ROW (row), NULL, uc_completion_item_get_id (item),
                             uc_completion_item_get_title (item),
                             uc_completion_item_get_detail (item));
    gtk_list_item_set_accessible_label (list_item, uc_completion_item_get_title (item));
  }
  gtk_list_item_set_child (list_item, row);
}

/**
 * uc_switcher_list_open:
 * @item: of the model
 * @widget: in a window
 *
 * Goes to the conversation, which is begun with a person who has none.
 */
void
uc_switcher_list_open (gpointer item, GtkWidget *widget)
{
  if (UC_IS_SIDEBAR_ITEM (item))
    gtk_widget_activate_action (widget, "win.open-channel", "s",
                                uc_sidebar_item_get_channel (item)->id);
  else
    gtk_widget_activate_action (widget, "win.open-person", "s", uc_completion_item_get_id (item));
}
