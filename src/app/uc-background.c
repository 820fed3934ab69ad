/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running without a window. The portal answers by a signal of a request object whose
 * path is known before the call, as its documentation has it
 * (org.freedesktop.portal.Request). */

#include "config.h"

#include "uc-background.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define PORTAL_NAME       "org.freedesktop.portal.Desktop"
#define PORTAL_PATH       "/org/freedesktop/portal/desktop"
#define REQUEST_INTERFACE "org.freedesktop.portal.Request"
#define FILE_NAME         UC_APP_ID ".desktop"

struct _UcBackground {
  GObject parent_instance;

  GSettings       *settings;    /* (owned) */
  GDBusConnection *bus;         /* (owned) (nullable) the session's, when first asked */
  GCancellable    *cancellable; /* (owned) */
  guint            response_id; /* subscription of the request under way; 0: none */
  guint            n_requests;
  gboolean         asks_to_start; /* that request does */
  gboolean         has_portal;
  gboolean         has_begun;
};

enum { REFUSED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcBackground, uc_background, G_TYPE_OBJECT)

static void
refuse (UcBackground *self, const char *setting, const char *text)
{
  g_settings_set_boolean (self->settings, setting, FALSE);
  g_signal_emit (self, signals[REFUSED], 0, text);
}

/* -- The portal ------------------------------------------------------------------------ */

static void
forget_request (UcBackground *self)
{
  if (self->response_id != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->response_id);
  self->response_id = 0;
}

static void
response_cb (GDBusConnection *bus,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *signal,
             GVariant        *parameters,
             gpointer         user_data)
{
  UcBackground *self = user_data;
  g_autoptr (GVariant) results = NULL;
  gboolean may_stay = FALSE, may_start = FALSE;
  guint32  code;

  g_variant_get (parameters, "(u@a{sv})", &code, &results);
  forget_request (self);
  if (code == 0) {
    g_variant_lookup (results, "background", "b", &may_stay);
    g_variant_lookup (results, "autostart", "b", &may_start);
  }
  if (!may_stay && g_settings_get_boolean (self->settings, "run-in-background"))
    refuse (self, "run-in-background",
            _ ("The desktop does not let Unified Chat run without a window."));
  /* Switched on meanwhile, it is asked for next: this is no answer to that. */
  if (self->asks_to_start && !may_start && g_settings_get_boolean (self->settings, "autostart"))
    refuse (self, "autostart", _ ("The desktop does not let Unified Chat start by itself."));
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcBackground) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  /* A desktop without this portal does not forbid it either. */
  if (answer == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_message ("Asking to run in the background: %s", error->message);
    forget_request (self);
  }
}

static GVariant *
make_options (UcBackground *self, const char *token)
{
  static const char *const command[] = { "unified-chat", "--background", NULL };
  GVariantBuilder          builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&builder, "{sv}", "reason",
                         g_variant_new_string (_ ("To receive messages and notify you of them "
                                                  "while the window is closed")));
  g_variant_builder_add (&builder, "{sv}", "autostart",
                         g_variant_new_boolean (self->asks_to_start));
  g_variant_builder_add (&builder, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_variant_builder_add (&builder, "{sv}", "dbus-activatable", g_variant_new_boolean (FALSE));

  return g_variant_builder_end (&builder);
}

static void
ask_portal (UcBackground *self)
{
  g_autofree char *token = g_strdup_printf ("uc%u", ++self->n_requests);
  g_autofree char *name = g_strdup (g_dbus_connection_get_unique_name (self->bus) + 1);
  g_autofree char *path = NULL;

  forget_request (self);
  self->asks_to_start = g_settings_get_boolean (self->settings, "autostart");
  path = g_strdup_printf (PORTAL_PATH "/request/%s/%s", g_strdelimit (name, ".", '_'), token);
  self->response_id = g_dbus_connection_signal_subscribe (
      self->bus, PORTAL_NAME, REQUEST_INTERFACE, "Response", path, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
      response_cb, self, NULL);
  g_dbus_connection_call (
      self->bus, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.portal.Background", "RequestBackground",
      g_variant_new ("(s@a{sv})", "", make_options (self, token)), G_VARIANT_TYPE ("(o)"),
      G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, called_cb, g_object_ref (self));
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcBackground) self = user_data;
  g_autoptr (GError) error = NULL;
  GDBusConnection *bus = g_bus_get_finish (result, &error);

  if (bus == NULL) {
    g_message ("Asking to run in the background: %s", error->message);
    return;
  }
  g_clear_object (&self->bus);
  self->bus = bus;
  ask_portal (self);
}

/* -- The autostart folder -------------------------------------------------------------------- */

/* Whether the file stands as the setting wants it. */
static gboolean
put_file (gboolean wanted, GError **error)
{
  static const char text[] = "[Desktop Entry]\n"
                             "Type=Application\n"
                             "Name=Unified Chat\n"
                             "Icon=" UC_APP_ID "\n"
                             "Exec=unified-chat --background\n"
                             "X-GNOME-Autostart-enabled=true\n";
  g_autofree char  *folder = g_build_filename (g_get_user_config_dir (), "autostart", NULL);
  g_autofree char  *path = g_build_filename (folder, FILE_NAME, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  if (wanted) {
    g_mkdir_with_parents (folder, 0700);
    return g_file_set_contents (path, text, -1, error);
  }

  return !g_file_query_exists (file, NULL) || g_file_delete (file, NULL, error);
}

static void
apply (UcBackground *self)
{
  gboolean wants_start = g_settings_get_boolean (self->settings, "autostart");
  g_autoptr (GError) error = NULL;

  if (self->has_portal)
    g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, bus_cb, g_object_ref (self));
  else if (!put_file (wants_start, &error)) {
    g_autofree char *text = NULL;

    g_message ("Starting with the session: %s", error->message);
    text = g_strdup_printf (_ ("Unified Chat cannot be started by itself: %s"), error->message);
    if (wants_start)
      refuse (self, "autostart", text);
  }
}

/* -- The class ------------------------------------------------------------------------------- */

static void
uc_background_dispose (GObject *object)
{
  UcBackground *self = UC_BACKGROUND (object);

  g_cancellable_cancel (self->cancellable);
  if (self->bus != NULL)
    forget_request (self);
  g_clear_object (&self->bus);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (uc_background_parent_class)->dispose (object);
}

static void
uc_background_finalize (GObject *object)
{
  UcBackground *self = UC_BACKGROUND (object);

  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (uc_background_parent_class)->finalize (object);
}

static void
uc_background_class_init (UcBackgroundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_background_dispose;
  object_class->finalize = uc_background_finalize;

  signals[REFUSED] = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
uc_background_init (UcBackground *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * uc_background_new:
 * @settings: the program's settings
 * @has_portal: whether the desktop has to be asked through its portal
 *
 * Returns: (transfer full): an object that follows the settings
 */
UcBackground *
uc_background_new (GSettings *settings, gboolean has_portal)
{
  UcBackground *self;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (UC_TYPE_BACKGROUND, NULL);
  self->settings = g_object_ref (settings);
  self->has_portal = has_portal;
  g_signal_connect_object (settings, "changed::autostart", G_CALLBACK (apply), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * uc_background_is_sandboxed:
 *
 * Returns: whether this process runs inside of a Flatpak
 */
gboolean
uc_background_is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/**
 * uc_background_begin:
 *
 * Asks for leave to go on without a window, the first time that it is called.
 */
void
uc_background_begin (UcBackground *self)
{
  g_return_if_fail (UC_IS_BACKGROUND (self));

  if (self->has_begun || !self->has_portal)
    return;
  self->has_begun = TRUE;
  apply (self);
}
