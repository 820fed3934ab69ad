/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Suggestions for the value of an operator. People and conversations are found by those
 * who find them elsewhere (UcCompletion, the quick switcher); the other operators know
 * their few words.
 */

#include "config.h"

#include "uc-search-suggest-private.h"

#include "uc-completion.h"
#include "uc-format.h"
#include "uc-match-private.h"
#include "uc-search-chip.h"
#include "uc-thread.h"

#include "uc-annotation.h"
#include "uc-channel.h"
#include "uc-user.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ITEMS 8
#define DAY_ICON  "x-office-calendar-symbolic"

struct _UcSearchSuggest {
  GObject parent_instance;

  UcSession    *session;    /* (owned) */
  UcDirectory  *directory;  /* (owned) */
  UcSidebar    *sidebar;    /* (owned) */
  UcCompletion *completion; /* (owned) people */

  GPtrArray *items; /* (owned) (element-type UcSearchSuggestion) */
  char      *name;  /* (owned) of the operator, "" for none */
  char      *typed; /* (owned) folded */
};

/* -- The list ------------------------------------------------------------------------- */

static GType
uc_search_suggest_get_item_type (GListModel *model)
{
  return UC_TYPE_SEARCH_SUGGESTION;
}

static guint
uc_search_suggest_get_n_items (GListModel *model)
{
  return UC_SEARCH_SUGGEST (model)->items->len;
}

static gpointer
uc_search_suggest_get_item (GListModel *model, guint position)
{
  UcSearchSuggest *self = UC_SEARCH_SUGGEST (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
uc_search_suggest_model_init (GListModelInterface *iface)
{
  iface->get_item_type = uc_search_suggest_get_item_type;
  iface->get_n_items = uc_search_suggest_get_n_items;
  iface->get_item = uc_search_suggest_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (UcSearchSuggest,
                               uc_search_suggest,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      uc_search_suggest_model_init))

/* Takes the elements of @items. */
static void
set_items (UcSearchSuggest *self, GPtrArray *items)
{
  guint n_removed = self->items->len;

  g_ptr_array_unref (self->items);
  self->items = g_ptr_array_ref (items);
  if (n_removed > 0 || items->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_removed, items->len);
}

static gboolean
fits (UcSearchSuggest *self, const char *text)
{
  return *self->typed == '\0' || _uc_match_name (self->typed, text) >= UC_MATCH_WORD;
}

static void
add (GPtrArray *items, const char *value, const char *title, const char *icon_name)
{
  if (items->len < MAX_ITEMS)
    g_ptr_array_add (items, _uc_search_suggestion_new (value, title, "", "", icon_name));
}

static void
add_person (GPtrArray  *items,
            const char *value,
            const char *title,
            const char *detail,
            const char *user_id)
{
  if (items->len < MAX_ITEMS)
    g_ptr_array_add (items, _uc_search_suggestion_new (value, title, detail, user_id,
                                                       "avatar-default-symbolic"));
}

static void
add_me (UcSearchSuggest *self, GPtrArray *items)
{
  const char      *my_id = uc_session_get_user_id (self->session);
  const UcUser    *me = uc_directory_get_user (self->directory, my_id);
  g_autofree char *name = uc_directory_dup_name (self->directory, my_id);

  if (g_str_has_prefix ("me", self->typed) || fits (self, _ ("Me")) ||
      (me != NULL && (fits (self, name) || fits (self, me->username))))
    add_person (items, "me", _ ("Me"), name, my_id);
}

/* People who were found for the letters before stay in the completion until those for
 * the present ones are read. */
static void
add_people (UcSearchSuggest *self, GPtrArray *items)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->completion));

  add_me (self, items);
  for (guint i = 0; i < n_items; i++) {
    g_autoptr (UcCompletionItem) item = g_list_model_get_item (G_LIST_MODEL (self->completion), i);
    const char *detail = uc_completion_item_get_detail (item); /* "@anna" */

    if (uc_completion_item_get_kind (item) == UC_COMPLETE_USER &&
        (fits (self, uc_completion_item_get_title (item)) || fits (self, detail + 1)))
      add_person (items, detail + 1, uc_completion_item_get_title (item), detail,
                  uc_completion_item_get_id (item));
  }
}

static const char *
get_channel_icon (UcSidebarItem *item)
{
  switch (uc_sidebar_item_get_channel (item)->type) {
  case UC_CHANNEL_PRIVATE:
    return "uc-private-symbolic";
  case UC_CHANNEL_GROUP:
    return "uc-group-symbolic";
  case UC_CHANNEL_OPEN:
  case UC_CHANNEL_DIRECT:
  case UC_CHANNEL_UNKNOWN:
  default:
    return "uc-channel-symbolic";
  }
}

static void
add_conversations (UcSearchSuggest *self, GPtrArray *items)
{
  g_autoptr (GListModel) found = uc_sidebar_switch_to (self->sidebar, self->typed);
  guint n_items = g_list_model_get_n_items (found);

  for (guint i = 0; i < n_items; i++) {
    g_autoptr (UcSidebarItem) item = g_list_model_get_item (found, i);
    g_autofree char *value = uc_search_chip_dup_place (self->directory, self->sidebar, item);
    const char      *partner_id = uc_sidebar_item_get_partner_id (item);

    if (*partner_id != '\0')
      add_person (items, value, uc_sidebar_item_get_title (item), _ ("Direct messages"),
                  partner_id);
    else
      add (items, value, uc_sidebar_item_get_title (item), get_channel_icon (item));
  }
}

/* Whoever types another day, 2026-03-01, needs no calendar. */
static void
add_days (UcSearchSuggest *self, GPtrArray *items)
{
  if (g_str_has_prefix ("today", self->typed) || fits (self, C_ ("day", "Today")))
    add (items, "today", C_ ("day", "Today"), DAY_ICON);
  if (g_str_has_prefix ("yesterday", self->typed) || fits (self, C_ ("day", "Yesterday")))
    add (items, "yesterday", C_ ("day", "Yesterday"), DAY_ICON);
  if (*self->typed == '\0')
    add (items, "", _ ("Choose a day…"), DAY_ICON);
}

static void
add_words (UcSearchSuggest *self, GPtrArray *items)
{
  static const struct {
    const char *name;
    const char *value;
    const char *title;
    const char *icon_name;
  } words[] = {
    { "has", "file", N_ ("A file"), "mail-attachment-symbolic" },
    { "has", "link", N_ ("A link"), "insert-link-symbolic" },
    { "has", "reaction", N_ ("Reactions"), "face-smile-symbolic" },
    { "is", "unread", N_ ("Unread"), "mail-unread-symbolic" },
    { "is", "saved", N_ ("Saved"), "user-bookmarks-symbolic" },
    { "is", "pinned", N_ ("Pinned"), "view-pin-symbolic" },
    { "is", "thread", N_ ("In a thread"), "mail-reply-all-symbolic" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    if (g_str_equal (words[i].name, self->name) &&
        (g_str_has_prefix (words[i].value, self->typed) || fits (self, _ (words[i].title))))
      add (items, words[i].value, _ (words[i].title), words[i].icon_name);
  }
}

static void
add_categories (UcSearchSuggest *self, GPtrArray *items)
{
  for (UcCategory category = UC_CATEGORY_NONE + 1; category < UC_N_CATEGORIES; category++) {
    const char *word = uc_category_to_string (category);

    if (g_str_has_prefix (word, self->typed) || fits (self, uc_format_category (category)))
      add (items, word, uc_format_category (category), uc_format_category_icon (category));
  }
}

/* The most urgent first. */
static void
add_priorities (UcSearchSuggest *self, GPtrArray *items)
{
  for (UcPriority priority = UC_PRIORITY_CRITICAL; priority > UC_PRIORITY_NONE; priority--) {
    const char *word = uc_priority_to_string (priority);

    if (g_str_has_prefix (word, self->typed) || fits (self, uc_format_priority (priority)))
      add (items, word, uc_format_priority (priority), "emblem-important-symbolic");
  }
}

static void
update (UcSearchSuggest *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (g_str_equal (self->name, "from"))
    add_people (self, items);
  else if (g_str_equal (self->name, "in"))
    add_conversations (self, items);
  else if (g_str_equal (self->name, "category"))
    add_categories (self, items);
  else if (g_str_equal (self->name, "priority"))
    add_priorities (self, items);
  else if (g_str_equal (self->name, "has") || g_str_equal (self->name, "is"))
    add_words (self, items);
  else if (*self->name != '\0')
    add_days (self, items);
  set_items (self, items);
}

static void
people_changed_cb (UcSearchSuggest *self)
{
  if (g_str_equal (self->name, "from"))
    update (self);
}

static void
uc_search_suggest_dispose (GObject *object)
{
  UcSearchSuggest *self = UC_SEARCH_SUGGEST (object);

  g_clear_object (&self->completion);
  g_clear_object (&self->sidebar);
  g_clear_object (&self->directory);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (uc_search_suggest_parent_class)->dispose (object);
}

static void
uc_search_suggest_finalize (GObject *object)
{
  UcSearchSuggest *self = UC_SEARCH_SUGGEST (object);

  g_ptr_array_unref (self->items);
  g_free (self->name);
  g_free (self->typed);

  G_OBJECT_CLASS (uc_search_suggest_parent_class)->finalize (object);
}

static void
uc_search_suggest_class_init (UcSearchSuggestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_search_suggest_dispose;
  object_class->finalize = uc_search_suggest_finalize;
}

static void
uc_search_suggest_init (UcSearchSuggest *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->name = g_strdup ("");
  self->typed = g_strdup ("");
}

/* -- Public --------------------------------------------------------------------------- */

/**
 * uc_search_suggest_new:
 * @session: the account
 * @directory: who is who
 * @sidebar: the conversations
 *
 * Returns: (transfer full): a list without suggestions
 */
UcSearchSuggest *
uc_search_suggest_new (UcSession *session, UcDirectory *directory, UcSidebar *sidebar)
{
  UcSearchSuggest *self;

  g_return_val_if_fail (UC_IS_DIRECTORY (directory), NULL);
  g_return_val_if_fail (UC_IS_SIDEBAR (sidebar), NULL);
  UC_ASSERT_MAIN_THREAD ();

  self = g_object_new (UC_TYPE_SEARCH_SUGGEST, NULL);
  self->session = g_object_ref (session);
  self->directory = g_object_ref (directory);
  self->sidebar = g_object_ref (sidebar);
  self->completion = uc_completion_new (session, directory, sidebar);
  g_signal_connect_object (self->completion, "items-changed", G_CALLBACK (people_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * uc_search_suggest_set:
 * @self: suggestions
 * @name: of the operator, "" for none
 * @typed: what stands behind its colon, up to the cursor
 *
 * Takes the place of what was typed before.
 */
void
uc_search_suggest_set (UcSearchSuggest *self, const char *name, const char *typed)
{
  const char *word;

  g_return_if_fail (UC_IS_SEARCH_SUGGEST (self));
  g_return_if_fail (name != NULL && typed != NULL);
  UC_ASSERT_MAIN_THREAD ();

  word = *typed == '@' || *typed == '~' ? typed + 1 : typed;
  g_set_str (&self->name, name);
  g_free (self->typed);
  self->typed = _uc_match_dup_folded (word);
  if (g_str_equal (name, "from"))
    uc_completion_set_word (self->completion, "", '@', word);
  update (self);
}
