/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialog that begins a conversation: a search entry over a list. Each change of the
 * text cancels the search before; a row that is picked stays busy until the server has
 * said yes or no. */

#include "config.h"

#include "uc-sidebar-picker.h"

#include "uc-sidebar-pick-row.h"

#include "uc-channel.h"
#include "uc-error.h"
#include "uc-user.h"

#include <glib/gi18n.h>

#define MAX_STORED 40

struct _UcSidebarPicker {
  AdwDialog parent_instance;

  GtkEditable   *entry;
  GtkStack      *stack;
  GtkListBox    *list;
  AdwStatusPage *empty_page;
  GtkWidget     *spinner;
  GtkLabel      *error_label;

  UcPickKind       kind;
  UcWindowAccount *account;   /* (owned) */
  GPtrArray       *ids;       /* (owned) (element-type utf8): of the rows */
  GCancellable    *searching; /* (owned) (nullable) */
  GCancellable    *picking;   /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UcSidebarPicker, uc_sidebar_picker, ADW_TYPE_DIALOG)

static UcSession *
get_session (UcSidebarPicker *self)
{
  return uc_window_account_get_session (self->account);
}

static void
show_error (UcSidebarPicker *self, const GError *error)
{
  const char *text = error->message;

  if (g_error_matches (error, UC_ERROR, UC_ERROR_OFFLINE) ||
      g_error_matches (error, UC_ERROR, UC_ERROR_TIMEOUT))
    text = _ ("This needs the server, which cannot be reached now.");
  gtk_label_set_text (self->error_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->error_label), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* -- Rows ------------------------------------------------------------------------------- */

static void
update_stack (UcSidebarPicker *self)
{
  gtk_stack_set_visible_child_name (self->stack, self->ids->len > 0        ? "list"
                                                 : self->searching != NULL ? "searching"
                                                                           : "empty");
}

static void
append_row (UcSidebarPicker *self,
            const char      *id,
            const char      *icon_name,
            const char      *title,
            const char      *detail)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *child = uc_sidebar_pick_row_new ();

  uc_sidebar_pick_row_set (UC_SIDEBAR_PICK_ROW (child), icon_name, id, title, detail);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
  gtk_list_box_append (self->list, row);
  g_ptr_array_add (self->ids, g_strdup (id));
}

static gboolean
has_row (UcSidebarPicker *self, const char *id)
{
  return g_ptr_array_find_with_equal_func (self->ids, id, g_str_equal, NULL);
}

static void
add_person (UcSidebarPicker *self, const UcUser *user)
{
  UcDirectory     *directory = uc_window_account_get_directory (self->account);
  g_autofree char *name = uc_user_dup_display_name (user, uc_directory_get_name_format (directory));
  g_autofree char *detail = NULL;

  if (user->delete_at_ms != 0 || has_row (self, user->id))
    return;
  /* Translators: user name, then what the person is: "@anna · Ward nurse". */
  detail = *user->position != '\0'
               ? g_strdup_printf (C_ ("person", "@%s · %s"), user->username, user->position)
               : g_strconcat ("@", user->username, NULL);
  append_row (self, user->id, NULL, name, detail);
}

static void
add_channel (UcSidebarPicker *self, const UcChannel *channel)
{
  UcSidebar *sidebar = uc_window_account_get_sidebar (self->account);

  /* Only what is not in the sidebar already. */
  if (channel->delete_at_ms != 0 || uc_sidebar_get_state (sidebar, channel->id) != NULL ||
      has_row (self, channel->id))
    return;
  append_row (self, channel->id, "uc-channel-symbolic", channel->display_name, channel->purpose);
}

static void
add_all (UcSidebarPicker *self, GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++) {
    if (self->kind == UC_PICK_PERSON)
      add_person (self, g_ptr_array_index (found, i));
    else
      add_channel (self, g_ptr_array_index (found, i));
  }
}

/* -- Searching --------------------------------------------------------------------------- */

static void
end_search (UcSidebarPicker *self, GPtrArray *found, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->searching);
  gtk_widget_set_visible (self->spinner, FALSE);
  if (error != NULL)
    show_error (self, error);
  else
    add_all (self, found);
  update_stack (self);
}

static void
people_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcSidebarPicker) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = uc_session_find_people_finish (UC_SESSION (source), result, &error);

  end_search (self, found, error);
}

static void
channels_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcSidebarPicker) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found =
      uc_session_find_channels_finish (UC_SESSION (source), result, &error);

  end_search (self, found, error);
}

static void
stored_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcSidebarPicker) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = uc_store_complete_users_finish (UC_STORE (source), result, &error);

  if (found == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      show_error (self, error);
    return;
  }
  add_all (self, found);
  update_stack (self);
}

static void
search_cb (UcSidebarPicker *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
  UcSession       *session = get_session (self);

  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  self->searching = g_cancellable_new ();
  gtk_list_box_remove_all (self->list);
  g_ptr_array_set_size (self->ids, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
  gtk_widget_set_visible (self->spinner, TRUE);

  if (self->kind == UC_PICK_PERSON) {
    uc_store_complete_users_async (uc_session_get_store (session), text, MAX_STORED,
                                   self->searching, stored_found_cb, g_object_ref (self));
    uc_session_find_people_async (session, text, self->searching, people_found_cb,
                                  g_object_ref (self));
  } else
    uc_session_find_channels_async (
        session, uc_sidebar_get_team_id (uc_window_account_get_sidebar (self->account)), text,
        self->searching, channels_found_cb, g_object_ref (self));
  update_stack (self);
}

/* -- Picking ------------------------------------------------------------------------------- */

static void
end_picking (UcSidebarPicker *self, const char *channel_id, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->picking);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), TRUE);
  gtk_widget_set_visible (self->spinner, FALSE);
  if (error != NULL) {
    show_error (self, error);
    return;
  }
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-channel", "s", channel_id);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcSidebarPicker) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *channel_id = uc_session_open_direct_finish (UC_SESSION (source), result, &error);

  end_picking (self, channel_id, error);
}

typedef struct {
  UcSidebarPicker *self;       /* (owned) */
  char            *channel_id; /* (owned) */
} JoinJob;

static void
join_job_free (JoinJob *job)
{
  g_clear_object (&job->self);
  g_free (job->channel_id);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JoinJob, join_job_free)

static void
joined_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JoinJob) job = user_data;
  g_autoptr (GError) error = NULL;

  uc_session_join_channel_finish (UC_SESSION (source), result, &error);
  end_picking (job->self, job->channel_id, error);
}

static void
row_activated_cb (UcSidebarPicker *self, GtkListBoxRow *row)
{
  guint       position = (guint) gtk_list_box_row_get_index (row);
  const char *id;

  if (self->picking != NULL || position >= self->ids->len)
    return;

  id = g_ptr_array_index (self->ids, position);
  self->picking = g_cancellable_new ();
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
  gtk_widget_set_visible (self->spinner, TRUE);
  if (self->kind == UC_PICK_PERSON)
    uc_session_open_direct_async (get_session (self), id, self->picking, opened_cb,
                                  g_object_ref (self));
  else {
    JoinJob *job = g_new0 (JoinJob, 1);

    job->self = g_object_ref (self);
    job->channel_id = g_strdup (id);
    uc_session_join_channel_async (get_session (self), id, self->picking, joined_cb, job);
  }
}

static void
entry_activated_cb (UcSidebarPicker *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (first != NULL)
    row_activated_cb (self, first);
}

static void
uc_sidebar_picker_closed (AdwDialog *dialog)
{
  UcSidebarPicker *self = UC_SIDEBAR_PICKER (dialog);

  g_cancellable_cancel (self->searching);
  g_cancellable_cancel (self->picking);
}

static void
uc_sidebar_picker_dispose (GObject *object)
{
  UcSidebarPicker *self = UC_SIDEBAR_PICKER (object);

  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  g_cancellable_cancel (self->picking);
  g_clear_object (&self->picking);
  g_clear_object (&self->account);
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_SIDEBAR_PICKER);

  G_OBJECT_CLASS (uc_sidebar_picker_parent_class)->dispose (object);
}

static void
uc_sidebar_picker_finalize (GObject *object)
{
  UcSidebarPicker *self = UC_SIDEBAR_PICKER (object);

  g_ptr_array_unref (self->ids);

  G_OBJECT_CLASS (uc_sidebar_picker_parent_class)->finalize (object);
}

static void
uc_sidebar_picker_class_init (UcSidebarPickerClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = uc_sidebar_picker_dispose;
  object_class->finalize = uc_sidebar_picker_finalize;
  ADW_DIALOG_CLASS (klass)->closed = uc_sidebar_picker_closed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-sidebar-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, UcSidebarPicker, entry);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarPicker, stack);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarPicker, list);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarPicker, empty_page);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarPicker, spinner);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarPicker, error_label);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  /* The entry keeps Escape to itself. */
  gtk_widget_class_bind_template_callback (widget_class, adw_dialog_close);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
uc_sidebar_picker_init (UcSidebarPicker *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * uc_sidebar_picker_new:
 * @kind: what to pick
 * @account: where
 *
 * Returns: (transfer floating): the dialog, already searching for everything
 */
AdwDialog *
uc_sidebar_picker_new (UcPickKind kind, UcWindowAccount *account)
{
  UcSidebarPicker *self;
  gboolean         is_person = kind == UC_PICK_PERSON;

  g_return_val_if_fail (UC_IS_WINDOW_ACCOUNT (account), NULL);

  self = g_object_new (UC_TYPE_SIDEBAR_PICKER, NULL);
  self->kind = kind;
  self->account = g_object_ref (account);
  adw_dialog_set_title (ADW_DIALOG (self),
                        is_person ? _ ("New Direct Message") : _ ("Browse Channels"));
  g_object_set (self->entry, "placeholder-text",
                is_person ? _ ("Name of a person") : _ ("Name of a channel"), NULL);
  adw_status_page_set_title (self->empty_page,
                             is_person ? _ ("Nobody Found") : _ ("No More Channels"));
  adw_status_page_set_description (
      self->empty_page, is_person
                            ? _ ("Try another name.")
                            : _ ("There is no other public channel of that name in this team."));
  search_cb (self);

  return ADW_DIALOG (self);
}
