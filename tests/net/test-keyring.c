/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Against a real gnome-keyring, or the lack of one: run by tests/net/with-keyring,
 * whose state is the first argument. */

#include "config.h"

#include "uc-error.h"
#include "uc-secrets-private.h"
#include "uc-test.h"

#include <libsecret/secret.h>

#include <string.h>

#define SITE  "https://chat.example.org/sub"
#define ANNA  "abcdefghijklmnopqrstuvwxyz"
#define BEN   "zyxwvutsrqponmlkjihgfedcba"
#define TOKEN "canary-token-1"

static gboolean
store (UcSecrets *secrets, const char *user_id, const char *token, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_secrets_store_async (secrets, SITE, user_id, "Unified Chat", token, NULL, uc_test_result_cb,
                          &result);
  uc_test_wait_result (&result);
  return uc_secrets_store_finish (secrets, result, error);
}

static char *
lookup (UcSecrets *secrets, const char *user_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_secrets_lookup_async (secrets, SITE, user_id, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  return uc_secrets_lookup_finish (secrets, result, error);
}

static gboolean
clear (UcSecrets *secrets, const char *user_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_secrets_clear_async (secrets, SITE, user_id, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  return uc_secrets_clear_finish (secrets, result, error);
}

static gboolean
unlock (UcSecrets *secrets, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_secrets_unlock_async (secrets, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  return uc_secrets_unlock_finish (secrets, result, error);
}

static void
expect_token (UcSecrets *secrets, const char *user_id, const char *expected)
{
  g_autoptr (GError) error = NULL;
  char *token = lookup (secrets, user_id, &error);

  if (expected == NULL) {
    g_assert_error (error, UC_ERROR, UC_ERROR_NOT_FOUND);
    g_assert_null (token);
  } else {
    g_assert_no_error (error);
    g_assert_cmpstr (token, ==, expected);
  }
  uc_secrets_free_token (token);
}

static void
test_round (void)
{
  g_autoptr (UcSecrets) secrets = uc_secrets_new_service ();
  g_autoptr (GError) error = NULL;

  expect_token (secrets, ANNA, NULL);
  g_assert_true (store (secrets, ANNA, TOKEN, &error));
  g_assert_no_error (error);
  expect_token (secrets, ANNA, TOKEN);
  expect_token (secrets, BEN, NULL);

  g_assert_true (unlock (secrets, &error));
  g_assert_no_error (error);
  g_assert_true (store (secrets, BEN, "canary-token-2", NULL));
  g_assert_true (store (secrets, ANNA, "canary-token-3", NULL));
  expect_token (secrets, ANNA, "canary-token-3");
  expect_token (secrets, BEN, "canary-token-2");

  g_assert_true (clear (secrets, ANNA, &error));
  g_assert_no_error (error);
  g_assert_true (clear (secrets, ANNA, &error));
  g_assert_no_error (error);
  expect_token (secrets, ANNA, NULL);
  expect_token (secrets, BEN, "canary-token-2");
}

static void
test_cancel (void)
{
  g_autoptr (UcSecrets) secrets = uc_secrets_new_service ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_secrets_lookup_async (secrets, SITE, ANNA, cancellable, uc_test_result_cb, &result);
  g_cancellable_cancel (cancellable);
  uc_test_wait_result (&result);
  g_assert_null (uc_secrets_lookup_finish (secrets, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
lock_default (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service = secret_service_get_sync (SECRET_SERVICE_NONE, NULL, &error);
  g_autoptr (SecretCollection) collection = NULL;
  GList *objects = NULL;

  g_assert_no_error (error);
  collection = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT,
                                                 SECRET_COLLECTION_NONE, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (collection);
  objects = g_list_append (NULL, collection);
  g_assert_cmpint (secret_service_lock_sync (service, objects, NULL, NULL, &error), ==, 1);
  g_assert_no_error (error);
  g_list_free (objects);
}

/* Locked is not signed out: neither for the account that has a token in it nor for
 * one that has none. */
static void
test_locked (void)
{
  g_autoptr (UcSecrets) secrets = uc_secrets_new_service ();
  g_autoptr (GError) error = NULL;

  g_assert_true (store (secrets, BEN, TOKEN, NULL));
  g_assert_true (clear (secrets, ANNA, NULL));
  lock_default ();

  g_assert_null (lookup (secrets, BEN, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, UC_ERROR, UC_ERROR_DISABLED);
  g_clear_error (&error);
  g_assert_null (lookup (secrets, ANNA, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, UC_ERROR, UC_ERROR_DISABLED);
  g_clear_error (&error);
  g_assert_false (store (secrets, ANNA, TOKEN, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, UC_ERROR, UC_ERROR_DISABLED);
}

static void
test_unusable (void)
{
  g_autoptr (UcSecrets) secrets = uc_secrets_new_service ();
  g_autoptr (GError) error = NULL;

  g_assert_null (lookup (secrets, ANNA, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, UC_ERROR, UC_ERROR_DISABLED);
  g_clear_error (&error);
  g_assert_false (store (secrets, ANNA, TOKEN, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, UC_ERROR, UC_ERROR_DISABLED);
  g_clear_error (&error);
  g_assert_false (clear (secrets, ANNA, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_DISABLED);
  g_clear_error (&error);
  g_assert_false (unlock (secrets, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_DISABLED);
}

static GDBusMessage *
swallow_cb (GDBusConnection *connection, GDBusMessage *message, gboolean is_incoming, gpointer data)
{
  if (is_incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL) {
    g_object_unref (message);
    return NULL;
  }
  return message;
}

/* Somebody has the name and never answers. */
static void
test_silent (void)
{
  g_autoptr (UcSecrets) secrets = uc_secrets_new_service ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GDBusConnection) bus =
      g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);

  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.secrets", 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_add_filter (bus, swallow_cb, NULL, NULL);

  _uc_secrets_set_limit_ms (secrets, 200);
  g_assert_null (lookup (secrets, ANNA, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_DISABLED);
  g_clear_error (&error);
  g_assert_false (store (secrets, ANNA, TOKEN, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_DISABLED);
}

int
main (int argc, char *argv[])
{
  const char *state;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  state = argc > 1 ? argv[1] : "";
  if (strcmp (state, "unlocked") == 0) {
    g_test_add_func ("/net/keyring/round", test_round);
    g_test_add_func ("/net/keyring/cancel", test_cancel);
    g_test_add_func ("/net/keyring/locked", test_locked);
  } else if (strcmp (state, "absent") == 0) {
    g_test_add_func ("/net/keyring/absent", test_unusable);
    g_test_add_func ("/net/keyring/silent", test_silent);
  } else {
    g_test_add_func ("/net/keyring/no-bus", test_unusable);
  }
  return g_test_run ();
}
