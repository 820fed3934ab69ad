/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is connected, and what each connection has been told. The frames are built
 * elsewhere and shared; here each gets the number its connection counts. */

#include "config.h"

#include "uc-hub-private.h"

#include "uc-id.h"
#include "uc-json.h"

#include <string.h>

/* What a client may say at once; more closes its connection. */
#define MAX_MESSAGE 8192
/* Frames told again to who lost them, and frames kept for who is away. */
#define N_REPLAY   128
#define MAX_MISSED 256
/* Frames that may wait for a slow reader: then what can be left out is, and at last
 * the connection. */
#define SLOW     128
#define TOO_SLOW 256
#define AUTH_S   5
#define KEEP_MS  (5 * 60 * 1000)
#define SWEEP_S  30

typedef struct {
  gint64  seq;
  GBytes *head; /* (owned) */
} Kept;

struct _UcHub {
  UcDispatch   *dispatch; /* (unowned) */
  const UcSite *site;     /* (unowned) */
  GHashTable   *members;  /* (owned) (element-type UcHubMember): all of them, as a set */
  GHashTable   *by_id;    /* (element-type utf8 UcHubMember): those that said hello */
  GHashTable   *by_user;  /* (element-type utf8 GPtrArray<UcHubMember>) */
  guint         sweep_id;
  gboolean      is_closed;
};

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_bytes_unref (kept->head);
  g_free (kept);
}

/* -- Members ----------------------------------------------------------------------- */

static void
member_clear (gpointer data)
{
  UcHubMember *self = data;

  g_clear_pointer (&self->peer, uc_ws_peer_free);
  g_clear_pointer (&self->session, uc_server_session_free);
  g_free (self->connection_id);
  g_free (self->token);
  g_free (self->wanted_id);
  g_queue_clear_full (&self->kept, kept_free);
}

UcHubMember *
_uc_hub_member_ref (UcHubMember *self)
{
  return g_rc_box_acquire (self);
}

void
_uc_hub_member_unref (UcHubMember *self)
{
  g_rc_box_release_full (self, member_clear);
}

UcDispatch *
_uc_hub_get_dispatch (UcHub *self)
{
  return self->dispatch;
}

const UcSite *
_uc_hub_get_site (UcHub *self)
{
  return self->site;
}

static gint64
now_ms (UcHub *self)
{
  return uc_clock_get_now_ms (self->site->clock);
}

/* How many living connections a user has. */
static guint
count_connected (UcHub *self, const char *user_id)
{
  GPtrArray *members = g_hash_table_lookup (self->by_user, user_id);
  guint      n = 0;

  for (guint i = 0; members != NULL && i < members->len; i++)
    n += ((UcHubMember *) g_ptr_array_index (members, i))->peer != NULL;
  return n;
}

static void
forget_user (UcHub *self, UcHubMember *member)
{
  GPtrArray *members;

  if (member->session == NULL)
    return;
  members = g_hash_table_lookup (self->by_user, member->session->user_id);
  if (members == NULL)
    return;
  g_ptr_array_remove_fast (members, member);
  if (members->len == 0)
    g_hash_table_remove (self->by_user, member->session->user_id);
}

/* The connection is gone, the member may come back. */
static void
lose_peer (UcHubMember *self)
{
  UcHub *hub = self->hub;

  if (self->peer == NULL)
    return;
  g_clear_pointer (&self->peer, uc_ws_peer_free);
  self->broken_at_ms = now_ms (hub);
  if (self->session != NULL && !hub->is_closed &&
      count_connected (hub, self->session->user_id) == 0)
    _uc_hub_note_presence (hub, self->session->user_id, FALSE);
}

void
_uc_hub_member_drop (UcHubMember *self)
{
  UcHub *hub = self->hub;

  if (hub == NULL)
    return;
  _uc_hub_member_ref (self);
  g_clear_handle_id (&self->auth_timer_id, g_source_remove);
  lose_peer (self);
  forget_user (hub, self);
  if (self->connection_id != NULL)
    g_hash_table_remove (hub->by_id, self->connection_id);
  self->hub = NULL;
  g_hash_table_remove (hub->members, self);
  _uc_hub_member_unref (self);
}

static void
message_cb (UcWsPeer *peer, const guint8 *data, gsize length, gpointer user_data)
{
  _uc_hub_take_message (user_data, data, length);
}

static void
closed_cb (UcWsPeer *peer, gpointer user_data)
{
  UcHubMember *self = user_data;

  if (self->session == NULL || self->connection_id == NULL)
    _uc_hub_member_drop (self);
  else
    lose_peer (self);
}

static const UcWsPeerFuncs peer_funcs = { message_cb, closed_cb };

/* -- Events ------------------------------------------------------------------------ */

static void
send_kept (UcHubMember *self, const Kept *kept)
{
  char tail[24];

  g_snprintf (tail, sizeof tail, "%" G_GINT64_FORMAT "}\n", kept->seq);
  uc_ws_peer_send (self->peer, kept->head, tail);
}

static void
trim_kept (UcHubMember *self, guint max)
{
  while (g_queue_get_length (&self->kept) > max)
    kept_free (g_queue_pop_head (&self->kept));
}

static void
tell (UcHubMember *self, UcPush *push)
{
  Kept *kept;

  if (self->peer != NULL) {
    guint waiting = uc_ws_peer_get_waiting (self->peer);

    if (waiting > SLOW && push->is_droppable)
      return;
    /* It reads too slowly to be worth the memory; it can come back and resume. */
    if (waiting > TOO_SLOW)
      lose_peer (self);
  }
  kept = g_new0 (Kept, 1);
  kept->seq = self->next_seq++;
  kept->head = g_bytes_ref (push->head);
  g_queue_push_tail (&self->kept, kept);
  if (self->peer != NULL) {
    send_kept (self, kept);
    trim_kept (self, N_REPLAY);
    return;
  }
  self->n_missed++;
  trim_kept (self, N_REPLAY + MAX_MISSED);
  if (self->n_missed > MAX_MISSED)
    _uc_hub_member_drop (self);
}

static void
tell_user (UcHub *self, const char *user_id, UcPush *push)
{
  GPtrArray *members = g_hash_table_lookup (self->by_user, user_id);

  if (members == NULL || g_strcmp0 (push->omit_user_id, user_id) == 0)
    return;
  /* Telling may drop one, so from the end. */
  for (guint i = members->len; i > 0; i--)
    tell (g_ptr_array_index (members, i - 1), push);
}

static void
tell_everybody (UcHub *self, UcPush *push)
{
  g_autoptr (GPtrArray) members = g_hash_table_get_values_as_ptr_array (self->by_id);

  for (guint i = 0; i < members->len; i++) {
    UcHubMember *member = g_ptr_array_index (members, i);

    if (g_strcmp0 (push->omit_user_id, member->session->user_id) != 0)
      tell (member, push);
  }
}

static void
close_matching (UcHub *self, UcPush *push)
{
  g_autoptr (GPtrArray) members = g_hash_table_get_values_as_ptr_array (self->by_id);

  for (guint i = 0; i < members->len; i++) {
    UcHubMember *member = g_ptr_array_index (members, i);
    const char  *id =
        push->kind == UC_PUSH_CLOSE_SESSION ? member->session->id : member->session->user_id;

    if (g_str_equal (id, push->event))
      _uc_hub_member_drop (member);
  }
}

/**
 * uc_hub_publish:
 * @hub: a #UcHub
 */
void
uc_hub_publish (UcPush *push, gpointer hub)
{
  UcHub *self = hub;

  if (push->kind != UC_PUSH_EVENT) {
    close_matching (self, push);
    return;
  }
  if (push->user_ids == NULL) {
    tell_everybody (self, push);
    return;
  }
  for (guint i = 0; i < push->user_ids->len; i++)
    tell_user (self, g_ptr_array_index (push->user_ids, i), push);
}

/* -- Coming and going -------------------------------------------------------------- */

static void
say_hello (UcHubMember *self)
{
  const UcAudience audience = { .user_id = self->session->user_id };
  JsonObject      *data = json_object_new ();
  g_autoptr (UcPush) push = NULL;

  self->connection_id = uc_id_new ();
  g_hash_table_insert (self->hub->by_id, self->connection_id, self);
  json_object_set_string_member (data, "connection_id", self->connection_id);
  json_object_set_string_member (data, "server_version", self->hub->site->version_id);
  push = uc_push_new_event ("hello", data, &audience, NULL);
  tell (self, push);
}

/* The connection it asks for, when that is broken, its own, and remembers enough. */
static UcHubMember *
find_wanted (UcHubMember *self)
{
  UcHubMember *old = NULL;
  const Kept  *first;

  if (self->wanted_id != NULL)
    old = g_hash_table_lookup (self->hub->by_id, self->wanted_id);
  if (old == NULL || old->peer != NULL || self->wanted_seq <= 0 ||
      !g_str_equal (old->session->user_id, self->session->user_id))
    return NULL;
  first = g_queue_peek_head (&old->kept);
  if (first == NULL || self->wanted_seq < first->seq || self->wanted_seq > old->next_seq)
    return NULL;
  return old;
}

/* This connection goes on where the old one broke. */
static void
take_over (UcHubMember *self, UcHubMember *old)
{
  GQueue kept = old->kept;

  g_queue_init (&old->kept);
  self->kept = kept;
  self->next_seq = old->next_seq;
  self->connection_id = g_strdup (old->connection_id);
  _uc_hub_member_drop (old);
  g_hash_table_insert (self->hub->by_id, self->connection_id, self);
  for (GList *link = self->kept.head; link != NULL; link = link->next) {
    const Kept *item = link->data;

    if (item->seq >= self->wanted_seq)
      send_kept (self, item);
  }
  trim_kept (self, N_REPLAY);
}

void
_uc_hub_member_welcome (UcHubMember *self, UcServerSession *session, gboolean is_by_header)
{
  UcHub       *hub = self->hub;
  GPtrArray   *members;
  UcHubMember *old;
  gboolean     is_first;

  g_clear_handle_id (&self->auth_timer_id, g_source_remove);
  self->session = session;
  is_first = count_connected (hub, session->user_id) == 0;
  members = g_hash_table_lookup (hub->by_user, session->user_id);
  if (members == NULL) {
    members = g_ptr_array_new ();
    g_hash_table_insert (hub->by_user, g_strdup (session->user_id), members);
  }
  g_ptr_array_add (members, self);

  old = is_by_header ? find_wanted (self) : NULL;
  if (old != NULL)
    take_over (self, old);
  else
    say_hello (self);
  if (is_first)
    _uc_hub_note_presence (hub, session->user_id, TRUE);
}

static gboolean
auth_timeout_cb (gpointer user_data)
{
  UcHubMember *self = user_data;

  self->auth_timer_id = 0;
  _uc_hub_member_drop (self);
  return G_SOURCE_REMOVE;
}

static gboolean
read_wish (UcHubMember *self, const char *connection_id, const char *sequence_number)
{
  if (connection_id == NULL || *connection_id == '\0')
    return TRUE;
  if (!uc_id_is_valid (connection_id) || sequence_number == NULL ||
      !g_ascii_string_to_signed (sequence_number, 10, 0, G_MAXINT64, &self->wanted_seq, NULL))
    return FALSE;
  self->wanted_id = g_strdup (connection_id);
  return TRUE;
}

/**
 * uc_hub_accept:
 * @stream: (transfer full): the connection, after its request was read
 * @greeting: the HTTP answer
 * @token: (nullable): of the header
 * @connection_id: (nullable): the connection it wants to be again
 * @sequence_number: (nullable): the event it wants next
 */
void
uc_hub_accept (UcHub      *self,
               GIOStream  *stream,
               const char *greeting,
               const char *token,
               const char *connection_id,
               const char *sequence_number)
{
  UcHubMember *member = g_rc_box_new0 (UcHubMember);

  g_queue_init (&member->kept);
  member->hub = self;
  member->peer = uc_ws_peer_new (stream, greeting, MAX_MESSAGE, &peer_funcs, member);
  g_hash_table_add (self->members, member);
  if (!read_wish (member, connection_id, sequence_number)) {
    _uc_hub_member_drop (member);
    return;
  }
  member->auth_timer_id = g_timeout_add_seconds (AUTH_S, auth_timeout_cb, member);
  if (token != NULL)
    _uc_hub_check_token (member, token, 0);
}

/* Who has been away too long is forgotten, who is signed out by time is let go. */
static gboolean
sweep_cb (gpointer user_data)
{
  UcHub *self = user_data;
  g_autoptr (GPtrArray) members = g_hash_table_get_values_as_ptr_array (self->by_id);
  gint64 now = now_ms (self);

  for (guint i = 0; i < members->len; i++) {
    UcHubMember *member = g_ptr_array_index (members, i);

    if (member->peer == NULL && now - member->broken_at_ms > KEEP_MS)
      _uc_hub_member_drop (member);
    else if (member->peer != NULL && now > member->session->expires_at_ms)
      lose_peer (member);
  }
  return G_SOURCE_CONTINUE;
}

/**
 * uc_hub_count:
 *
 * Returns: how many connections are open
 */
guint
uc_hub_count (UcHub *self)
{
  GHashTableIter iter;
  gpointer       member;
  guint          n = 0;

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, &member, NULL))
    n += ((UcHubMember *) member)->peer != NULL;
  return n;
}

/**
 * uc_hub_count_user:
 *
 * Returns: how many connections a user has open
 */
guint
uc_hub_count_user (UcHub *self, const char *user_id)
{
  return count_connected (self, user_id);
}

/**
 * uc_hub_new:
 * @dispatch: (transfer none): outlives this object
 * @site: (transfer none): outlives this object
 */
UcHub *
uc_hub_new (UcDispatch *dispatch, const UcSite *site)
{
  UcHub *self = g_new0 (UcHub, 1);

  self->dispatch = dispatch;
  self->site = site;
  self->members = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) _uc_hub_member_unref, NULL);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_user =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->sweep_id = g_timeout_add_seconds (SWEEP_S, sweep_cb, self);
  return self;
}

/**
 * uc_hub_close:
 */
void
uc_hub_close (UcHub *self)
{
  g_autoptr (GPtrArray) members = g_hash_table_get_keys_as_ptr_array (self->members);

  self->is_closed = TRUE;
  for (guint i = 0; i < members->len; i++)
    _uc_hub_member_drop (g_ptr_array_index (members, i));
}

/**
 * uc_hub_free:
 * @self: (transfer full):
 */
void
uc_hub_free (UcHub *self)
{
  uc_hub_close (self);
  g_clear_handle_id (&self->sweep_id, g_source_remove);
  g_hash_table_unref (self->by_user);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->members);
  g_free (self);
}
