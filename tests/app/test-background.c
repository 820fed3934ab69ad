/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running without a window: the file of the autostart folder, and a portal that says yes
 * or no. */

#include "config.h"

#include "uc-background.h"

#include "uc-test.h"

#include <glib/gstdio.h>

#define LIMIT_MS    5000
#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"

static const char introspection[] =
    "<node><interface name='org.freedesktop.portal.Background'>"
    "<method name='RequestBackground'><arg type='s' direction='in'/>"
    "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
    "</interface></node>";

/* Stands for the desktop, on a connection of its own. */
typedef struct {
  GDBusConnection *bus;
  gboolean         allows_background;
  gboolean         allows_autostart;
  guint            n_asked;
  gboolean         wanted_autostart; /* of the last call */
  char            *reason;
} Portal;

static Portal portal;

typedef struct {
  GSettings    *settings;
  UcBackground *background;
  guint         n_refused;
} Fixture;

static void
called_cb (GDBusConnection       *bus,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *parameters,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 1);
  g_autofree char *name = g_strdup (sender + 1);
  g_autofree char *request = NULL;
  const char      *token;
  GVariantBuilder  results;

  portal.n_asked++;
  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  g_assert_true (g_variant_lookup (options, "autostart", "b", &portal.wanted_autostart));
  g_clear_pointer (&portal.reason, g_free);
  g_assert_true (g_variant_lookup (options, "reason", "s", &portal.reason));
  request = g_strdup_printf (PORTAL_PATH "/request/%s/%s", g_strdelimit (name, ".", '_'), token);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", request));

  g_variant_builder_init (&results, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&results, "{sv}", "background",
                         g_variant_new_boolean (portal.allows_background));
  g_variant_builder_add (
      &results, "{sv}", "autostart",
      g_variant_new_boolean (portal.allows_autostart && portal.wanted_autostart));
  g_dbus_connection_emit_signal (bus, sender, request, "org.freedesktop.portal.Request", "Response",
                                 g_variant_new ("(ua{sv})", 0, &results), NULL);
}

static void
portal_start (void)
{
  static const GDBusInterfaceVTable vtable = { .method_call = called_cb };
  g_autofree char                  *address = NULL;
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  portal.bus =
      g_dbus_connection_new_for_address_sync (address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (portal.bus, PORTAL_PATH, info->interfaces[0], &vtable, NULL,
                                     NULL, &error);
  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (portal.bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "RequestName",
                                        g_variant_new ("(su)", PORTAL_NAME, 4), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
refused_cb (Fixture *fixture, const char *text)
{
  g_assert_cmpstr (text, !=, "");
  fixture->n_refused++;
}

static void
set_up (Fixture *fixture, gconstpointer has_portal)
{
  fixture->settings = g_settings_new ("com.example.UnifiedChat");
  g_settings_reset (fixture->settings, "run-in-background");
  g_settings_reset (fixture->settings, "autostart");
  fixture->background = uc_background_new (fixture->settings, GPOINTER_TO_INT (has_portal) != 0);
  g_signal_connect_swapped (fixture->background, "refused", G_CALLBACK (refused_cb), fixture);
  fixture->n_refused = 0;
  portal.n_asked = 0;
  portal.allows_background = portal.allows_autostart = TRUE;
}

/* A call under way keeps it. */
static gboolean
is_idle (gpointer user_data)
{
  return G_OBJECT (((Fixture *) user_data)->background)->ref_count == 1;
}

static void
tear_down (Fixture *fixture, gconstpointer has_portal)
{
  uc_test_wait_until (is_idle, fixture, LIMIT_MS);
  g_assert_finalize_object (fixture->background);
  g_object_unref (fixture->settings);
}

static void
test_file (Fixture *fixture, gconstpointer has_portal)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "autostart",
                                            "com.example.UnifiedChat.desktop", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *command = NULL;

  g_settings_set_boolean (fixture->settings, "autostart", TRUE);
  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL));
  command = g_key_file_get_string (file, "Desktop Entry", "Exec", NULL);
  g_assert_cmpstr (command, ==, "unified-chat --background");
  g_settings_set_boolean (fixture->settings, "autostart", FALSE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  /* Nobody is asked, however often the window goes. */
  uc_background_begin (fixture->background);
  g_assert_cmpuint (portal.n_asked, ==, 0);
}

/* A folder that cannot be written is said, and the switch goes back. */
static void
test_file_refused (Fixture *fixture, gconstpointer has_portal)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "autostart", NULL);

  g_mkdir_with_parents (g_get_user_config_dir (), 0700);
  g_assert_true (g_file_set_contents (folder, "in the way", -1, NULL));
  g_settings_set_boolean (fixture->settings, "autostart", TRUE);
  g_assert_cmpuint (fixture->n_refused, ==, 1);
  g_assert_false (g_settings_get_boolean (fixture->settings, "autostart"));
}

static gboolean
is_asked (gpointer user_data)
{
  return portal.n_asked > 0;
}

static gboolean
is_asked_for_autostart (gpointer user_data)
{
  return portal.wanted_autostart;
}

static gboolean
is_refused (gpointer user_data)
{
  return ((Fixture *) user_data)->n_refused > 0;
}

static void
test_portal (Fixture *fixture, gconstpointer has_portal)
{
  uc_background_begin (fixture->background);
  uc_background_begin (fixture->background);
  uc_test_wait_until (is_asked, fixture, LIMIT_MS);
  g_assert_false (portal.wanted_autostart);
  g_assert_cmpstr (portal.reason, !=, "");

  /* An answer to the first two may still be on its way. */
  g_settings_set_boolean (fixture->settings, "autostart", TRUE);
  uc_test_wait_until (is_asked_for_autostart, fixture, LIMIT_MS);
  g_assert_cmpuint (fixture->n_refused, ==, 0);
}

static void
test_portal_refuses (Fixture *fixture, gconstpointer has_portal)
{
  portal.allows_background = FALSE;
  uc_background_begin (fixture->background);
  uc_test_wait_until (is_refused, fixture, LIMIT_MS);
  g_assert_false (g_settings_get_boolean (fixture->settings, "run-in-background"));

  fixture->n_refused = 0;
  portal.allows_autostart = FALSE;
  g_settings_set_boolean (fixture->settings, "autostart", TRUE);
  uc_test_wait_until (is_refused, fixture, LIMIT_MS);
  g_assert_false (g_settings_get_boolean (fixture->settings, "autostart"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  portal_start ();

  g_test_add ("/app/background/file", Fixture, NULL, set_up, test_file, tear_down);
  g_test_add ("/app/background/file-refused", Fixture, NULL, set_up, test_file_refused, tear_down);
  g_test_add ("/app/background/portal", Fixture, GINT_TO_POINTER (1), set_up, test_portal,
              tear_down);
  g_test_add ("/app/background/portal-refuses", Fixture, GINT_TO_POINTER (1), set_up,
              test_portal_refuses, tear_down);

  return g_test_run ();
}
