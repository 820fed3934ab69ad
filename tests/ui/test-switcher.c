/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quick switcher by keyboard: letters, arrows, Enter. */

#include "config.h"

#include "uc-switcher.h"

#include "uc-account-fixture.h"
#include "uc-action-probe.h"
#include "uc-display.h"
#include "uc-test.h"

typedef struct {
  UcAccountFixture *account;
  GtkWidget        *window;
  UcActionProbe    *probe;
  AdwDialog        *dialog;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->account = uc_account_fixture_new ();
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 600);
  adw_window_set_content (ADW_WINDOW (fixture->window), gtk_label_new (NULL));
  fixture->probe = uc_action_probe_new (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture->dialog = uc_switcher_new (fixture->account->account);
  adw_dialog_present (fixture->dialog, fixture->window);
  uc_display_settle (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  uc_action_probe_free (fixture->probe);
  uc_account_fixture_free (fixture->account);
}

static GtkWidget *
get_entry (Fixture *fixture)
{
  return uc_action_probe_find (GTK_WIDGET (fixture->dialog), GTK_TYPE_SEARCH_ENTRY);
}

static void
type_text (Fixture *fixture, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (get_entry (fixture)), text);
  g_signal_emit_by_name (get_entry (fixture), "search-changed");
}

static void
test_conversation (Fixture *fixture, gconstpointer data)
{
  uc_display_shot (fixture->window, "switcher");
  type_text (fixture, "surg");
  g_signal_emit_by_name (get_entry (fixture), "activate");
  g_assert_cmpstr (fixture->probe->last, ==, "open-channel '" UC_FIXTURE_SURGERY "'");
}

static void
test_other_team (Fixture *fixture, gconstpointer data)
{
  type_text (fixture, "labo");
  g_signal_emit_by_name (get_entry (fixture), "activate");
  g_assert_cmpstr (fixture->probe->last, ==, "open-channel '" UC_FIXTURE_LAB "'");
}

static gboolean
has_person (gpointer user_data)
{
  Fixture *fixture = user_data;

  g_signal_emit_by_name (get_entry (fixture), "activate");

  return *fixture->probe->last != '\0';
}

static void
test_person (Fixture *fixture, gconstpointer data)
{
  /* Ben has a conversation and is found as that; Carla has none. */
  type_text (fixture, "carla");
  uc_test_wait_until (has_person, fixture, 5000);
  g_assert_cmpstr (fixture->probe->last, ==, "open-person '" UC_FIXTURE_CARLA "'");
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  type_text (fixture, "zeppelin");
  g_signal_emit_by_name (get_entry (fixture), "activate");
  g_assert_cmpstr (fixture->probe->last, ==, "");
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  add ("/ui/switcher/conversation", test_conversation);
  add ("/ui/switcher/other-team", test_other_team);
  add ("/ui/switcher/person", test_person);
  add ("/ui/switcher/nothing", test_nothing);

  return g_test_run ();
}
