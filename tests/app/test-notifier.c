/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which messages are notified and what is said, as a notification daemon hears it. */

#include "config.h"

#include "uc-notifier.h"

#include "uc-account-fixture.h"
#include "uc-meeting.h"
#include "uc-message.h"
#include "uc-post.h"
#include "uc-test.h"

#define DAEMON_NAME "org.freedesktop.Notifications"
#define DAEMON_PATH "/org/freedesktop/Notifications"
#define LIMIT_MS    5000

static const char introspection[] =
    "<node><interface name='org.freedesktop.Notifications'>"
    "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
    "<method name='GetServerInformation'><arg type='s' direction='out'/>"
    "<arg type='s' direction='out'/><arg type='s' direction='out'/>"
    "<arg type='s' direction='out'/></method>"
    "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>"
    "<arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
    "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
    "</interface></node>";

/* Stands for the desktop. */
typedef struct {
  GDBusConnection *bus;
  GPtrArray       *said; /* (element-type utf8): "title|body", "closed" */
  guint32          last_id;
} Daemon;

static Daemon        notification_daemon;
static GApplication *application;

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
  Daemon     *self = user_data;
  const char *title, *body;

  if (g_str_equal (method, "Notify")) {
    g_variant_get_child (parameters, 3, "&s", &title);
    g_variant_get_child (parameters, 4, "&s", &body);
    g_ptr_array_add (self->said, g_strdup_printf ("%s|%s", title, body));
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", ++self->last_id));
  } else if (g_str_equal (method, "CloseNotification")) {
    g_ptr_array_add (self->said, g_strdup ("closed"));
    g_dbus_method_invocation_return_value (invocation, NULL);
  } else if (g_str_equal (method, "GetCapabilities"))
    g_dbus_method_invocation_return_value (invocation,
                                           g_variant_new ("(@as)", g_variant_new_strv (NULL, 0)));
  else
    g_dbus_method_invocation_return_value (invocation,
                                           g_variant_new ("(ssss)", "test", "test", "1", "1.2"));
}

static void
daemon_start (Daemon *self)
{
  static const GDBusInterfaceVTable vtable = { .method_call = called_cb };
  g_autofree char                  *address = NULL;
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  self->said = g_ptr_array_new_with_free_func (g_free);
  self->bus =
      g_dbus_connection_new_for_address_sync (address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (self->bus, DAEMON_PATH, info->interfaces[0], &vtable, self,
                                     NULL, &error);
  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (self->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "RequestName",
                                        g_variant_new ("(su)", DAEMON_NAME, 4), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

typedef struct {
  UcAccountFixture *account;
  GSettings        *settings;
  UcNotifier       *notifier;
} Fixture;

/* A read under way keeps it. */
static gboolean
is_idle (gpointer user_data)
{
  return G_OBJECT (((Fixture *) user_data)->notifier)->ref_count == 1;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->account = uc_account_fixture_new ();
  fixture->settings = g_settings_new ("com.example.UnifiedChat");
  g_settings_reset (fixture->settings, "notifications");
  g_settings_reset (fixture->settings, "notification-preview");
  fixture->notifier = uc_notifier_new (application, fixture->settings, fixture->account->account);
  uc_test_wait_until (is_idle, fixture, LIMIT_MS);
  g_ptr_array_set_size (notification_daemon.said, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  uc_test_wait_until (is_idle, fixture, LIMIT_MS);
  g_assert_finalize_object (fixture->notifier);
  g_object_unref (fixture->settings);
  uc_account_fixture_free (fixture->account);
}

/* As the session tells it of a pushed message of so long ago. */
static void
push_late (Fixture    *fixture,
           const char *channel_id,
           const char *text,
           gboolean    mentions_me,
           gint64      age_ms)
{
  g_autoptr (UcMessage) message = uc_message_new ();
  UcPost *post = uc_post_new ();

  g_set_str (&post->id, "postyyyyyyyyyyyyyyyyyyyyyy");
  g_set_str (&post->channel_id, channel_id);
  g_set_str (&post->user_id, UC_FIXTURE_BEN);
  g_set_str (&post->message, text);
  post->create_at_ms = uc_window_account_get_now_ms (fixture->account->account) - age_ms;
  message->post = post;
  g_signal_emit_by_name (fixture->account->session, "posted", message, mentions_me);
}

static void
push (Fixture *fixture, const char *channel_id, const char *text, gboolean mentions_me)
{
  push_late (fixture, channel_id, text, mentions_me, 0);
}

typedef struct {
  guint n;
} Wait;

static gboolean
has_said (gpointer user_data)
{
  return notification_daemon.said->len >= ((Wait *) user_data)->n;
}

static void
assert_said (const char *const *said)
{
  Wait wait = { g_strv_length ((char **) said) };

  uc_test_wait_until (has_said, &wait, LIMIT_MS);
  g_assert_cmpuint (notification_daemon.said->len, ==, wait.n);
  for (guint i = 0; i < wait.n; i++)
    g_assert_cmpstr (g_ptr_array_index (notification_daemon.said, i), ==, said[i]);
}

/* Until the program has heard what its notifications are called: answers come in order. */
static void
settle (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  g_dbus_connection_call (g_application_get_dbus_connection (application), DAEMON_NAME, DAEMON_PATH,
                          DAEMON_NAME, "GetCapabilities", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  answer = g_dbus_connection_call_finish (g_application_get_dbus_connection (application), result,
                                          &error);
  g_assert_no_error (error);
}

/* Direct messages and mentions; not what is on screen, not what mentions nobody. */
static void
test_which (Fixture *fixture, gconstpointer data)
{
  push (fixture, UC_FIXTURE_TOWN, "for everybody", FALSE);
  uc_notifier_set_watched (fixture->notifier, UC_FIXTURE_SURGERY);
  push (fixture, UC_FIXTURE_SURGERY, "@anna.keller on screen", TRUE);
  push (fixture, UC_FIXTURE_TOWN, "@anna.keller **please**", TRUE);
  push (fixture, UC_FIXTURE_DIRECT, "a word?", FALSE);
  push (fixture, UC_FIXTURE_DIRECT, "", FALSE);
  assert_said ((const char *const[]){ "Ben Moser in Town Square|@anna.keller please",
                                      "Ben Moser|a word?", "Ben Moser|Sent a file", NULL });
}

static void
test_settings (Fixture *fixture, gconstpointer data)
{
  g_settings_set_boolean (fixture->settings, "notifications", FALSE);
  push (fixture, UC_FIXTURE_DIRECT, "quiet", FALSE);
  g_settings_set_boolean (fixture->settings, "notifications", TRUE);
  g_settings_set_boolean (fixture->settings, "notification-preview", FALSE);
  push (fixture, UC_FIXTURE_DIRECT, "secret", FALSE);
  assert_said ((const char *const[]){ "Ben Moser|New message", NULL });
}

/* Looking at the conversation, or reading it elsewhere, takes the note away. */
static void
test_withdrawn (Fixture *fixture, gconstpointer data)
{
  push (fixture, UC_FIXTURE_DIRECT, "one", FALSE);
  assert_said ((const char *const[]){ "Ben Moser|one", NULL });
  settle ();
  uc_notifier_set_watched (fixture->notifier, UC_FIXTURE_DIRECT);
  assert_said ((const char *const[]){ "Ben Moser|one", "closed", NULL });

  push (fixture, UC_FIXTURE_TOWN, "two", TRUE);
  assert_said (
      (const char *const[]){ "Ben Moser|one", "closed", "Ben Moser in Town Square|two", NULL });
  settle ();
  uc_session_mark_read (fixture->account->session, UC_FIXTURE_TOWN);
  assert_said ((const char *const[]){ "Ben Moser|one", "closed", "Ben Moser in Town Square|two",
                                      "closed", NULL });
}

/* A stream that is resumed after a night: one note for all of it, with what there is more
 * than before. What was told by itself is not told again. */
static void
test_digest (Fixture *fixture, gconstpointer data)
{
  uc_account_fixture_post (fixture->account, UC_FIXTURE_DIRECT, UC_FIXTURE_BEN, "now", TRUE);
  push (fixture, UC_FIXTURE_DIRECT, "now", TRUE);
  assert_said ((const char *const[]){ "Ben Moser|now", NULL });
  for (int i = 0; i < 3; i++) {
    uc_account_fixture_post (fixture->account, UC_FIXTURE_TOWN, UC_FIXTURE_BEN, "@anna.keller!",
                             TRUE);
    push_late (fixture, UC_FIXTURE_TOWN, "@anna.keller!", TRUE, 3600 * 1000);
  }
  uc_account_fixture_post (fixture->account, UC_FIXTURE_SURGERY, UC_FIXTURE_BEN, "@anna.keller?",
                           TRUE);
  push_late (fixture, UC_FIXTURE_SURGERY, "@anna.keller?", TRUE, 3600 * 1000);
  assert_said ((const char *const[]){
      "Ben Moser|now", "4 new messages while you were away|Town Square (3), Surgery", NULL });

  /* It goes when the last of it has been read. */
  settle ();
  uc_session_mark_read (fixture->account->session, UC_FIXTURE_TOWN);
  uc_notifier_set_watched (fixture->notifier, UC_FIXTURE_SURGERY);
  assert_said ((const char *const[]){ "Ben Moser|now",
                                      "4 new messages while you were away|Town Square (3), Surgery",
                                      "closed", NULL });
}

#define CALL_ID      "caiiyyyyyyyyyyyyyyyyyyyyyy"
#define CALL_ADDRESS "https://meet.example.org/UnifiedChat-1"

/* As Ben wrote it, or edited it later. */
static UcPost *
put_call (Fixture *fixture, const char *text, gint64 edit_at_ms)
{
  g_autoptr (GAsyncResult) result = NULL;
  UcPost  *post = uc_post_new ();
  UcBatch *batch = uc_batch_new ();
  gint64   now_ms = uc_window_account_get_now_ms (fixture->account->account);

  g_set_str (&post->id, CALL_ID);
  g_set_str (&post->channel_id, UC_FIXTURE_DIRECT);
  g_set_str (&post->user_id, UC_FIXTURE_BEN);
  g_set_str (&post->message, text);
  g_free (post->props);
  post->props = uc_meeting_make_props (CALL_ADDRESS);
  post->create_at_ms = now_ms;
  post->update_at_ms = now_ms + edit_at_ms;
  post->edit_at_ms = edit_at_ms > 0 ? post->update_at_ms : 0;
  post->has_metadata = TRUE;
  uc_batch_put_pushed_post (batch, post, TRUE);
  uc_store_apply_async (fixture->account->store, batch, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  g_assert_true (uc_store_apply_finish (fixture->account->store, result, NULL));

  return post;
}

static void
ring (Fixture *fixture)
{
  g_autoptr (UcMessage) message = uc_message_new ();

  message->post = put_call (fixture, CALL_ADDRESS, 0);
  g_signal_emit_by_name (fixture->account->session, "posted", message, TRUE);
  assert_said ((const char *const[]){ "Ben Moser|Incoming call", NULL });
  settle ();
}

static void
test_call_ended (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcPost) ended = NULL;

  ring (fixture);
  ended = put_call (fixture, "over", 1);
  assert_said (
      (const char *const[]){ "Ben Moser|Incoming call", "closed", "Ben Moser|Missed call", NULL });
}

/* Declining reads the conversation, joining does too. */
static void
test_call_answered (Fixture *fixture, gconstpointer data)
{
  ring (fixture);
  uc_session_mark_read (fixture->account->session, UC_FIXTURE_DIRECT);
  assert_said ((const char *const[]){ "Ben Moser|Incoming call", "closed", NULL });
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  GTestDBus *bus;
  g_autoptr (GError) error = NULL;

  g_settings_schema_source_get_default ();
  g_setenv ("GNOTIFICATION_BACKEND", "freedesktop", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  /* A bus of its own: other programs notify too. */
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  daemon_start (&notification_daemon);
  application = g_application_new (UC_APP_ID, G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (application, NULL, &error));

  add ("/app/notifier/which", test_which);
  add ("/app/notifier/settings", test_settings);
  add ("/app/notifier/withdrawn", test_withdrawn);
  add ("/app/notifier/digest", test_digest);
  add ("/app/notifier/call-ended", test_call_ended);
  add ("/app/notifier/call-answered", test_call_answered);

  /* The bus ends with the process: GIO frees a notification twice when its daemon goes. */
  return g_test_run ();
}
