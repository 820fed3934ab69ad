/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fetches the records of people. Who is shown where is not its matter. */

#include "config.h"

#include "uc-people-private.h"

#include "uc-error.h"
#include "uc-id.h"
#include "uc-request-queue-private.h"

#define IDS_PER_REQUEST 100
#define PER_PAGE        200
/* Beyond this many people a team is not read as a whole: they come as they appear. */
#define MAX_TEAM_PAGES 10

struct _UcPeople {
  GObject parent_instance;

  UcContext    *context;     /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GHashTable   *seen;        /* (owned) ids that are stored or under way */
  GPtrArray    *wanted;      /* (owned) (element-type utf8) to be looked up in the store */
  GPtrArray    *missing;     /* (owned) (element-type utf8) to be fetched */
  guint         idle_id;
  guint         n_open;
};

/* One listing that goes on page by page. */
typedef struct {
  UcPeople *self;       /* (owned) */
  char     *team_id;    /* (nullable) of a team, else */
  char     *channel_id; /* of a channel */
  int       page;
} Listing;

typedef struct {
  UcPeople *self; /* (owned) */
  GStrv     ids;
} Lookup;

enum {
  PROGRESS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcPeople, uc_people, G_TYPE_OBJECT)

static void schedule (UcPeople *self);
static void listed_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
lookup_free (Lookup *lookup)
{
  g_object_unref (lookup->self);
  g_strfreev (lookup->ids);
  g_free (lookup);
}

static void
listing_free (Listing *listing)
{
  g_object_unref (listing->self);
  g_free (listing->team_id);
  g_free (listing->channel_id);
  g_free (listing);
}

/* Up to @n ids off the end of @list. */
static Lookup *
lookup_new (UcPeople *self, GPtrArray *list, guint n)
{
  Lookup *lookup = g_new0 (Lookup, 1);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (; n > 0 && list->len > 0; n--)
    g_strv_builder_take (ids, g_ptr_array_steal_index_fast (list, list->len - 1));
  lookup->self = g_object_ref (self);
  lookup->ids = g_strv_builder_end (ids);
  self->n_open++;
  return lookup;
}

static void
done (UcPeople *self)
{
  self->n_open--;
  if (_uc_people_is_idle (self))
    g_signal_emit (self, signals[PROGRESS], 0);
}

static void
forget (UcPeople *self, GStrv ids)
{
  for (guint i = 0; ids[i] != NULL; i++)
    g_hash_table_remove (self->seen, ids[i]);
}

static void
put_users (UcPeople *self, GPtrArray *users)
{
  UcBatch *batch = uc_batch_new ();

  for (guint i = 0; i < users->len; i++) {
    UcUser *user = g_ptr_array_index (users, i);

    g_hash_table_add (self->seen, g_strdup (user->id));
    uc_batch_put_user (batch, user);
  }
  _uc_context_apply (self->context, batch);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Lookup *lookup = user_data;
  g_autoptr (UcPeople) self = g_object_ref (lookup->self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (users != NULL) {
    put_users (self, users);
  } else {
    /* The next mention of them tries again. */
    forget (self, lookup->ids);
    g_debug ("People were not fetched: %s", error->message);
  }
  lookup_free (lookup);
  done (self);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Lookup *lookup = user_data;
  g_autoptr (UcPeople) self = g_object_ref (lookup->self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = uc_store_load_users_finish (UC_STORE (source), result, &error);
  g_autoptr (GHashTable) stored = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; users != NULL && i < users->len; i++)
    g_hash_table_add (stored, ((UcUser *) g_ptr_array_index (users, i))->id);

  if (users == NULL)
    forget (self, lookup->ids);
  for (guint i = 0; users != NULL && lookup->ids[i] != NULL; i++)
    if (!g_hash_table_contains (stored, lookup->ids[i]))
      g_ptr_array_add (self->missing, g_strdup (lookup->ids[i]));

  lookup_free (lookup);
  if (!g_cancellable_is_cancelled (self->cancellable))
    schedule (self);
  done (self);
}

static void
idle_cb (gpointer user_data)
{
  UcPeople *self = user_data;

  self->idle_id = 0;
  while (self->wanted->len > 0) {
    Lookup *lookup = lookup_new (self, self->wanted, IDS_PER_REQUEST);

    uc_store_load_users_async (self->context->store, (const char *const *) lookup->ids,
                               self->cancellable, looked_up_cb, lookup);
  }
  while (self->missing->len > 0) {
    Lookup *lookup = lookup_new (self, self->missing, IDS_PER_REQUEST);

    _uc_request_queue_send_async (self->context->requests, UC_LANE_NORMAL,
                                  uc_request_users_by_ids ((const char *const *) lookup->ids),
                                  self->cancellable, fetched_cb, lookup);
  }
}

/* One turn of the main loop later: a page of posts names many people at once. */
static void
schedule (UcPeople *self)
{
  if (self->idle_id == 0 && (self->wanted->len > 0 || self->missing->len > 0))
    self->idle_id = g_idle_add_once (idle_cb, self);
}

static void
list_on (Listing *listing)
{
  UcPeople  *self = listing->self;
  UcRequest *request =
      listing->team_id != NULL
          ? uc_request_users_in_team (listing->team_id, listing->page, PER_PAGE)
          : uc_request_users_in_channel (listing->channel_id, listing->page, PER_PAGE);

  _uc_request_queue_send_async (self->context->requests, UC_LANE_BACKGROUND, request,
                                self->cancellable, listed_cb, listing);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Listing *listing = user_data;
  g_autoptr (UcPeople) self = g_object_ref (listing->self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (users != NULL)
    put_users (self, users);
  else
    g_debug ("A list of people was not fetched: %s", error->message);

  if (users != NULL && users->len >= PER_PAGE && ++listing->page < MAX_TEAM_PAGES) {
    list_on (listing);
  } else {
    listing_free (listing);
    done (self);
  }
}

static void
start_listing (UcPeople *self, const char *team_id, const char *channel_id)
{
  Listing *listing = g_new0 (Listing, 1);

  listing->self = g_object_ref (self);
  listing->team_id = g_strdup (team_id);
  listing->channel_id = g_strdup (channel_id);
  self->n_open++;
  list_on (listing);
}

static void
uc_people_dispose (GObject *object)
{
  UcPeople *self = UC_PEOPLE (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_people_parent_class)->dispose (object);
}

static void
uc_people_finalize (GObject *object)
{
  UcPeople *self = UC_PEOPLE (object);

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->seen);
  g_ptr_array_unref (self->wanted);
  g_ptr_array_unref (self->missing);

  G_OBJECT_CLASS (uc_people_parent_class)->finalize (object);
}

static void
uc_people_class_init (UcPeopleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_people_dispose;
  object_class->finalize = uc_people_finalize;

  signals[PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
uc_people_init (UcPeople *self)
{
  self->cancellable = g_cancellable_new ();
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->wanted = g_ptr_array_new_with_free_func (g_free);
  self->missing = g_ptr_array_new_with_free_func (g_free);
}

UcPeople *
_uc_people_new (UcContext *context)
{
  UcPeople *self = g_object_new (UC_TYPE_PEOPLE, NULL);

  self->context = g_object_ref (context);
  return self;
}

void
_uc_people_want (UcPeople *self, const char *user_id)
{
  if (!uc_id_is_valid (user_id) || !g_hash_table_add (self->seen, g_strdup (user_id)))
    return;

  g_ptr_array_add (self->wanted, g_strdup (user_id));
  schedule (self);
}

void
_uc_people_want_of (UcPeople *self, const UcPost *post)
{
  _uc_people_want (self, post->user_id);
  for (guint i = 0; i < post->reactions->len; i++)
    _uc_people_want (self, ((UcReaction *) g_ptr_array_index (post->reactions, i))->user_id);
}

void
_uc_people_refresh (UcPeople *self, const char *user_id)
{
  if (!uc_id_is_valid (user_id))
    return;

  g_hash_table_add (self->seen, g_strdup (user_id));
  g_ptr_array_add (self->missing, g_strdup (user_id));
  schedule (self);
}

void
_uc_people_read_team (UcPeople *self, const char *team_id)
{
  start_listing (self, team_id, NULL);
}

void
_uc_people_read_channel (UcPeople *self, const char *channel_id)
{
  start_listing (self, NULL, channel_id);
}

gboolean
_uc_people_is_idle (UcPeople *self)
{
  return self->n_open == 0 && self->idle_id == 0;
}

void
_uc_people_stop (UcPeople *self)
{
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_ptr_array_set_size (self->wanted, 0);
  g_ptr_array_set_size (self->missing, 0);
  g_hash_table_remove_all (self->seen);
}
