/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file in a row. */

#include "config.h"

#include "uc-row-file.h"

#include "uc-format.h"
#include "uc-row-save.h"
#include "uc-sanitize.h"
#include "uc-sniff.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* What there is to see, and to do. */
typedef enum {
  STATE_READY,
  STATE_MOVING,
  STATE_WAITING, /* to be sent */
  STATE_FAILED,  /* to be fetched; may be tried again */
} State;

struct _UcRowFile {
  GtkWidget parent_instance;

  GtkImage       *icon;
  GtkLabel       *name;
  GtkLabel       *words;
  GtkProgressBar *progress;
  GtkStack       *stack;
  GtkWidget      *stop_button;

  UcRowContext *context;     /* (owned) */
  UcFile       *file;        /* (owned) */
  char         *shown_name;  /* (owned) */
  UcSendState   send_state;  /* of its message */
  GCancellable *cancellable; /* (owned) (nullable) of what runs; cancelled in dispose */
  gboolean      was_saving;  /* what runs, or failed */
  char         *problem;     /* (owned) (nullable) why it failed */
};

G_DEFINE_FINAL_TYPE (UcRowFile, uc_row_file, GTK_TYPE_WIDGET)

static State
get_state (UcRowFile *self, gint64 *done_bytes, gint64 *total_bytes)
{
  UcSession *session = uc_row_context_get_session (self->context);

  if (uc_session_get_transfer (session, self->file->id, done_bytes, total_bytes))
    return STATE_MOVING;
  if (uc_row_file_is_local (self->file))
    return STATE_WAITING;
  if (self->cancellable != NULL)
    return STATE_MOVING;
  return self->problem != NULL ? STATE_FAILED : STATE_READY;
}

static char *
dup_waiting_words (UcRowFile *self, const char *size)
{
  const UcSyncState state = uc_session_get_state (uc_row_context_get_session (self->context));

  if (self->send_state == UC_SEND_FAILED)
    return g_strdup (size);
  if (state == UC_SYNC_LIVE || state == UC_SYNC_POLLING || state == UC_SYNC_CATCHING_UP)
    /* Translators: a file that is about to be sent, behind its size: “3 MB · Waiting”. */
    return g_strdup_printf (_ ("%s · Waiting"), size);
  return g_strdup_printf (_ ("%s · Waits for the server"), size);
}

static char *
dup_words (UcRowFile *self, State state, double fraction)
{
  g_autofree char *size = uc_format_size (self->file->size_bytes);

  switch (state) {
  case STATE_MOVING:
    /* Translators: how far a file is on its way: “45 % of 20 MB”. */
    return g_strdup_printf (_ ("%d %% of %s"), (int) (fraction * 100), size);
  case STATE_WAITING:
    return dup_waiting_words (self, size);
  case STATE_FAILED:
    return g_strdup (self->problem);
  case STATE_READY:
  default:
    return g_steal_pointer (&size);
  }
}

static void
show_progress (UcRowFile *self, gboolean is_moving, double fraction)
{
  gtk_widget_set_visible (GTK_WIDGET (self->progress), is_moving);
  if (!is_moving)
    return;
  gtk_progress_bar_set_fraction (self->progress, fraction);
}

/* The one place that says what is seen. */
static void
update (UcRowFile *self)
{
  static const char *const pages[] = { "ready", "busy", "none", "failed" };
  gint64                   done_bytes = 0;
  gint64                   total_bytes = 0;
  const State              state = get_state (self, &done_bytes, &total_bytes);
  const gint64             of_bytes = total_bytes > 0 ? total_bytes : self->file->size_bytes;
  const double             fraction = of_bytes > 0 ? MIN ((double) done_bytes / of_bytes, 1.0) : 0;
  g_autofree char         *words = dup_words (self, state, fraction);

  gtk_label_set_text (self->words, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->words), state == STATE_FAILED ? words : NULL);
  if (state == STATE_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (self->words), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->words), "error");
  show_progress (self, state == STATE_MOVING, fraction);
  gtk_stack_set_visible_child_name (self->stack, pages[state]);
  gtk_widget_set_visible (GTK_WIDGET (self->stack), state != STATE_WAITING);
  /* Fetched for the viewer, say: who began it can stop it. */
  gtk_widget_set_visible (self->stop_button,
                          self->cancellable != NULL || uc_row_file_is_local (self->file));
}

static void
transfer_changed_cb (UcRowFile *self, const char *file_id)
{
  if (g_str_equal (self->file->id, file_id))
    update (self);
}

static void
state_changed_cb (UcRowFile *self)
{
  if (uc_row_file_is_local (self->file))
    update (self);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcRowFile *self = user_data;
  g_autoptr (GError) error = NULL;
  const gboolean is_done = uc_row_save_finish (result, &error);

  /* By its button, or gone from the screen. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (!is_done && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)) {
    g_set_str (&self->problem, error->message);
    uc_row_context_notice (self->context, error->message);
  }
  g_clear_object (&self->cancellable);
  update (self);
}

static void
begin (UcRowFile *self, gboolean is_saving)
{
  UcSession *session = uc_row_context_get_session (self->context);

  if (self->cancellable != NULL)
    return;
  g_clear_pointer (&self->problem, g_free);
  self->was_saving = is_saving;
  self->cancellable = g_cancellable_new ();
  if (is_saving)
    uc_row_save_save_async (session, self->file, GTK_WIDGET (self), self->cancellable, done_cb,
                            self);
  else
    uc_row_save_open_async (session, self->file, GTK_WIDGET (self), self->cancellable, done_cb,
                            self);
  update (self);
}

static void
open_cb (UcRowFile *self)
{
  begin (self, FALSE);
}

static void
save_cb (UcRowFile *self)
{
  begin (self, TRUE);
}

static void
retry_cb (UcRowFile *self)
{
  begin (self, self->was_saving);
}

static void
stop_cb (UcRowFile *self)
{
  if (uc_row_file_is_local (self->file)) {
    uc_session_stop_upload (uc_row_context_get_session (self->context), self->file->id);
  } else if (self->cancellable != NULL) {
    g_cancellable_cancel (self->cancellable);
    g_clear_object (&self->cancellable);
    update (self);
  }
}

static void
uc_row_file_dispose (GObject *object)
{
  UcRowFile *self = UC_ROW_FILE (object);
  GtkWidget *child;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), UC_TYPE_ROW_FILE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_row_file_parent_class)->dispose (object);
}

static void
uc_row_file_finalize (GObject *object)
{
  UcRowFile *self = UC_ROW_FILE (object);

  g_clear_object (&self->cancellable);
  uc_file_unref (self->file);
  g_free (self->shown_name);
  g_free (self->problem);

  G_OBJECT_CLASS (uc_row_file_parent_class)->finalize (object);
}

static void
uc_row_file_class_init (UcRowFileClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = uc_row_file_dispose;
  object_class->finalize = uc_row_file_finalize;

  gtk_widget_class_set_css_name (widget_class, "rowfile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-row-file.ui");
  gtk_widget_class_bind_template_child (widget_class, UcRowFile, icon);
  gtk_widget_class_bind_template_child (widget_class, UcRowFile, name);
  gtk_widget_class_bind_template_child (widget_class, UcRowFile, words);
  gtk_widget_class_bind_template_child (widget_class, UcRowFile, progress);
  gtk_widget_class_bind_template_child (widget_class, UcRowFile, stack);
  gtk_widget_class_bind_template_child (widget_class, UcRowFile, stop_button);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
uc_row_file_init (UcRowFile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What can do things here is seen to be that before it is fetched. */
static GIcon *
get_icon (const UcFile *file)
{
  g_autofree char *type = g_content_type_from_mime_type (file->mime_type);

  if (uc_sniff_judge (file->name, NULL, 0) == UC_FILE_RUNS)
    return g_themed_icon_new ("application-x-executable-symbolic");
  return type != NULL ? g_content_type_get_symbolic_icon (type)
                      : g_themed_icon_new ("text-x-generic-symbolic");
}

static void
label_parts (UcRowFile *self)
{
  const gboolean   is_local = uc_row_file_is_local (self->file);
  g_autofree char *stop = NULL;
  g_autofree char *moving = NULL;

  /* Translators: both name a file. */
  stop =
      g_strdup_printf (is_local ? _ ("Stop Sending %s") : _ ("Stop Loading %s"), self->shown_name);
  moving = g_strdup_printf (is_local ? _ ("Sending %s") : _ ("Loading %s"), self->shown_name);
  gtk_widget_set_tooltip_text (self->stop_button, stop);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->stop_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  stop, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  moving, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->shown_name, -1);
}

/**
 * uc_row_file_new:
 * @context: what rows share
 * @file: the file
 * @send_state: of the message it belongs to
 *
 * Returns: (transfer floating): a widget for it
 */
GtkWidget *
uc_row_file_new (UcRowContext *context, UcFile *file, UcSendState send_state)
{
  UcRowFile *self = g_object_new (UC_TYPE_ROW_FILE, NULL);
  UcSession *session = uc_row_context_get_session (context);
  g_autoptr (GIcon) icon = get_icon (file);

  self->context = g_object_ref (context);
  self->file = uc_file_ref (file);
  self->send_state = send_state;
  self->shown_name = uc_sanitize_file_name (file->name);
  gtk_image_set_from_gicon (self->icon, icon);
  gtk_label_set_text (self->name, self->shown_name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), self->shown_name);
  label_parts (self);
  g_signal_connect_object (session, "transfer-changed", G_CALLBACK (transfer_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "state-changed", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * uc_row_file_is_local:
 * @file: a file of a message
 *
 * Returns: whether it waits to be sent
 */
gboolean
uc_row_file_is_local (const UcFile *file)
{
  return file->local_path != NULL && (*file->id == '\0' || g_str_has_prefix (file->id, "local:"));
}
