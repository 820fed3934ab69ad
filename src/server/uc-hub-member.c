/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One connection of the hub: what it is told and counts, how it breaks and comes back.
 * The frames are built elsewhere and shared; here each gets its number. */

#include "config.h"

#include "uc-hub-private.h"

#include "uc-id.h"

/* Frames told again to who lost them, and frames kept for who is away. */
#define N_REPLAY   128
#define MAX_MISSED 256
/* Frames that may wait for a slow reader: then what can be left out is, and at last
 * the connection. */
#define SLOW     128
#define TOO_SLOW 256

typedef struct {
  gint64  seq;
  GBytes *head; /* (owned) */
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_bytes_unref (kept->head);
  g_free (kept);
}

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

/* How many living connections a user has. */
guint
_uc_hub_count_connected (UcHub *self, const char *user_id)
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
void
_uc_hub_member_lose_peer (UcHubMember *self)
{
  UcHub *hub = self->hub;

  if (self->peer == NULL)
    return;
  g_clear_pointer (&self->peer, uc_ws_peer_free);
  self->broken_at_ms = _uc_hub_get_now_ms (hub);
  if (self->session != NULL && !hub->is_closed &&
      _uc_hub_count_connected (hub, self->session->user_id) == 0)
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
  _uc_hub_member_lose_peer (self);
  forget_user (hub, self);
  if (self->connection_id != NULL)
    g_hash_table_remove (hub->by_id, self->connection_id);
  self->hub = NULL;
  g_hash_table_remove (hub->members, self);
  _uc_hub_member_unref (self);
}

/* -- Telling ----------------------------------------------------------------------- */

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

void
_uc_hub_member_tell (UcHubMember *self, UcPush *push)
{
  Kept *kept;

  if (self->peer != NULL) {
    guint waiting = uc_ws_peer_get_waiting (self->peer);

    if (waiting > SLOW && push->is_droppable)
      return;
    /* It reads too slowly to be worth the memory; it can come back and resume. */
    if (waiting > TOO_SLOW)
      _uc_hub_member_lose_peer (self);
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
  _uc_hub_member_tell (self, push);
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
  is_first = _uc_hub_count_connected (hub, session->user_id) == 0;
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
