/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the commands share: options, the open store, the account, the session, and how
 * failures are told. */

#include "config.h"

#include "uc-ctl.h"

#include "uc-account.h"
#include "uc-error.h"
#include "uc-flags.h"

#include <glib/gi18n.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* A fact of the store that only this program knows: the file of tokens that the
 * sign-in was given. */
#define FACT_TOKEN_STORE "ctl_token_store"

UcCtl *
uc_ctl_new (const char *command, const char *arguments)
{
  UcCtl *self = g_new0 (UcCtl, 1);

  self->command = command;
  self->arguments = arguments;
  self->clock = uc_clock_new_system ();
  return self;
}

gboolean
uc_ctl_close_store (UcCtl *self)
{
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean is_closed;

  uc_store_close_async (self->store, uc_wait_cb, &wait);
  is_closed = uc_store_close_finish (self->store, uc_wait_for (&wait), &error);
  if (!is_closed)
    uc_ctl_fail (self, "closing the store", error);
  g_clear_object (&self->store);
  return is_closed;
}

void
uc_ctl_free (UcCtl *self)
{
  if (self->session != NULL)
    uc_session_stop (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->flags);
  g_clear_object (&self->secrets);
  g_clear_object (&self->api);
  if (self->store != NULL)
    uc_ctl_close_store (self);
  g_clear_object (&self->clock);
  g_free (self->store_path);
  g_free (self->token_path);
  g_free (self->site);
  g_free (self->user_id);
  g_free (self);
}

int
uc_ctl_usage (UcCtl *self, const char *problem)
{
  fprintf (stderr, "unified-chat-ctl %s: %s\nUsage: unified-chat-ctl %s [--json] %s\n",
           self->command, problem, self->command, self->arguments);
  return UC_EXIT_USAGE;
}

int
uc_ctl_fail (UcCtl *self, const char *what, const GError *error)
{
  fprintf (stderr, "unified-chat-ctl %s: %s%s%s\n", self->command, what != NULL ? what : "",
           what != NULL && error != NULL ? ": " : "", error != NULL ? error->message : "");
  return UC_EXIT_FAILED;
}

gboolean
uc_ctl_parse (UcCtl              *self,
              const GOptionEntry *entries,
              int                 min_arguments,
              int                 max_arguments,
              int                *argc,
              char             ***argv,
              int                *status)
{
  const GOptionEntry common[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &self->store_path, "The store", "FILE" },
    { "token-store", 0, 0, G_OPTION_ARG_FILENAME, &self->token_path,
      "Keep tokens in this file instead of the keyring", "FILE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->wants_json, "One JSON object a line", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  int n_arguments;

  g_option_context_set_help_enabled (context, FALSE);
  for (int i = 1; i < *argc && strcmp ((*argv)[i], "--") != 0; i++) {
    if (strcmp ((*argv)[i], "--help") == 0) {
      printf ("Usage: unified-chat-ctl %s [--json] %s\n", self->command, self->arguments);
      *status = UC_EXIT_DONE;
      return FALSE;
    }
  }
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_main_entries (context, common, NULL);
  if (!g_option_context_parse (context, argc, argv, &error)) {
    *status = uc_ctl_usage (self, error->message);
    return FALSE;
  }
  if (*argc > 1 && strcmp ((*argv)[1], "--") == 0) {
    memmove (*argv + 1, *argv + 2, sizeof (char *) * (gsize) (*argc - 1));
    (*argc)--;
  }
  n_arguments = *argc - 1;
  if (n_arguments < min_arguments || n_arguments > max_arguments) {
    *status = uc_ctl_usage (self, n_arguments < min_arguments ? "something is missing"
                                                              : "too many arguments");
    return FALSE;
  }
  return TRUE;
}

/* The rest of a longer line before it goes. */
static void
migrated_cb (const char *title, double fraction, gpointer user_data)
{
  fprintf (stderr, "\r%s: %3.0f %%\033[K%s", title, fraction * 100, fraction >= 1 ? "\n" : "");
}

UcStoreProgress
uc_ctl_get_progress (void)
{
  return g_log_writer_supports_color (2) ? migrated_cb : NULL;
}

static gboolean
try_open (UcCtl *self, UcStore *store, GError **error)
{
  g_auto (UcWait) wait = { 0 };
  const char *notice;

  self->store = store;
  uc_store_open_async (store, uc_ctl_get_progress (), NULL, NULL, uc_wait_cb, &wait);
  if (!uc_store_open_finish (store, uc_wait_for (&wait), error)) {
    g_clear_object (&self->store);
    return FALSE;
  }
  notice = uc_store_get_notice (store);
  if (notice != NULL)
    fprintf (stderr, "unified-chat-ctl %s: %s\n", self->command, notice);
  return TRUE;
}

static gboolean
check_there (UcCtl *self)
{
  if (g_file_test (self->store_path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  fprintf (stderr, "unified-chat-ctl %s: there is no store “%s”; login makes one\n", self->command,
           self->store_path);
  return FALSE;
}

gboolean
uc_ctl_open_store (UcCtl *self, gboolean may_create)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (self->store_path);

  if (!may_create && !check_there (self))
    return FALSE;
  if (may_create && g_mkdir_with_parents (folder, 0700) != 0) {
    fprintf (stderr, "unified-chat-ctl %s: %s: %s\n", self->command, folder, g_strerror (errno));
    return FALSE;
  }
  if (try_open (self, uc_store_new (self->store_path, self->clock), &error))
    return TRUE;
  uc_ctl_fail (self, self->store_path, error);
  return FALSE;
}

gboolean
uc_ctl_open_store_to_read (UcCtl *self)
{
  g_autoptr (GError) error = NULL;

  if (!check_there (self))
    return FALSE;
  /* What must first be brought up to date or mended is opened as it is for writing. */
  return try_open (self, uc_store_new_reading (self->store_path, self->clock), &error) ||
         uc_ctl_open_store (self, FALSE);
}

gboolean
uc_ctl_load_account (UcCtl *self)
{
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (UcAccount) account = NULL;

  uc_account_load_async (self->store, NULL, uc_wait_cb, &wait);
  account = uc_account_load_finish (self->store, uc_wait_for (&wait), &error);
  if (account == NULL) {
    uc_ctl_fail (self, error == NULL ? "nobody has signed in with this store" : NULL, error);
    return FALSE;
  }
  self->site = g_strdup (account->site);
  self->user_id = g_strdup (account->user_id);
  return TRUE;
}

gboolean
uc_ctl_choose_secrets (UcCtl *self)
{
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;

  if (self->token_path == NULL) {
    uc_store_load_fact_async (self->store, FACT_TOKEN_STORE, NULL, uc_wait_cb, &wait);
    self->token_path = uc_store_load_fact_finish (self->store, uc_wait_for (&wait), &error);
    if (error != NULL) {
      uc_ctl_fail (self, NULL, error);
      return FALSE;
    }
  } else {
    g_autoptr (UcBatch) batch = uc_batch_new ();
    g_autofree char *absolute = g_canonicalize_filename (self->token_path, NULL);

    uc_batch_put_fact (batch, FACT_TOKEN_STORE, absolute);
    uc_store_apply_async (self->store, g_steal_pointer (&batch), uc_wait_cb, &wait);
    if (!uc_store_apply_finish (self->store, uc_wait_for (&wait), &error)) {
      uc_ctl_fail (self, NULL, error);
      return FALSE;
    }
  }

  self->secrets = self->token_path != NULL && *self->token_path != '\0'
                      ? uc_secrets_new_file (self->token_path)
                      : uc_secrets_new_service ();
  return TRUE;
}

gboolean
uc_ctl_open_session (UcCtl *self)
{
  if (!uc_ctl_open_store (self, FALSE) || !uc_ctl_load_account (self) ||
      !uc_ctl_choose_secrets (self))
    return FALSE;

  self->api = uc_api_new (self->site);
  self->flags = uc_flags_new ();
  uc_flags_set_user (self->flags, self->user_id, "");
  self->session = uc_session_new (self->store, self->api, self->secrets, self->flags, self->clock,
                                  self->user_id);
  return TRUE;
}

/* -- Settling ------------------------------------------------------------------------- */

typedef struct {
  GMainLoop *loop;           /* (owned) (nullable) while waiting for the server */
  gint64     last_online_us; /* or since when there was none */
  gboolean   is_over;        /* the wait for the server */
} Settling;

static gboolean
is_out_of_reach (UcSession *session)
{
  UcSyncState state = uc_session_get_state (session);

  return state == UC_SYNC_OFFLINE || state == UC_SYNC_STOPPED;
}

static void
state_cb (UcSession *session, gpointer user_data)
{
  Settling   *settling = user_data;
  UcSyncState state = uc_session_get_state (session);

  if (state == UC_SYNC_CATCHING_UP || state == UC_SYNC_LIVE || state == UC_SYNC_POLLING)
    settling->last_online_us = g_get_monotonic_time ();
  if (settling->loop != NULL && !is_out_of_reach (session))
    g_main_loop_quit (settling->loop);
}

static void
limit_cb (gpointer user_data)
{
  Settling *settling = user_data;

  settling->is_over = TRUE;
  g_main_loop_quit (settling->loop);
}

/* The session tries again by itself; FALSE when that took too long. */
static gboolean
wait_for_server (UcCtl *self, Settling *settling, int limit_s)
{
  gint64 left_us =
      settling->last_online_us + (gint64) limit_s * G_USEC_PER_SEC - g_get_monotonic_time ();
  guint limit_id;

  if (left_us <= 0)
    return FALSE;
  if (!is_out_of_reach (self->session))
    return TRUE;
  settling->loop = g_main_loop_new (NULL, FALSE);
  limit_id = g_timeout_add_once ((guint) (left_us / 1000) + 1, limit_cb, settling);
  g_main_loop_run (settling->loop);
  g_clear_pointer (&settling->loop, g_main_loop_unref);
  if (!settling->is_over)
    g_source_remove (limit_id);
  return !settling->is_over;
}

gboolean
uc_ctl_settle (UcCtl *self, int limit_s)
{
  Settling settling = { NULL, g_get_monotonic_time (), FALSE };
  gulong   handler_id =
      g_signal_connect (self->session, "state-changed", G_CALLBACK (state_cb), &settling);
  gboolean is_settled = FALSE;
  gboolean goes_on = TRUE;

  uc_session_start (self->session);
  while (!is_settled && goes_on) {
    g_auto (UcWait) wait = { 0 };
    g_autoptr (GError) error = NULL;

    uc_session_settle_async (self->session, NULL, uc_wait_cb, &wait);
    is_settled = uc_session_settle_finish (self->session, uc_wait_for (&wait), &error);
    if (!is_settled) {
      goes_on = g_error_matches (error, UC_ERROR, UC_ERROR_OFFLINE) &&
                wait_for_server (self, &settling, limit_s);
      if (!goes_on)
        uc_ctl_fail (self, NULL, error);
    }
  }
  g_signal_handler_disconnect (self->session, handler_id);
  return is_settled;
}
