/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came while an account was not up to date: told once when it is again, by what its
 * conversations hold more than before. */

#include "config.h"

#include "uc-notifier-private.h"

#include "uc-channel.h"

#include <glib/gi18n.h>

#define DIGEST_DELAY_MS 1500
/* Conversations that a digest names. */
#define MAX_NAMED 3

static char *
dup_channel_name (UcNotifier *self, const char *channel_id)
{
  const UcChannelState *state = _uc_notifier_get_state (self, channel_id);

  return state != NULL ? uc_directory_dup_channel_name (
                             uc_window_account_get_directory (self->account), state->channel)
                       : g_strdup (_ ("A new conversation"));
}

/* "Ward 3 (2), Ben Ortiz, and 4 more". */
static char *
dup_names (UcNotifier *self, GPtrArray *all)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < MIN (all->len, MAX_NAMED); i++) {
    const UcNotifierNews *news = g_ptr_array_index (all, i);
    g_autofree char      *name = dup_channel_name (self, news->channel_id);

    /* Translators: between the names of conversations. */
    g_string_append_printf (names, "%s%s", i > 0 ? C_ ("list", ", ") : "", name);
    if (news->n_new > 1)
      g_string_append_printf (names, " (%" G_GINT64_FORMAT ")", news->n_new);
  }
  if (all->len > MAX_NAMED)
    g_string_append_printf (names,
                            ngettext (", and %u more", ", and %u more", all->len - MAX_NAMED),
                            all->len - MAX_NAMED);

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
tell (UcNotifier *self, GPtrArray *all)
{
  const UcNotifierNews *most = g_ptr_array_index (all, 0);
  g_autofree char      *title = NULL, *body = NULL;
  g_autoptr (GNotification) note = NULL;
  gint64 n_new = 0;

  g_hash_table_remove_all (self->in_digest);
  for (guint i = 0; i < all->len; i++) {
    const UcNotifierNews *news = g_ptr_array_index (all, i);

    n_new += news->n_new;
    g_hash_table_add (self->in_digest, g_strdup (news->channel_id));
  }
  title = g_strdup_printf (ngettext ("%u new message while you were away",
                                     "%u new messages while you were away", (gulong) n_new),
                           (guint) MIN (n_new, G_MAXUINT));
  body = dup_names (self, all);
  note = g_notification_new (title);
  g_notification_set_default_action_and_target (note, "app.open-message", "(sss)",
                                                uc_window_account_get_id (self->account),
                                                most->channel_id, "");
  g_notification_set_category (note, "im.received");
  _uc_notifier_send (self, "digest", title, body, note);
}

static gboolean
may_tell (UcNotifier *self)
{
  UcSession *session = uc_window_account_get_session (self->account);

  return g_settings_get_boolean (self->settings, "notifications") &&
         uc_session_get_presence (session, uc_session_get_user_id (session)) != UC_PRESENCE_DND;
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcNotifier) self = user_data;
  g_autoptr (GPtrArray) states = uc_store_load_channels_finish (UC_STORE (source), result, NULL);

  if (states == NULL || self->account == NULL)
    return;
  g_clear_pointer (&self->before, uc_notifier_counts_free);
  self->before = uc_notifier_counts_new (states);
}

static void
came_back_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcNotifier) self = user_data;
  g_autoptr (GPtrArray) states = uc_store_load_channels_finish (UC_STORE (source), result, NULL);
  g_autoptr (UcNotifierCounts) before = NULL;
  g_autoptr (GPtrArray) all = NULL;

  if (states == NULL || self->account == NULL || self->digest != UC_DIGEST_PENDING)
    return;
  self->digest = UC_DIGEST_NONE;
  before = g_steal_pointer (&self->before);
  self->before = uc_notifier_counts_new (states);
  /* The first time there was nothing that something could be new to. */
  if (before == NULL || uc_notifier_counts_is_empty (before) || !may_tell (self))
    return;
  all = uc_notifier_counts_compare (before, self->before);
  if (all->len > 0)
    tell (self, all);
}

static void
count (UcNotifier *self, GAsyncReadyCallback callback)
{
  UcSession *session = uc_window_account_get_session (self->account);

  uc_store_load_channels_async (uc_session_get_store (session), NULL, self->cancellable, callback,
                                g_object_ref (self));
}

static gboolean
digest_cb (gpointer user_data)
{
  UcNotifier *self = user_data;

  self->digest_id = 0;
  count (self, came_back_cb);

  return G_SOURCE_REMOVE;
}

/* After a moment: what comes late comes in a row. */
void
_uc_notifier_queue_digest (UcNotifier *self)
{
  self->digest = UC_DIGEST_PENDING;
  if (self->digest_id == 0)
    self->digest_id = g_timeout_add (DIGEST_DELAY_MS, digest_cb, self);
}

void
_uc_notifier_state_changed_cb (UcNotifier *self, UcSession *session)
{
  UcSyncState state = uc_session_get_state (session);
  gboolean    is_up_to_date = state == UC_SYNC_LIVE || state == UC_SYNC_POLLING;

  if (is_up_to_date && self->digest == UC_DIGEST_AWAY)
    _uc_notifier_queue_digest (self);
  else if (!is_up_to_date && self->digest == UC_DIGEST_NONE) {
    self->digest = UC_DIGEST_AWAY;
    count (self, left_cb);
  } else if (!is_up_to_date) {
    g_clear_handle_id (&self->digest_id, g_source_remove);
    self->digest = UC_DIGEST_AWAY;
  }
}
