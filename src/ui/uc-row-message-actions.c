/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with a message: the actions of a row. Each calls the session, or asks
 * through the context for what a row cannot do. */

#include "config.h"

#include "uc-row-message-private.h"

#include "uc-meeting.h"
#include "uc-emoji.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct {
  UcRowContext *context; /* (owned) */
  UcMessage    *message; /* (owned) */
  gboolean      to_retry;
} Pending;

static Pending *
pending_new (UcRowMessage *self)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->context = g_object_ref (self->context);
  pending->message = uc_message_ref (self->message);

  return pending;
}

static void
pending_free (Pending *pending)
{
  g_object_unref (pending->context);
  uc_message_unref (pending->message);
  g_free (pending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pending, pending_free)

static UcSession *
get_session (UcRowMessage *self)
{
  return uc_row_context_get_session (self->context);
}

static gboolean
is_mine (UcRowMessage *self)
{
  return g_str_equal (self->message->post->user_id, uc_session_get_user_id (get_session (self)));
}

/* The server knows it: it can be pointed at. */
static gboolean
is_known (const UcMessage *message)
{
  return *message->post->id != '\0' && !g_str_has_prefix (message->post->id, "local:");
}

static gboolean
has_my_reaction (UcRowMessage *self, const char *emoji_name)
{
  const GPtrArray *reactions = self->message->post->reactions;
  const char      *me = uc_session_get_user_id (get_session (self));

  for (guint i = 0; i < reactions->len; i++) {
    const UcReaction *reaction = g_ptr_array_index (reactions, i);

    if (g_str_equal (reaction->user_id, me) && g_str_equal (reaction->emoji_name, emoji_name))
      return TRUE;
  }

  return FALSE;
}

static void
toggle_reaction_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  UcRowMessage *self = UC_ROW_MESSAGE (widget);
  const char   *emoji_name = g_variant_get_string (parameter, NULL);

  uc_session_react (get_session (self), self->message, emoji_name,
                    !has_my_reaction (self, emoji_name));
}

static void
react_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  _uc_row_message_choose_emoji (UC_ROW_MESSAGE (widget));
}

static void
reply_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  UcRowMessage *self = UC_ROW_MESSAGE (widget);

  uc_row_context_request (self->context, UC_ROW_REQUEST_REPLY, self->message);
}

static void
thread_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  UcRowMessage *self = UC_ROW_MESSAGE (widget);

  uc_row_context_request (self->context, UC_ROW_REQUEST_THREAD, self->message);
}

static void
edit_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  UcRowMessage *self = UC_ROW_MESSAGE (widget);

  uc_row_context_request (self->context, UC_ROW_REQUEST_EDIT, self->message);
}

static void
delete_answered_cb (AdwAlertDialog *dialog, const char *response, Pending *pending)
{
  if (g_str_equal (response, "delete"))
    uc_session_delete (uc_row_context_get_session (pending->context), pending->message);
}

static void
free_pending_cb (gpointer data, GClosure *closure)
{
  pending_free (data);
}

static void
delete_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  UcRowMessage *self = UC_ROW_MESSAGE (widget);
  AdwDialog    *dialog = adw_alert_dialog_new (
         _ ("Delete Message?"), _ ("It will be removed for everybody, together with its replies"));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "delete",
                                  _ ("_Delete"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "delete",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (delete_answered_cb), pending_new (self),
                         free_pending_cb, 0);
  adw_dialog_present (dialog, widget);
}

static void
copy_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  UcRowMessage *self = UC_ROW_MESSAGE (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->message->post->message);
}

static void
copy_address_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
}

static void
copy_link_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  UcRowMessage    *self = UC_ROW_MESSAGE (widget);
  const char      *site = uc_row_context_get_site (self->context);
  g_autofree char *link = NULL;

  if (site == NULL)
    return;
  /* The server knows the team by itself. */
  link = g_strdup_printf ("%s%s_redirect/pl/%s", site, g_str_has_suffix (site, "/") ? "" : "/",
                          self->message->post->id);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), link);
  uc_row_context_notice (self->context, _ ("Link copied"));
}

static void
pin_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  UcRowMessage *self = UC_ROW_MESSAGE (widget);

  uc_session_pin (get_session (self), self->message, !self->message->post->is_pinned);
}

static void
save_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  UcRowMessage *self = UC_ROW_MESSAGE (widget);

  uc_session_save (get_session (self), self->message, !self->message->is_saved);
}

static void
mark_unread_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  UcRowMessage *self = UC_ROW_MESSAGE (widget);

  uc_session_mark_unread (get_session (self), self->message);
}

static gboolean
is_operation_on (const UcOutboxRow *row, const UcMessage *message)
{
  return g_str_equal (row->op_id, message->key) || g_str_equal (row->op_id, message->post->op_id) ||
         (*row->post_id != '\0' && g_str_equal (row->post_id, message->post->id));
}

/* The message tells that something failed; the outbox knows what. */
static void
outbox_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Pending) pending = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = uc_store_load_outbox_finish (UC_STORE (source), result, &error);
  UcSession *session = uc_row_context_get_session (pending->context);

  if (rows == NULL) {
    uc_row_context_notice (pending->context, error->message);
    return;
  }
  for (guint i = 0; i < rows->len; i++) {
    const UcOutboxRow *row = g_ptr_array_index (rows, i);

    if (row->state != UC_SEND_FAILED || !is_operation_on (row, pending->message))
      continue;
    if (pending->to_retry)
      uc_session_retry (session, row->op_id);
    else
      uc_session_discard (session, row->op_id);
  }
}

static void
settle_failed (UcRowMessage *self, gboolean to_retry)
{
  Pending *pending = pending_new (self);

  pending->to_retry = to_retry;
  uc_store_load_outbox_async (uc_session_get_store (get_session (self)), NULL, outbox_loaded_cb,
                              pending);
}

static void
retry_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  settle_failed (UC_ROW_MESSAGE (widget), TRUE);
}

static void
discard_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  settle_failed (UC_ROW_MESSAGE (widget), FALSE);
}

static void
join_call_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  uc_row_context_follow (UC_ROW_MESSAGE (widget)->context, UC_RUN_LINK,
                         g_variant_get_string (parameter, NULL));
}

static void
end_call_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  UcRowMessage    *self = UC_ROW_MESSAGE (widget);
  g_autofree char *text =
      uc_meeting_make_end_text (self->message->post, g_get_real_time () / G_TIME_SPAN_MILLISECOND);

  uc_session_edit (get_session (self), self->message, text);
}

/* What the rule needs to know beyond the message, the window has. */
static void
explain_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  UcRowMessage *self = UC_ROW_MESSAGE (widget);

  gtk_widget_activate_action (widget, "win.explain-notification", "(sb)", self->message->key,
                              uc_timeline_item_get_markdown (self->item)->mentions_me);
}

void
_uc_row_message_actions_class_init (GtkWidgetClass *widget_class)
{
  static const struct {
    const char                 *name;
    const char                 *parameter_type;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "message.toggle-reaction", "s", toggle_reaction_cb },
    { "message.react", NULL, react_cb },
    { "message.reply", NULL, reply_cb },
    { "message.thread", NULL, thread_cb },
    { "message.edit", NULL, edit_cb },
    { "message.delete", NULL, delete_cb },
    { "message.copy", NULL, copy_cb },
    { "message.copy-address", "s", copy_address_cb },
    { "message.copy-link", NULL, copy_link_cb },
    { "message.pin", NULL, pin_cb },
    { "message.save", NULL, save_cb },
    { "message.mark-unread", NULL, mark_unread_cb },
    { "message.explain", NULL, explain_cb },
    { "message.join-call", "s", join_call_cb },
    { "message.end-call", NULL, end_call_cb },
    { "message.retry", NULL, retry_cb },
    { "message.discard", NULL, discard_cb },
  };
  static const struct {
    guint           key;
    GdkModifierType modifiers;
    const char     *name;
  } bindings[] = {
    { GDK_KEY_plus, 0, "message.react" },    { GDK_KEY_r, 0, "message.reply" },
    { GDK_KEY_t, 0, "message.thread" },      { GDK_KEY_e, 0, "message.edit" },
    { GDK_KEY_Delete, 0, "message.delete" }, { GDK_KEY_p, 0, "message.pin" },
    { GDK_KEY_s, 0, "message.save" },        { GDK_KEY_u, 0, "message.mark-unread" },
    { GDK_KEY_l, 0, "message.copy-link" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter_type,
                                     actions[i].activate);
  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    gtk_widget_class_add_binding_action (widget_class, bindings[i].key, bindings[i].modifiers,
                                         bindings[i].name, NULL);
}

/* What can be done depends on whose it is and how far it has come. */
void
_uc_row_message_update_actions (UcRowMessage *self)
{
  GtkWidget       *widget = GTK_WIDGET (self);
  const UcMessage *message = self->message;
  UcUser          *me;
  const gboolean   is_there = message->post->delete_at_ms == 0 && !message->is_delete_queued;
  const gboolean   is_own = is_mine (self);
  const gboolean   is_at_server = is_there && is_known (message);
  gboolean         is_admin;

  me = uc_directory_get_user (uc_row_context_get_directory (self->context),
                              uc_session_get_user_id (get_session (self)));
  is_admin = me != NULL && uc_user_has_role (me, "system_admin");

  gtk_widget_action_set_enabled (widget, "message.toggle-reaction", is_there);
  gtk_widget_action_set_enabled (widget, "message.react", is_there);
  gtk_widget_action_set_enabled (widget, "message.reply", is_there);
  /* A thread has the name that the server gave its first message. */
  gtk_widget_action_set_enabled (widget, "message.thread", is_at_server);
  gtk_widget_action_set_enabled (widget, "message.edit", is_there && is_own);
  gtk_widget_action_set_enabled (widget, "message.delete", is_there && (is_own || is_admin));
  gtk_widget_action_set_enabled (widget, "message.copy", *message->post->message != '\0');
  gtk_widget_action_set_enabled (widget, "message.copy-link", is_at_server);
  gtk_widget_action_set_enabled (widget, "message.pin", is_at_server);
  gtk_widget_action_set_enabled (widget, "message.save", is_at_server);
  gtk_widget_action_set_enabled (widget, "message.mark-unread", is_at_server);
  gtk_widget_action_set_enabled (widget, "message.explain", is_at_server && !is_own);
}
