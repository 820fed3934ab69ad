/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tokens in the desktop's secret service, through libsecret's asynchronous calls. What
 * it adds is the difference between "there is none" and "it cannot be looked at
 * now": libsecret answers both with nothing and no error (safety.md 0, 10). */

#include "config.h"

#include "uc-secrets-private.h"

#include "uc-error.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include <string.h>

static const SecretSchema schema = {
  "com.example.UnifiedChat.Token",
  SECRET_SCHEMA_NONE,
  { { "site", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "user_id", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 } },
};

typedef struct {
  char *site;    /* (owned) */
  char *user_id; /* (owned) */
} Lookup;

static void lookup_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void search_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void service_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void collection_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  g_free (lookup->site);
  g_free (lookup->user_id);
  g_free (lookup);
}

/* Whatever libsecret or D-Bus has to say means for us: not usable now. */
static GError *
dup_error (const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (cause);
  if (g_error_matches (cause, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    return g_error_new_literal (UC_ERROR, UC_ERROR_DISABLED, _ ("The keyring is locked."));
  return g_error_new (UC_ERROR, UC_ERROR_DISABLED, _ ("The keyring cannot be used (%s)."),
                      cause->message);
}

static void
return_locked (GTask *task)
{
  g_task_return_new_error (task, UC_ERROR, UC_ERROR_DISABLED, _ ("The keyring is locked."));
}

static void
return_not_found (GTask *task)
{
  g_task_return_new_error (task, UC_ERROR, UC_ERROR_NOT_FOUND,
                           _ ("The keyring has no token of this account."));
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_error (task, dup_error (error));
}

void
_uc_keyring_store_async (const char         *site,
                         const char         *user_id,
                         const char         *label,
                         const char         *token,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, _uc_keyring_store_async);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, token, cancellable, stored_cb,
                         task, "site", site, "user_id", user_id, NULL);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  /* FALSE without an error: there was nothing to take away. */
  (void) secret_password_clear_finish (result, &error);
  if (error == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_error (task, dup_error (error));
}

void
_uc_keyring_clear_async (const char         *site,
                         const char         *user_id,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, _uc_keyring_clear_async);
  secret_password_clear (&schema, cancellable, cleared_cb, task, "site", site, "user_id", user_id,
                         NULL);
}

/* Looks the token up; finding nothing, looks for a locked item of it, then whether the
 * default collection as a whole is locked. */
void
_uc_keyring_lookup_async (const char         *site,
                          const char         *user_id,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GTask  *task = g_task_new (NULL, cancellable, callback, user_data);
  Lookup *lookup = g_new0 (Lookup, 1);

  g_task_set_source_tag (task, _uc_keyring_lookup_async);
  lookup->site = g_strdup (site);
  lookup->user_id = g_strdup (user_id);
  g_task_set_task_data (task, lookup, lookup_free);
  secret_password_lookup (&schema, cancellable, lookup_cb, task, "site", site, "user_id", user_id,
                          NULL);
}

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  Lookup       *lookup = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char *token = secret_password_lookup_nonpageable_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, dup_error (error));
  else if (token != NULL)
    g_task_return_pointer (task, token, (GDestroyNotify) secret_password_free);
  else
    secret_password_search (&schema, SECRET_SEARCH_ALL, cancellable, search_cb,
                            g_steal_pointer (&task), "site", lookup->site, "user_id",
                            lookup->user_id, NULL);
}

static void
search_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  if (error != NULL) {
    g_task_return_error (task, dup_error (error));
  } else if (items != NULL) {
    /* It is there and could not be read. */
    g_list_free_full (items, g_object_unref);
    return_locked (task);
  } else {
    secret_service_get (SECRET_SERVICE_NONE, cancellable, service_cb, g_steal_pointer (&task));
  }
}

static void
service_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service = secret_service_get_finish (result, &error);

  /* The searches above worked, so where there is no such service they went to
   * libsecret's own file, which is open. */
  if (service == NULL)
    return_not_found (task);
  else
    secret_collection_for_alias (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                                 cancellable, collection_cb, g_steal_pointer (&task));
}

static void
collection_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretCollection) collection = secret_collection_for_alias_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, dup_error (error));
  else if (collection != NULL && secret_collection_get_locked (collection))
    return_locked (task);
  else
    return_not_found (task);
}

/* -- Unlocking ------------------------------------------------------------------------- */

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  /* What the person dismissed is not unlocked, and no error. */
  int n_unlocked = secret_service_unlock_finish (SECRET_SERVICE (source), result, NULL, &error);

  if (error != NULL)
    g_task_return_error (task, dup_error (error));
  else if (n_unlocked < 1)
    return_locked (task);
  else
    g_task_return_pointer (task, NULL, NULL);
}

static void
unlock_collection_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretCollection) collection = secret_collection_for_alias_finish (result, &error);
  GList *collections;

  if (error != NULL) {
    g_task_return_error (task, dup_error (error));
    return;
  }
  /* None at all is made when the first secret is stored. */
  if (collection == NULL || !secret_collection_get_locked (collection)) {
    g_task_return_pointer (task, NULL, NULL);
    return;
  }
  collections = g_list_append (NULL, collection);
  secret_service_unlock (secret_collection_get_service (collection), collections, cancellable,
                         unlocked_cb, g_steal_pointer (&task));
  g_list_free (collections);
}

static void
unlock_service_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service = secret_service_get_finish (result, &error);

  if (service == NULL)
    g_task_return_error (task, dup_error (error));
  else
    secret_collection_for_alias (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                                 cancellable, unlock_collection_cb, g_steal_pointer (&task));
}

void
_uc_keyring_unlock_async (GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, _uc_keyring_unlock_async);
  secret_service_get (SECRET_SERVICE_NONE, cancellable, unlock_service_cb, task);
}

char *
_uc_keyring_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
