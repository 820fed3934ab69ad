/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One account as the pages of a window see it: holds the session and the models
 * together so that they are handed down as one. Decides nothing. */

#include "config.h"

#include "uc-window-account.h"

#include "uc-thread.h"

struct _UcWindowAccount {
  GObject parent_instance;

  char        *id;        /* (owned) */
  char        *site;      /* (owned) */
  UcClock     *clock;     /* (owned) */
  UcSession   *session;   /* (owned) */
  UcDirectory *directory; /* (owned) */
  UcSidebar   *sidebar;   /* (owned) */
};

G_DEFINE_FINAL_TYPE (UcWindowAccount, uc_window_account, G_TYPE_OBJECT)

static void
uc_window_account_finalize (GObject *object)
{
  UcWindowAccount *self = UC_WINDOW_ACCOUNT (object);

  g_clear_object (&self->sidebar);
  g_clear_object (&self->directory);
  g_clear_object (&self->session);
  g_clear_object (&self->clock);
  g_free (self->site);
  g_free (self->id);

  G_OBJECT_CLASS (uc_window_account_parent_class)->finalize (object);
}

static void
uc_window_account_class_init (UcWindowAccountClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = uc_window_account_finalize;
}

static void
uc_window_account_init (UcWindowAccount *self)
{
}

/**
 * uc_window_account_new:
 * @id: the name of the account's folder
 * @site: the server's address
 *
 * Holds a running account together for a window.
 *
 * Returns: (transfer full): the account
 */
UcWindowAccount *
uc_window_account_new (const char  *id,
                       const char  *site,
                       UcClock     *clock,
                       UcSession   *session,
                       UcDirectory *directory,
                       UcSidebar   *sidebar)
{
  UcWindowAccount *self;

  UC_ASSERT_MAIN_THREAD ();
  g_return_val_if_fail (id != NULL && site != NULL, NULL);
  g_return_val_if_fail (UC_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (UC_IS_SESSION (session), NULL);
  g_return_val_if_fail (UC_IS_DIRECTORY (directory), NULL);
  g_return_val_if_fail (UC_IS_SIDEBAR (sidebar), NULL);

  self = g_object_new (UC_TYPE_WINDOW_ACCOUNT, NULL);
  self->id = g_strdup (id);
  self->site = g_strdup (site);
  self->clock = g_object_ref (clock);
  self->session = g_object_ref (session);
  self->directory = g_object_ref (directory);
  self->sidebar = g_object_ref (sidebar);

  return self;
}

/**
 * uc_window_account_get_id:
 *
 * Returns: (transfer none): the name of the account's folder
 */
const char *
uc_window_account_get_id (UcWindowAccount *self)
{
  g_return_val_if_fail (UC_IS_WINDOW_ACCOUNT (self), NULL);

  return self->id;
}

/**
 * uc_window_account_get_site:
 *
 * Returns: (transfer none): the server's address
 */
const char *
uc_window_account_get_site (UcWindowAccount *self)
{
  g_return_val_if_fail (UC_IS_WINDOW_ACCOUNT (self), NULL);

  return self->site;
}

/**
 * uc_window_account_dup_host:
 *
 * Names the server for a person: its address without scheme and path.
 *
 * Returns: (transfer full): the name
 */
char *
uc_window_account_dup_host (UcWindowAccount *self)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (UC_IS_WINDOW_ACCOUNT (self), NULL);

  uri = g_uri_parse (self->site, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return g_strdup (self->site);
  if (g_uri_get_port (uri) > 0)
    return g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));

  return g_strdup (g_uri_get_host (uri));
}

/**
 * uc_window_account_get_session:
 *
 * Returns: (transfer none): the account's façade
 */
UcSession *
uc_window_account_get_session (UcWindowAccount *self)
{
  g_return_val_if_fail (UC_IS_WINDOW_ACCOUNT (self), NULL);

  return self->session;
}

/**
 * uc_window_account_get_directory:
 *
 * Returns: (transfer none): the people of the account
 */
UcDirectory *
uc_window_account_get_directory (UcWindowAccount *self)
{
  g_return_val_if_fail (UC_IS_WINDOW_ACCOUNT (self), NULL);

  return self->directory;
}

/**
 * uc_window_account_get_sidebar:
 *
 * Returns: (transfer none): the conversations of the account
 */
UcSidebar *
uc_window_account_get_sidebar (UcWindowAccount *self)
{
  g_return_val_if_fail (UC_IS_WINDOW_ACCOUNT (self), NULL);

  return self->sidebar;
}

/**
 * uc_window_account_get_me:
 *
 * Returns: (transfer none) (nullable): oneself, %NULL while not loaded; the
 *   directory's ::user-changed tells when that changes
 */
UcUser *
uc_window_account_get_me (UcWindowAccount *self)
{
  g_return_val_if_fail (UC_IS_WINDOW_ACCOUNT (self), NULL);

  return uc_directory_get_user (self->directory, uc_session_get_user_id (self->session));
}

/**
 * uc_window_account_get_now_ms:
 *
 * Returns: the present time by the account's clock, ms since 1970
 */
gint64
uc_window_account_get_now_ms (UcWindowAccount *self)
{
  g_return_val_if_fail (UC_IS_WINDOW_ACCOUNT (self), 0);

  return uc_clock_get_now_ms (self->clock);
}
