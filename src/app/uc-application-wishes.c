/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a notification asks of an account. The account may not run yet, the program may
 * have been started for it: a wish waits until it can be granted. */

#include "config.h"

#include "uc-application-private.h"

#include "uc-sanitize.h"

#include <glib/gi18n.h>

typedef struct {
  UcWish kind;
  char  *id;         /* (owned) of the account */
  char  *channel_id; /* (owned) */
  char  *post_id;    /* (owned) "" for none */
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->id);
  g_free (wish->channel_id);
  g_free (wish->post_id);
  g_free (wish);
}

GPtrArray *
_uc_application_new_wishes (void)
{
  return g_ptr_array_new_with_free_func (wish_free);
}

static gboolean
needs_window (UcWish kind)
{
  return kind == UC_WISH_OPEN || kind == UC_WISH_REPLY;
}

static gboolean
is_shown (UcApplication *self, const char *id)
{
  UcWindowAccount *account =
      self->window != NULL ? uc_main_window_get_account (self->window) : NULL;

  return account != NULL && g_str_equal (uc_window_account_get_id (account), id);
}

static void
grant (UcApplication *self, const Wish *wish, UcAccountRunner *runner)
{
  UcSession *session = uc_window_account_get_session (uc_account_runner_get_account (runner));

  switch (wish->kind) {
  case UC_WISH_MARK_READ:
    uc_session_mark_read (session, wish->channel_id);
    return;
  case UC_WISH_MUTE:
    uc_session_set_muted (session, wish->channel_id, TRUE);
    return;
  case UC_WISH_OPEN:
  case UC_WISH_REPLY:
  default:
    if (*wish->post_id != '\0')
      uc_main_window_open_message (self->window, wish->channel_id, wish->post_id);
    else
      uc_main_window_open_channel (self->window, wish->channel_id);
    if (wish->kind == UC_WISH_REPLY)
      gtk_widget_activate_action (GTK_WIDGET (self->window), "win.focus-composer", NULL);
  }
}

/* Of the account @id, as far as things are by now. */
void
_uc_application_grant_wishes (UcApplication *self, const char *id)
{
  UcAccountRunner *runner = uc_accounts_find (self->accounts, id);

  for (guint i = 0; runner != NULL && i < self->wishes->len;) {
    const Wish *wish = g_ptr_array_index (self->wishes, i);

    if (!g_str_equal (wish->id, id) || (needs_window (wish->kind) && !is_shown (self, id)))
      i++;
    else {
      g_autoptr (GPtrArray) granted = _uc_application_new_wishes ();

      g_ptr_array_add (granted, g_ptr_array_steal_index (self->wishes, i));
      grant (self, g_ptr_array_index (granted, 0), runner);
    }
  }
}

/* The account could not be opened. */
void
_uc_application_drop_wishes (UcApplication *self, const char *id)
{
  for (guint i = self->wishes->len; i > 0; i--) {
    const Wish *wish = g_ptr_array_index (self->wishes, i - 1);

    if (g_str_equal (wish->id, id))
      g_ptr_array_remove_index (self->wishes, i - 1);
  }
}

static void
add_wish (UcApplication *self,
          UcWish         kind,
          const char    *id,
          const char    *channel_id,
          const char    *post_id)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->kind = kind;
  wish->id = g_strdup (id);
  wish->channel_id = g_strdup (channel_id);
  wish->post_id = g_strdup (post_id);
  g_ptr_array_add (self->wishes, wish);

  if (needs_window (kind)) {
    _uc_application_ensure_window (self);
    _uc_application_show_account (self, id);
    gtk_window_present (GTK_WINDOW (self->window));
  } else if (uc_accounts_find (self->accounts, id) != NULL)
    _uc_application_grant_wishes (self, id);
  else
    uc_accounts_open (self->accounts, id);
}

static void
open_message_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *id, *channel_id, *post_id;

  g_variant_get (parameter, "(&s&s&s)", &id, &channel_id, &post_id);
  add_wish (user_data, UC_WISH_OPEN, id, channel_id, post_id);
}

static void
reply_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *id, *channel_id, *post_id;

  g_variant_get (parameter, "(&s&s&s)", &id, &channel_id, &post_id);
  add_wish (user_data, UC_WISH_REPLY, id, channel_id, post_id);
}

static void
joined_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error))
    return;
  g_message ("Opening a call: %s", error->message);
  if (self->window != NULL)
    uc_main_window_toast (self->window,
                          _ ("No program opens the meeting. Its address is in the message."));
}

/* The meeting opens at once; that the conversation has been seen may wait. */
static void
join_call_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UcApplication   *self = user_data;
  const char      *id, *channel_id, *address;
  g_autofree char *link = NULL;
  g_autoptr (GtkUriLauncher) launcher = NULL;

  g_variant_get (parameter, "(&s&s&s)", &id, &channel_id, &address);
  link = uc_sanitize_dup_link (address);
  if (link == NULL || !g_str_has_prefix (link, "https://"))
    return;
  launcher = gtk_uri_launcher_new (link);
  gtk_uri_launcher_launch (launcher, self->window != NULL ? GTK_WINDOW (self->window) : NULL, NULL,
                           joined_cb, g_object_ref (self));
  add_wish (self, UC_WISH_MARK_READ, id, channel_id, "");
}

static void
mark_read_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *id, *channel_id;

  g_variant_get (parameter, "(&s&s)", &id, &channel_id);
  add_wish (user_data, UC_WISH_MARK_READ, id, channel_id, "");
}

static void
mute_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *id, *channel_id;

  g_variant_get (parameter, "(&s&s)", &id, &channel_id);
  add_wish (user_data, UC_WISH_MUTE, id, channel_id, "");
}

void
_uc_application_add_wish_actions (UcApplication *self)
{
  static const GActionEntry entries[] = {
    { "open-message", open_message_cb, "(sss)" },
    { "reply", reply_cb, "(sss)" },
    { "mark-read", mark_read_cb, "(ss)" },
    { "join-call", join_call_cb, "(sss)" },
    { "mute", mute_cb, "(ss)" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
