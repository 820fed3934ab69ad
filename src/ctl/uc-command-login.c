/* SPDX-License-Identifier: GPL-3.0-or-later */

/* login: looks at the server, signs in by a password or a token read from a file, and
 * makes the store of the account. */

#include "config.h"

#include "uc-commands.h"

#include "uc-account.h"
#include "uc-print.h"
#include "uc-sign-in.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define SECRET_MAX_BYTES 4096

typedef struct {
  char *server;        /* (owned) */
  char *user;          /* (owned) */
  char *password_path; /* (owned) (nullable) */
  char *token_path;    /* (owned) (nullable) */
  char *mfa_code;      /* (owned) (nullable) */
} Options;

static void
options_clear (Options *options)
{
  g_free (options->server);
  g_free (options->user);
  g_free (options->password_path);
  g_free (options->token_path);
  g_free (options->mfa_code);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
free_secret (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/* The first line of a file, "-" for standard input. */
static char *
read_secret (UcCtl *ctl, const char *path)
{
  gboolean is_stdin = strcmp (path, "-") == 0;
  FILE    *file = is_stdin ? stdin : fopen (path, "re");
  char    *secret = g_malloc0 (SECRET_MAX_BYTES);
  gboolean is_read;

  is_read = file != NULL && fgets (secret, SECRET_MAX_BYTES, file) != NULL;
  if (!is_read)
    fprintf (stderr, "unified-chat-ctl login: %s: %s\n", path,
             file == NULL ? g_strerror (errno) : "there is nothing in it");
  if (file != NULL && !is_stdin)
    fclose (file);
  secret[strcspn (secret, "\r\n")] = '\0';
  if (is_read && *secret != '\0')
    return secret;
  if (is_read)
    fprintf (stderr, "unified-chat-ctl login: %s: its first line is empty\n", path);
  free_secret (secret);
  return NULL;
}

static gboolean
sign_in (UcCtl *ctl, UcSignIn *sign_in, const Options *options)
{
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean is_by_token = options->token_path != NULL;
  char    *secret = read_secret (ctl, is_by_token ? options->token_path : options->password_path);
  gboolean is_mfa_needed = FALSE;
  gboolean is_signed_in;

  if (secret == NULL)
    return FALSE;
  if (is_by_token)
    uc_sign_in_with_token_async (sign_in, secret, NULL, uc_wait_cb, &wait);
  else
    uc_sign_in_with_password_async (sign_in, options->user, secret,
                                    options->mfa_code != NULL ? options->mfa_code : "", NULL,
                                    uc_wait_cb, &wait);
  is_signed_in = uc_sign_in_finish (sign_in, uc_wait_for (&wait), &is_mfa_needed, &error);
  free_secret (secret);
  if (!is_signed_in)
    uc_ctl_fail (ctl, is_mfa_needed ? "a code is needed, see --mfa-code" : NULL, error);
  return is_signed_in;
}

static gboolean
check_server (UcCtl *ctl, UcSignIn *sign_in, const char *typed)
{
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;

  uc_sign_in_check_server_async (sign_in, typed, NULL, uc_wait_cb, &wait);
  if (uc_sign_in_check_server_finish (sign_in, uc_wait_for (&wait), &error))
    return TRUE;
  uc_ctl_fail (ctl, typed, error);
  return FALSE;
}

static gboolean
adopt (UcCtl *ctl, UcSignIn *sign_in)
{
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;

  uc_account_adopt_async (ctl->store, uc_sign_in_get_api (sign_in), ctl->secrets,
                          uc_sign_in_get_user (sign_in), NULL, uc_wait_cb, &wait);
  if (!uc_account_adopt_finish (ctl->store, uc_wait_for (&wait), &warning, &error)) {
    uc_ctl_fail (ctl, NULL, error);
    return FALSE;
  }
  /* The token dies with this process, so the sign-in is worth nothing. */
  if (warning != NULL) {
    fprintf (stderr,
             "unified-chat-ctl login: %s\n"
             "Without a keyring the token can be kept in a file: --token-store FILE\n",
             warning);
    return FALSE;
  }
  return TRUE;
}

static void
print_done (UcCtl *ctl, UcSignIn *sign_in)
{
  UcUser     *user = uc_sign_in_get_user (sign_in);
  JsonObject *object;

  if (!ctl->wants_json) {
    printf ("Signed in to %s as %s.\n", uc_sign_in_get_site (sign_in), user->username);
    return;
  }
  object = json_object_new ();
  json_object_set_string_member (object, "site", uc_sign_in_get_site (sign_in));
  json_object_set_string_member (object, "user_id", user->id);
  json_object_set_string_member (object, "username", user->username);
  uc_print_json (object);
}

/**
 * uc_command_login:
 *
 * Returns: the exit status
 */
int
uc_command_login (UcCtl *ctl, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "server", 0, 0, G_OPTION_ARG_STRING, &options.server, "Address of the server", "URL" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &options.user, "User name or e-mail", "NAME" },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &options.password_path,
      "First line: the password", "FILE" },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &options.token_path,
      "First line: a personal access token", "FILE" },
    { "mfa-code", 0, 0, G_OPTION_ARG_STRING, &options.mfa_code, "Six digits", "CODE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (UcSignIn) sign_in_object = NULL;
  int status;

  if (!uc_ctl_parse (ctl, entries, 0, 0, &argc, &argv, &status))
    return status;
  if (ctl->store_path == NULL || options.server == NULL)
    return uc_ctl_usage (ctl, "--server and --store are needed");
  if ((options.password_path == NULL) == (options.token_path == NULL))
    return uc_ctl_usage (ctl, "one of --password-file and --token-file is needed");
  if (options.password_path != NULL && options.user == NULL)
    return uc_ctl_usage (ctl, "--user is needed");

  sign_in_object = uc_sign_in_new ();
  if (!check_server (ctl, sign_in_object, options.server) ||
      !sign_in (ctl, sign_in_object, &options))
    return UC_EXIT_FAILED;
  if (options.token_path != NULL && options.user != NULL &&
      g_ascii_strcasecmp (uc_sign_in_get_user (sign_in_object)->username, options.user) != 0) {
    fprintf (stderr, "unified-chat-ctl login: the token belongs to “%s”\n",
             uc_sign_in_get_user (sign_in_object)->username);
    return UC_EXIT_FAILED;
  }
  if (!uc_ctl_open_store (ctl, TRUE) || !uc_ctl_choose_secrets (ctl) ||
      !adopt (ctl, sign_in_object))
    return UC_EXIT_FAILED;

  print_done (ctl, sign_in_object);
  return UC_EXIT_DONE;
}
