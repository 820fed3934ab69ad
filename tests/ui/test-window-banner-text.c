/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of what the banner says. */

#include "config.h"

#include "uc-window-banner-text.h"

static void
test_states (void)
{
  static const struct {
    UcSyncState state;
    gboolean    has_title;
    const char *action;
  } rows[] = {
    { UC_SYNC_STOPPED, FALSE, NULL },
    { UC_SYNC_OFFLINE, TRUE, "win.retry" },
    { UC_SYNC_CONNECTING, TRUE, NULL },
    { UC_SYNC_CATCHING_UP, FALSE, NULL },
    { UC_SYNC_LIVE, FALSE, NULL },
    { UC_SYNC_POLLING, FALSE, NULL },
    { UC_SYNC_NEEDS_TOKEN, TRUE, "win.unlock" },
    { UC_SYNC_NEEDS_LOGIN, TRUE, "win.sign-in-again" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (UcBannerText) text = { 0 };

    uc_window_banner_describe (rows[i].state, NULL, 0, UC_STORE_WRITABLE, &text);
    g_assert_cmpint (text.title != NULL, ==, rows[i].has_title);
    g_assert_cmpstr (text.action, ==, rows[i].action);
    g_assert_cmpint (text.button != NULL, ==, rows[i].action != NULL);
  }
}

static void
test_countdown (void)
{
  g_auto (UcBannerText) one = { 0 }, many = { 0 }, unknown = { 0 };

  uc_window_banner_describe (UC_SYNC_OFFLINE, "The server is away.", 1, UC_STORE_WRITABLE, &one);
  g_assert_cmpstr (one.title, ==, "The server is away. Trying again in 1 second.");
  uc_window_banner_describe (UC_SYNC_OFFLINE, "", 42, UC_STORE_WRITABLE, &many);
  g_assert_cmpstr (many.title, ==, "You are offline. Trying again in 42 seconds.");
  uc_window_banner_describe (UC_SYNC_OFFLINE, "The server is away.", 0, UC_STORE_WRITABLE,
                             &unknown);
  g_assert_cmpstr (unknown.title, ==, "The server is away.");
}

/* What only a technician wants to know goes; what the user must know stays. */
static void
test_detail (void)
{
  static const struct {
    const char *reason, *title;
  } rows[] = {
    { "The server cannot be reached (Connection refused).", "The server cannot be reached." },
    { "It cannot be reached (Could not connect (111))", "It cannot be reached" },
    { "A login page (of the network) is in the way.",
      "A login page (of the network) is in the way." },
    { ") odd (", ") odd (" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (UcBannerText) text = { 0 };

    uc_window_banner_describe (UC_SYNC_OFFLINE, rows[i].reason, 0, UC_STORE_WRITABLE, &text);
    g_assert_cmpstr (text.title, ==, rows[i].title);
  }
}

/* Nothing that is done would stay: that comes before the network. */
static void
test_read_only (void)
{
  g_auto (UcBannerText) live = { 0 }, offline = { 0 };

  uc_window_banner_describe (UC_SYNC_LIVE, NULL, 0, UC_STORE_READ_ONLY, &live);
  g_assert_nonnull (strstr (live.title, "only be read"));
  g_assert_null (live.action);
  uc_window_banner_describe (UC_SYNC_OFFLINE, NULL, 7, UC_STORE_READ_ONLY, &offline);
  g_assert_cmpstr (offline.title, ==, live.title);
}

/* Also in the middle of all being well. */
static void
test_full (void)
{
  g_auto (UcBannerText) live = { 0 };

  uc_window_banner_describe (UC_SYNC_LIVE, NULL, 0, UC_STORE_FULL, &live);
  g_assert_nonnull (strstr (live.title, "disk is full"));
  g_assert_null (live.action);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/ui/window-banner-text/states", test_states);
  g_test_add_func ("/ui/window-banner-text/countdown", test_countdown);
  g_test_add_func ("/ui/window-banner-text/detail", test_detail);
  g_test_add_func ("/ui/window-banner-text/read-only", test_read_only);
  g_test_add_func ("/ui/window-banner-text/full", test_full);

  return g_test_run ();
}
