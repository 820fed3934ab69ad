/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who is who on the screen: a bounded cache over the people of the store. It reads many
 * at once, before the next frame, and follows the store; it knows no row and no widget.
 */

#include "config.h"

#include "uc-directory.h"

#include "uc-directory-private.h"
#include "uc-thread.h"

/* People kept. A screen shows some hundred at most. */
#define MAX_PEOPLE 2048
/* Ids that were asked for and are not stored, remembered so that the store's word of
 * them is heeded. */
#define MAX_ABSENT 2048
#define NAME_LIMIT 8

struct _UcDirectory {
  GObject parent_instance;

  UcSession    *session;     /* (owned) */
  UcStore      *store;       /* (owned) */
  GCancellable *cancellable; /* (owned) cancelled in dispose */

  GHashTable  *people;      /* (owned) (key: unowned) (value: owned UcUser) by id */
  GHashTable  *by_username; /* (owned) (key: unowned) (value: unowned) */
  GQueue       by_use;      /* (element-type utf8) (unowned) ids, the last used first */
  GHashTable  *links;       /* (owned) (key: unowned) (value: unowned) id to its link there */
  GHashTable  *absent;      /* (owned) a set of ids */
  GHashTable  *strangers;   /* (owned) a set of user names that were looked for */
  GHashTable  *wanted;      /* (owned) ids to read next: whether somebody asked for them */
  guint        load_id;
  UcNameFormat name_format;
};

G_DEFINE_FINAL_TYPE (UcDirectory, uc_directory, G_TYPE_OBJECT)

enum {
  USER_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
forget (UcDirectory *self, const char *user_id)
{
  UcUser *user = g_hash_table_lookup (self->people, user_id);
  GList  *link = g_hash_table_lookup (self->links, user_id);

  if (user == NULL)
    return;
  if (g_hash_table_lookup (self->by_username, user->username) == user)
    g_hash_table_remove (self->by_username, user->username);
  g_hash_table_remove (self->links, user_id);
  g_queue_delete_link (&self->by_use, link);
  g_hash_table_remove (self->people, user_id);
}

static void
remember (UcDirectory *self, UcUser *user)
{
  forget (self, user->id);
  while (g_hash_table_size (self->people) >= MAX_PEOPLE)
    forget (self, g_queue_peek_tail (&self->by_use));

  g_hash_table_insert (self->people, user->id, uc_user_ref (user));
  /* With the key: the old one is part of whoever had the name before. */
  g_hash_table_replace (self->by_username, user->username, user);
  g_queue_push_head (&self->by_use, user->id);
  g_hash_table_insert (self->links, user->id, self->by_use.head);
  g_hash_table_remove (self->absent, user->id);
  g_hash_table_remove (self->strangers, user->username);
}

/* Nothing is forgotten here: who was handed out lives until the main loop runs again. */
static UcUser *
look_up (UcDirectory *self, const char *user_id)
{
  UcUser *user = g_hash_table_lookup (self->people, user_id);
  GList  *link;

  if (user == NULL)
    return NULL;
  link = g_hash_table_lookup (self->links, user_id);
  if (link != self->by_use.head) {
    g_queue_unlink (&self->by_use, link);
    g_queue_push_head_link (&self->by_use, link);
  }
  return user;
}

static gboolean
is_wanted (UcDirectory *self, const UcUser *user)
{
  return g_hash_table_contains (self->people, user->id) ||
         g_hash_table_contains (self->absent, user->id) ||
         g_hash_table_contains (self->strangers, user->username);
}

void
_uc_directory_take_people (UcDirectory *self, GPtrArray *users)
{
  for (guint i = 0; i < users->len; i++)
    remember (self, users->pdata[i]);
  for (guint i = 0; i < users->len; i++)
    g_signal_emit (self, signals[USER_CHANGED], 0, ((UcUser *) users->pdata[i])->id);
}

const char *
_uc_directory_get_my_id (UcDirectory *self)
{
  return uc_session_get_user_id (self->session);
}

/* Of @users those that somebody asked for: by @asked, or before. */
static void
take_wanted (UcDirectory *self, GPtrArray *users, GHashTable *asked)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();

  for (guint i = 0; i < users->len; i++) {
    UcUser *user = users->pdata[i];

    if (is_wanted (self, user) || (asked != NULL && g_hash_table_lookup (asked, user->id) != NULL))
      g_ptr_array_add (wanted, user);
  }
  _uc_directory_take_people (self, wanted);
}

static void
add_bounded (GHashTable *set, const char *text, guint limit)
{
  if (g_hash_table_size (set) >= limit)
    g_hash_table_remove_all (set);
  g_hash_table_add (set, g_strdup (text));
}

typedef struct {
  UcDirectory *self;   /* (owned) */
  GHashTable  *wanted; /* (owned) */
} Load;

static void
load_free (Load *load)
{
  g_object_unref (load->self);
  g_hash_table_unref (load->wanted);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static GHashTable *
new_wanted (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Who was asked for and is not stored. */
static void
ask_for_others (UcDirectory *self, GHashTable *wanted)
{
  GHashTableIter iter;
  gpointer       user_id, is_asked;

  g_hash_table_iter_init (&iter, wanted);
  while (self->session != NULL && g_hash_table_iter_next (&iter, &user_id, &is_asked)) {
    if (is_asked && !g_hash_table_contains (self->people, user_id))
      uc_session_want_user (self->session, user_id);
  }
}

static void
people_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = uc_store_load_users_finish (UC_STORE (source), result, &error);

  if (users != NULL) {
    take_wanted (load->self, users, load->wanted);
    ask_for_others (load->self, load->wanted);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Reading people: %s", error->message);
}

static gboolean
load_cb (gpointer user_data)
{
  UcDirectory      *self = user_data;
  Load             *load = g_new0 (Load, 1);
  g_autofree char **ids = NULL;

  self->load_id = 0;
  load->self = g_object_ref (self);
  load->wanted = g_steal_pointer (&self->wanted);
  self->wanted = new_wanted ();
  ids = (char **) g_hash_table_get_keys_as_array (load->wanted, NULL);
  uc_store_load_users_async (self->store, (const char *const *) ids, self->cancellable,
                             people_loaded_cb, load);
  return G_SOURCE_REMOVE;
}

static void
want (UcDirectory *self, const char *user_id, gboolean is_asked)
{
  gboolean was_asked = g_hash_table_lookup (self->wanted, user_id) != NULL;

  g_hash_table_replace (self->wanted, g_strdup (user_id), GINT_TO_POINTER (is_asked || was_asked));
  if (self->load_id == 0)
    self->load_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, load_cb, self, NULL);
}

static void
set_name_format (UcDirectory *self, UcNameFormat format)
{
  g_auto (GStrv) ids = NULL;
  guint n = 0;

  if (self->name_format == format)
    return;
  self->name_format = format;
  ids = g_new0 (char *, g_queue_get_length (&self->by_use) + 1);
  for (GList *link = self->by_use.head; link != NULL; link = link->next)
    ids[n++] = g_strdup (link->data);
  for (guint i = 0; i < n; i++)
    g_signal_emit (self, signals[USER_CHANGED], 0, ids[i]);
}

static void
preferences_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcDirectory) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) preferences =
      uc_store_load_preferences_finish (UC_STORE (source), result, &error);

  if (preferences != NULL)
    set_name_format (self, _uc_directory_read_name_format (preferences));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Reading preferences: %s", error->message);
}

static void
load_preferences (UcDirectory *self)
{
  uc_store_load_preferences_async (self->store, self->cancellable, preferences_loaded_cb,
                                   g_object_ref (self));
}

static void
store_changed_cb (UcStore *store, UcChangeSet *changes, UcDirectory *self)
{
  for (guint i = 0; i < changes->user_ids->len; i++) {
    const char *user_id = changes->user_ids->pdata[i];

    /* Whose user name it is shows only when it is read. */
    if (g_hash_table_contains (self->people, user_id) ||
        g_hash_table_contains (self->absent, user_id) || g_hash_table_size (self->strangers) > 0)
      want (self, user_id, FALSE);
  }
  if (changes->preferences)
    load_preferences (self);
}

static void
uc_directory_dispose (GObject *object)
{
  UcDirectory *self = UC_DIRECTORY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->load_id, g_source_remove);
  g_clear_object (&self->store);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (uc_directory_parent_class)->dispose (object);
}

static void
uc_directory_finalize (GObject *object)
{
  UcDirectory *self = UC_DIRECTORY (object);

  g_queue_clear (&self->by_use);
  g_hash_table_unref (self->links);
  g_hash_table_unref (self->by_username);
  g_hash_table_unref (self->people);
  g_hash_table_unref (self->absent);
  g_hash_table_unref (self->strangers);
  g_hash_table_unref (self->wanted);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (uc_directory_parent_class)->finalize (object);
}

static void
uc_directory_class_init (UcDirectoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_directory_dispose;
  object_class->finalize = uc_directory_finalize;

  /**
   * UcDirectory::user-changed:
   * @user_id: who is known now, or known differently
   */
  signals[USER_CHANGED] =
      g_signal_new ("user-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
uc_directory_init (UcDirectory *self)
{
  self->cancellable = g_cancellable_new ();
  self->people =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) uc_user_unref);
  self->by_username = g_hash_table_new (g_str_hash, g_str_equal);
  self->links = g_hash_table_new (g_str_hash, g_str_equal);
  self->absent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->strangers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->wanted = new_wanted ();
  self->name_format = UC_NAME_FULL;
  g_queue_init (&self->by_use);
}

/**
 * uc_directory_new:
 * @session: the account
 *
 * Main thread.
 *
 * Returns: (transfer full): a directory that knows nobody yet
 */
UcDirectory *
uc_directory_new (UcSession *session)
{
  UcDirectory *self;

  g_return_val_if_fail (session != NULL, NULL);
  UC_ASSERT_MAIN_THREAD ();

  self = g_object_new (UC_TYPE_DIRECTORY, NULL);
  self->session = g_object_ref (session);
  self->store = g_object_ref (uc_session_get_store (session));
  g_signal_connect_object (self->store, "changed", G_CALLBACK (store_changed_cb), self, 0);
  load_preferences (self);
  return self;
}

/**
 * uc_directory_get_user:
 * @self: a directory
 * @user_id: a person
 *
 * Who is not known is read from the store; ::user-changed follows if there is somebody,
 * at once or when sync has fetched them. Main thread.
 *
 * Returns: (transfer none) (nullable): who it is; stays until the main loop runs again
 */
UcUser *
uc_directory_get_user (UcDirectory *self, const char *user_id)
{
  UcUser *user;

  g_return_val_if_fail (UC_IS_DIRECTORY (self), NULL);
  g_return_val_if_fail (user_id != NULL, NULL);
  UC_ASSERT_MAIN_THREAD ();

  user = look_up (self, user_id);
  if (user == NULL && *user_id != '\0' && !g_hash_table_contains (self->absent, user_id)) {
    add_bounded (self->absent, user_id, MAX_ABSENT);
    want (self, user_id, TRUE);
  }
  return user;
}

static void
stranger_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcDirectory) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = uc_store_complete_users_finish (UC_STORE (source), result, &error);

  if (users != NULL)
    take_wanted (self, users, NULL);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Reading people: %s", error->message);
}

/**
 * uc_directory_get_by_username:
 * @self: a directory
 * @username: in lower case
 *
 * As uc_directory_get_user(), by name. Main thread.
 *
 * Returns: (transfer none) (nullable): who it is; stays until the main loop runs again
 */
UcUser *
uc_directory_get_by_username (UcDirectory *self, const char *username)
{
  UcUser *user;

  g_return_val_if_fail (UC_IS_DIRECTORY (self), NULL);
  g_return_val_if_fail (username != NULL, NULL);
  UC_ASSERT_MAIN_THREAD ();

  user = g_hash_table_lookup (self->by_username, username);
  if (user == NULL && *username != '\0' && !g_hash_table_contains (self->strangers, username)) {
    add_bounded (self->strangers, username, MAX_ABSENT);
    uc_store_complete_users_async (self->store, username, NAME_LIMIT, self->cancellable,
                                   stranger_loaded_cb, g_object_ref (self));
  }
  return user;
}

/**
 * uc_directory_get_name_format:
 * @self: a directory
 *
 * Returns: how people are called, by the user's preference
 */
UcNameFormat
uc_directory_get_name_format (UcDirectory *self)
{
  g_return_val_if_fail (UC_IS_DIRECTORY (self), UC_NAME_FULL);

  return self->name_format;
}
