/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The banner over a session that has no token: it appears, and offers the next step. */

#include "config.h"

#include "uc-window-banner.h"

#include "uc-account-fixture.h"
#include "uc-action-probe.h"
#include "uc-display.h"
#include "uc-test.h"

#include <adwaita.h>

typedef struct {
  UcAccountFixture *account;
  GtkWidget        *window;
  UcActionProbe    *probe;
  GtkWidget        *banner;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->account = uc_account_fixture_new ();
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 200);
  fixture->banner = uc_window_banner_new ();
  gtk_widget_set_valign (fixture->banner, GTK_ALIGN_START);
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->banner);
  fixture->probe = uc_action_probe_new (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  uc_action_probe_free (fixture->probe);
  uc_account_fixture_free (fixture->account);
}

static AdwBanner *
get_banner (Fixture *fixture)
{
  return ADW_BANNER (gtk_widget_get_first_child (fixture->banner));
}

static gboolean
is_revealed (gpointer user_data)
{
  return adw_banner_get_revealed (get_banner (user_data));
}

static void
test_needs_token (Fixture *fixture, gconstpointer data)
{
  uc_window_banner_set_account (UC_WINDOW_BANNER (fixture->banner), fixture->account->account);
  g_assert_false (is_revealed (fixture));

  uc_session_start (fixture->account->session);
  uc_test_wait_until (is_revealed, fixture, 10000);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "banner");
  g_assert_cmpint (uc_session_get_state (fixture->account->session), ==, UC_SYNC_NEEDS_TOKEN);
  g_assert_cmpstr (adw_banner_get_button_label (get_banner (fixture)), ==, "Unlock");
  g_signal_emit_by_name (get_banner (fixture), "button-clicked");
  g_assert_cmpstr (fixture->probe->last, ==, "unlock");

  uc_window_banner_set_account (UC_WINDOW_BANNER (fixture->banner), NULL);
  g_assert_false (is_revealed (fixture));
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  g_test_add ("/ui/window-banner/needs-token", Fixture, NULL, set_up, test_needs_token, tear_down);

  return g_test_run ();
}
