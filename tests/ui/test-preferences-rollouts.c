/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is sent when a rollout is applied. */

#include "config.h"

#include "uc-preferences-rollouts.h"

#include "uc-display.h"

#include <locale.h>

static void
test_json (void)
{
  static const struct {
    gboolean    is_enabled;
    double      percentage;
    const char *json;
  } rows[] = {
    { TRUE, 100, "{\"enabled\":true,\"rollout_percentage\":100.00}" },
    { FALSE, 0, "{\"enabled\":false,\"rollout_percentage\":0.00}" },
    { TRUE, 12.5, "{\"enabled\":true,\"rollout_percentage\":12.50}" },
    { TRUE, 250, "{\"enabled\":true,\"rollout_percentage\":100.00}" },
    { TRUE, -3, "{\"enabled\":true,\"rollout_percentage\":0.00}" },
  };

  /* A comma in a number would be another JSON. */
  setlocale (LC_NUMERIC, "de_DE.UTF-8");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *json =
        uc_preferences_rollouts_dup_json (rows[i].is_enabled, rows[i].percentage);

    g_assert_cmpstr (json, ==, rows[i].json);
  }
  setlocale (LC_NUMERIC, "C");
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  g_test_add_func ("/ui/preferences-rollouts/json", test_json);

  return g_test_run ();
}
