/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Suggestions as a list model. Channels and emoji are at hand; people are read from the
 * store, those who wrote in the conversation first. What is shown stays until the
 * suggestions for the next word are there.
 */

#include "config.h"

#include "uc-completion.h"

#include "uc-completion-private.h"
#include "uc-emoji.h"
#include "uc-match-private.h"
#include "uc-sanitize.h"
#include "uc-sidebar-private.h"
#include "uc-thread.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ITEMS      20
#define AUTHOR_HISTORY 200

struct _UcCompletion {
  GObject parent_instance;

  UcSession    *session;     /* (owned) */
  UcStore      *store;       /* (owned) */
  UcDirectory  *directory;   /* (owned) */
  UcSidebar    *sidebar;     /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) people are being read */

  GPtrArray  *items;      /* (owned) (element-type UcCompletionItem) */
  char       *word;       /* (owned) folded */
  char       *channel_id; /* (owned) whose authors are known */
  GHashTable *authors;    /* (owned) user id to place, the last author first, from 1 */
};

static GType
uc_completion_get_item_type (GListModel *model)
{
  return UC_TYPE_COMPLETION_ITEM;
}

static guint
uc_completion_get_n_items (GListModel *model)
{
  return UC_COMPLETION (model)->items->len;
}

static gpointer
uc_completion_get_item (GListModel *model, guint position)
{
  UcCompletion *self = UC_COMPLETION (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
uc_completion_model_init (GListModelInterface *iface)
{
  iface->get_item_type = uc_completion_get_item_type;
  iface->get_n_items = uc_completion_get_n_items;
  iface->get_item = uc_completion_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (UcCompletion,
                               uc_completion,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, uc_completion_model_init))

/* Takes the elements of @items. */
static void
set_items (UcCompletion *self, GPtrArray *items)
{
  guint n_removed = self->items->len;

  if (n_removed == 0 && items->len == 0)
    return;
  g_ptr_array_unref (self->items);
  self->items = g_ptr_array_ref (items);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_removed, items->len);
}

static GPtrArray *
new_items (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

/* Emoji */

static void
suggest_emoji (UcCompletion *self)
{
  g_autoptr (GPtrArray) names = uc_emoji_complete (self->word, MAX_ITEMS);
  g_autoptr (GPtrArray) items = new_items ();

  for (guint i = 0; i < names->len; i++) {
    const char *emoji = uc_emoji_from_name (names->pdata[i]);

    g_ptr_array_add (
        items, _uc_completion_item_new (UC_COMPLETE_EMOJI, "", g_strconcat (emoji, " ", NULL),
                                        g_strdup_printf (":%s:", (char *) names->pdata[i]), emoji));
  }
  set_items (self, items);
}

/* Channels */

typedef struct {
  UcSidebarItem *item; /* (unowned) */
  UcMatch        match;
} Candidate;

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *first = a, *second = b;

  if (first->match != second->match)
    return (int) second->match - (int) first->match;
  return _uc_sidebar_item_compare (first->item, second->item);
}

static void
suggest_channels (UcCompletion *self)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GPtrArray) items = new_items ();
  GHashTableIter iter;
  gpointer       item;

  g_hash_table_iter_init (&iter, self->sidebar->by_channel);
  while (g_hash_table_iter_next (&iter, NULL, &item)) {
    const UcChannel *channel = uc_sidebar_item_get_channel (item);
    Candidate        candidate = { .item = item };

    if (*channel->team_id == '\0' ||
        !_uc_sidebar_item_is_in_team (item, uc_sidebar_get_team_id (self->sidebar)))
      continue;
    candidate.match = MAX (_uc_match_name (self->word, uc_sidebar_item_get_title (item)),
                           _uc_match_name (self->word, channel->name));
    if (candidate.match != UC_MATCH_NONE)
      g_array_append_val (candidates, candidate);
  }
  g_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < MIN (candidates->len, MAX_ITEMS); i++) {
    UcSidebarItem   *found = g_array_index (candidates, Candidate, i).item;
    const UcChannel *channel = uc_sidebar_item_get_channel (found);
    g_autofree char *detail = g_strconcat ("~", channel->name, NULL);

    g_ptr_array_add (items, _uc_completion_item_new (
                                UC_COMPLETE_CHANNEL, channel->id, g_strconcat (detail, " ", NULL),
                                g_strdup (uc_sidebar_item_get_title (found)), detail));
  }
  set_items (self, items);
}

/* People */

static gboolean
matches_person (UcCompletion *self, const UcUser *user)
{
  g_autofree char *full_name = g_strdup_printf ("%s %s", user->first_name, user->last_name);

  return _uc_match_name (self->word, user->username) >= UC_MATCH_WORD ||
         _uc_match_name (self->word, full_name) >= UC_MATCH_WORD ||
         _uc_match_name (self->word, user->nickname) >= UC_MATCH_WORD;
}

static void
add_person (UcCompletion *self, GPtrArray *items, GHashTable *seen, UcUser *user)
{
  g_autofree char *name = NULL;
  g_autofree char *detail = NULL;

  if (items->len >= MAX_ITEMS || user->delete_at_ms != 0 ||
      strcmp (user->id, uc_session_get_user_id (self->session)) == 0 ||
      !g_hash_table_add (seen, g_strdup (user->id)))
    return;
  name = uc_user_dup_display_name (user, uc_directory_get_name_format (self->directory));
  detail = g_strconcat ("@", user->username, NULL);
  g_ptr_array_add (items, _uc_completion_item_new (UC_COMPLETE_USER, user->id,
                                                   g_strconcat (detail, " ", NULL),
                                                   uc_sanitize_name (name), detail));
}

static int
compare_authors (gconstpointer a, gconstpointer b, gpointer user_data)
{
  GHashTable *authors = user_data;

  return GPOINTER_TO_INT (g_hash_table_lookup (authors, *(char *const *) a)) -
         GPOINTER_TO_INT (g_hash_table_lookup (authors, *(char *const *) b));
}

/* Who wrote here lately, the last first. */
static void
add_authors (UcCompletion *self, GPtrArray *items, GHashTable *seen)
{
  g_autofree char **ids = NULL;
  guint             n_ids;

  ids = (char **) g_hash_table_get_keys_as_array (self->authors, &n_ids);
  g_sort_array (ids, n_ids, sizeof *ids, compare_authors, self->authors);
  for (guint i = 0; i < n_ids; i++) {
    UcUser *user = uc_directory_get_user (self->directory, ids[i]);

    if (user != NULL && matches_person (self, user))
      add_person (self, items, seen, user);
  }
}

static void
add_groups (UcCompletion *self, GPtrArray *items)
{
  static const struct {
    const char *name;
    const char *detail;
  } groups[] = {
    { "here", N_ ("Everybody in this channel who is online") },
    { "channel", N_ ("Everybody in this channel") },
    { "all", N_ ("Everybody in this channel") },
  };

  const UcChannelState *state = uc_sidebar_get_state (self->sidebar, self->channel_id);

  /* Among two or a few people there is nobody to call together. */
  if (state == NULL || *state->channel->team_id == '\0')
    return;
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++) {
    if (g_str_has_prefix (groups[i].name, self->word))
      g_ptr_array_add (items, _uc_completion_item_new (
                                  UC_COMPLETE_GROUP, "", g_strdup_printf ("@%s ", groups[i].name),
                                  g_strdup_printf ("@%s", groups[i].name), _ (groups[i].detail)));
  }
}

static void
people_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcCompletion) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = uc_store_complete_users_finish (UC_STORE (source), result, &error);
  g_autoptr (GPtrArray) items = new_items ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (users == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_warning ("Reading people: %s", error->message);
    return;
  }
  g_clear_object (&self->cancellable);
  add_authors (self, items, seen);
  for (guint i = 0; i < users->len; i++)
    add_person (self, items, seen, users->pdata[i]);
  add_groups (self, items);
  set_items (self, items);
}

static void
authors_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcCompletion) self = user_data;
  g_autoptr (UcWindow) window = uc_store_load_window_finish (UC_STORE (source), result, NULL);
  int place = 1;

  /* Without them the suggestions are in another order, no more. */
  for (guint i = window != NULL ? window->messages->len : 0; i > 0; i--) {
    const UcMessage *message = window->messages->pdata[i - 1];
    const char      *user_id = message->post->user_id;

    if (strcmp (message->post->channel_id, self->channel_id) != 0)
      return;
    if (!g_hash_table_contains (self->authors, user_id)) {
      g_hash_table_insert (self->authors, g_strdup (user_id), GINT_TO_POINTER (place++));
      uc_directory_get_user (self->directory, user_id);
    }
  }
}

static void
suggest_people (UcCompletion *self)
{
  self->cancellable = g_cancellable_new ();
  uc_store_complete_users_async (self->store, self->word, MAX_ITEMS + 1, self->cancellable,
                                 people_loaded_cb, g_object_ref (self));
}

static void
set_channel_id (UcCompletion *self, const char *channel_id)
{
  if (!g_set_str (&self->channel_id, channel_id))
    return;
  g_hash_table_remove_all (self->authors);
  if (*channel_id != '\0')
    uc_store_load_window_async (self->store, channel_id, "", UC_WINDOW_NEWEST, 0, AUTHOR_HISTORY,
                                NULL, authors_loaded_cb, g_object_ref (self));
}

static void
uc_completion_dispose (GObject *object)
{
  UcCompletion *self = UC_COMPLETION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->sidebar);
  g_clear_object (&self->directory);
  g_clear_object (&self->store);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (uc_completion_parent_class)->dispose (object);
}

static void
uc_completion_finalize (GObject *object)
{
  UcCompletion *self = UC_COMPLETION (object);

  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->authors);
  g_free (self->word);
  g_free (self->channel_id);

  G_OBJECT_CLASS (uc_completion_parent_class)->finalize (object);
}

static void
uc_completion_class_init (UcCompletionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_completion_dispose;
  object_class->finalize = uc_completion_finalize;
}

static void
uc_completion_init (UcCompletion *self)
{
  self->items = new_items ();
  self->word = g_strdup ("");
  self->channel_id = g_strdup ("");
  self->authors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * uc_completion_new:
 * @session: the account
 * @directory: who is who
 * @sidebar: the channels there are
 *
 * Main thread.
 *
 * Returns: (transfer full): a completion without suggestions
 */
UcCompletion *
uc_completion_new (UcSession *session, UcDirectory *directory, UcSidebar *sidebar)
{
  UcCompletion *self;

  g_return_val_if_fail (session != NULL, NULL);
  g_return_val_if_fail (UC_IS_DIRECTORY (directory), NULL);
  g_return_val_if_fail (UC_IS_SIDEBAR (sidebar), NULL);
  UC_ASSERT_MAIN_THREAD ();

  self = g_object_new (UC_TYPE_COMPLETION, NULL);
  self->session = g_object_ref (session);
  self->store = g_object_ref (uc_session_get_store (session));
  self->directory = g_object_ref (directory);
  self->sidebar = g_object_ref (sidebar);
  return self;
}

/**
 * uc_completion_set_word:
 * @self: a completion
 * @channel_id: the conversation, "" for none: then there are no groups
 * @trigger: '@', '~' or ':'; another gives no suggestions
 * @word: what stands behind it, up to the cursor
 *
 * Takes the place of the word before. Main thread.
 */
void
uc_completion_set_word (UcCompletion *self, const char *channel_id, char trigger, const char *word)
{
  g_return_if_fail (UC_IS_COMPLETION (self));
  g_return_if_fail (channel_id != NULL && word != NULL);
  UC_ASSERT_MAIN_THREAD ();

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  set_channel_id (self, channel_id);
  g_free (self->word);
  self->word = _uc_match_dup_folded (word);
  if (trigger == '@') {
    suggest_people (self);
  } else if (trigger == '~') {
    suggest_channels (self);
  } else if (trigger == ':') {
    suggest_emoji (self);
  } else {
    g_autoptr (GPtrArray) items = new_items ();

    set_items (self, items);
  }
}
