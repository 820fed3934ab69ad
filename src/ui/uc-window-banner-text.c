/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of an account in one sentence and, where there is one, the next step. Pure. */

#include "config.h"

#include "uc-window-banner-text.h"

#include <glib/gi18n.h>

/* "The server cannot be reached (Connection refused)." without what only a technician
 * wants to know. */
static char *
dup_short (const char *reason)
{
  const char *open = strstr (reason, " (");
  const char *shut = strrchr (reason, ')');

  if (open == NULL || shut == NULL || shut < open || strlen (shut + 1) > 1)
    return g_strdup (reason);

  return g_strdup_printf ("%.*s%s", (int) (open - reason), reason, shut + 1);
}

static char *
dup_offline (const char *reason, gint64 wait_s)
{
  /* The longest back-off is minutes: a count of seconds is still read at a glance. */
  g_autofree char *wait = NULL;
  g_autofree char *what =
      reason != NULL && *reason != '\0' ? dup_short (reason) : g_strdup (_ ("You are offline."));

  if (wait_s <= 0)
    return g_steal_pointer (&what);
  wait = g_strdup_printf (
      ngettext ("Trying again in %d second.", "Trying again in %d seconds.", (gulong) wait_s),
      (int) MIN (wait_s, G_MAXINT));

  /* Translators: why the program is offline, then when it tries again. */
  return g_strdup_printf (C_ ("banner", "%s %s"), what, wait);
}

/**
 * uc_window_banner_describe:
 * @state: where the account stands with its server
 * @reason: (nullable): why, for a person
 * @wait_s: seconds until the next try, 0 when it is not known
 * @condition: whether what is written here stays
 * @text: (out caller-allocates): what to say
 *
 * Chooses what a banner says. A store that cannot be written outranks the network:
 * nothing that is done would stay.
 */
void
uc_window_banner_describe (UcSyncState      state,
                           const char      *reason,
                           gint64           wait_s,
                           UcStoreCondition condition,
                           UcBannerText    *text)
{
  g_return_if_fail (text != NULL);

  *text = (UcBannerText){ 0 };
  if (condition == UC_STORE_FULL) {
    text->title = g_strdup (_ ("The disk is full. New messages are not stored, and what you write "
                               "stays in its field until there is room."));
    return;
  }
  if (condition == UC_STORE_READ_ONLY) {
    text->title = g_strdup (_ ("The messages on this computer can only be read. Is the disk full "
                               "or write-protected?"));
    return;
  }

  switch (state) {
  case UC_SYNC_OFFLINE:
    text->title = dup_offline (reason, wait_s);
    text->button = _ ("Try Now");
    text->action = "win.retry";
    break;
  case UC_SYNC_CONNECTING:
    text->title = g_strdup (_ ("Connecting…"));
    break;
  case UC_SYNC_NEEDS_TOKEN:
    text->title =
        g_strdup (reason != NULL ? reason : _ ("The keyring is locked. Working offline."));
    text->button = _ ("Unlock");
    text->action = "win.unlock";
    break;
  case UC_SYNC_NEEDS_LOGIN:
    text->title = g_strdup (_ ("You have to sign in again. Everything stays readable."));
    text->button = _ ("Sign In Again");
    text->action = "win.sign-in-again";
    break;
  case UC_SYNC_STOPPED:
  case UC_SYNC_CATCHING_UP:
  case UC_SYNC_LIVE:
  case UC_SYNC_POLLING:
  default:
    break;
  }
}

/**
 * uc_window_banner_text_clear:
 *
 * Frees what @text holds.
 */
void
uc_window_banner_text_clear (UcBannerText *text)
{
  g_clear_pointer (&text->title, g_free);
}
