/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is connected, and what each connection has been told. The frames are built
 * elsewhere and shared; here each gets the number its connection counts. */

#include "config.h"

#include "uc-hub-private.h"

#include "uc-id.h"

/* What a client may say at once; more closes its connection. */
#define MAX_MESSAGE 8192
#define AUTH_S      5
#define KEEP_MS     (5 * 60 * 1000)
#define SWEEP_S     30

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

gint64
_uc_hub_get_now_ms (UcHub *self)
{
  return uc_clock_get_now_ms (self->site->clock);
}

/* -- Events ------------------------------------------------------------------------ */

static void
tell_user (UcHub *self, const char *user_id, UcPush *push)
{
  GPtrArray *members = g_hash_table_lookup (self->by_user, user_id);

  if (members == NULL || g_strcmp0 (push->omit_user_id, user_id) == 0)
    return;
  /* Telling may drop one, so from the end. */
  for (guint i = members->len; i > 0; i--)
    _uc_hub_member_tell (g_ptr_array_index (members, i - 1), push);
}

static void
tell_everybody (UcHub *self, UcPush *push)
{
  g_autoptr (GPtrArray) members = g_hash_table_get_values_as_ptr_array (self->by_id);

  for (guint i = 0; i < members->len; i++) {
    UcHubMember *member = g_ptr_array_index (members, i);

    if (g_strcmp0 (push->omit_user_id, member->session->user_id) != 0)
      _uc_hub_member_tell (member, push);
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
    _uc_hub_member_lose_peer (self);
}

static const UcWsPeerFuncs peer_funcs = { message_cb, closed_cb };

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
  gint64 now = _uc_hub_get_now_ms (self);

  for (guint i = 0; i < members->len; i++) {
    UcHubMember *member = g_ptr_array_index (members, i);

    if (member->peer == NULL && now - member->broken_at_ms > KEEP_MS)
      _uc_hub_member_drop (member);
    else if (member->peer != NULL && now > member->session->expires_at_ms)
      _uc_hub_member_lose_peer (member);
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
  return _uc_hub_count_connected (self, user_id);
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
