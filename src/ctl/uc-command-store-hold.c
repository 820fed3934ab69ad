/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store hold list, add, remove: what retention must leave alone. */

#include "config.h"

#include "uc-commands.h"

#include "uc-command-store.h"
#include "uc-print.h"
#include "uc-sanitize.h"
#include "uc-store-holds.h"

#include <stdio.h>

static char *
dup_day (gint64 time_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (time_ms / 1000);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d") : g_strdup ("?");
}

/* A day where one is; the last moment of it with @is_end. FALSE: it is none. */
static gboolean
parse_day (const char *day, gboolean is_end, gint64 *time_ms)
{
  g_autofree char *text = g_strconcat (day, "T00:00:00", NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) start = g_date_time_new_from_iso8601 (text, zone);
  g_autoptr (GDateTime) end = NULL;

  if (start == NULL)
    return FALSE;
  *time_ms = g_date_time_to_unix (start) * 1000;
  if (is_end) {
    end = g_date_time_add_days (start, 1);
    *time_ms = g_date_time_to_unix (end) * 1000 - 1;
  }
  return *time_ms > 0;
}

static JsonObject *
make_hold (const UcHold *hold)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "hold", hold->number);
  json_object_set_string_member (object, "channel_id", hold->channel_id);
  json_object_set_int_member (object, "since", hold->since_ms);
  json_object_set_int_member (object, "until", hold->until_ms);
  json_object_set_string_member (object, "reason", hold->reason);
  json_object_set_int_member (object, "set_at", hold->set_at_ms);
  return object;
}

static void
print_hold (const UcHold *hold)
{
  g_autofree char *reason = uc_sanitize_name (hold->reason);
  g_autofree char *since = hold->since_ms != 0 ? dup_day (hold->since_ms) : g_strdup ("…");
  g_autofree char *until = hold->until_ms != 0 ? dup_day (hold->until_ms) : g_strdup ("…");
  g_autofree char *set_at = dup_day (hold->set_at_ms);

  printf ("%" G_GINT64_FORMAT "  %s  %s – %s  %s (set %s)\n", hold->number,
          *hold->channel_id != '\0' ? hold->channel_id : "every conversation", since, until, reason,
          set_at);
}

/**
 * uc_command_store_hold_list:
 *
 * Returns: the exit status
 */
int
uc_command_store_hold_list (UcCtl *ctl, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) holds = NULL;
  int status;

  if (!uc_store_parse (ctl, NULL, 0, &argc, &argv, &status))
    return status;
  holds = uc_store_load_holds (ctl->store_path, &error);
  if (holds == NULL)
    return uc_ctl_fail (ctl, NULL, error);
  for (guint i = 0; i < holds->len; i++) {
    if (ctl->wants_json)
      uc_print_json (make_hold (g_ptr_array_index (holds, i)));
    else
      print_hold (g_ptr_array_index (holds, i));
  }
  return UC_EXIT_DONE;
}

/**
 * uc_command_store_hold_add:
 *
 * Returns: the exit status
 */
int
uc_command_store_hold_add (UcCtl *ctl, int argc, char **argv)
{
  g_autofree char   *channel_name = NULL;
  g_autofree char   *since = NULL;
  g_autofree char   *until = NULL;
  const GOptionEntry entries[] = {
    { "channel", 0, 0, G_OPTION_ARG_STRING, &channel_name, "Only there", "NAME" },
    { "since", 0, 0, G_OPTION_ARG_STRING, &since, "From that day on", "YYYY-MM-DD" },
    { "until", 0, 0, G_OPTION_ARG_STRING, &until, "To the end of that day", "YYYY-MM-DD" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (UcHold) hold = g_new0 (UcHold, 1);
  g_autoptr (GError) error = NULL;
  int status;

  if (!uc_store_parse (ctl, entries, 1, &argc, &argv, &status))
    return status;
  if ((since != NULL && !parse_day (since, FALSE, &hold->since_ms)) ||
      (until != NULL && !parse_day (until, TRUE, &hold->until_ms)))
    return uc_ctl_usage (ctl, "a day is written as YYYY-MM-DD");
  if (channel_name != NULL && !uc_store_look_up (ctl, channel_name, &hold->channel_id, NULL, NULL))
    return UC_EXIT_FAILED;
  if (hold->channel_id == NULL)
    hold->channel_id = g_strdup ("");
  hold->reason = uc_sanitize_text (argv[1], -1);
  hold->set_at_ms = uc_clock_get_now_ms (ctl->clock);
  if (!uc_store_add_hold (ctl->store_path, hold, &error))
    return uc_ctl_fail (ctl, NULL, error);
  if (ctl->wants_json)
    uc_print_json (make_hold (hold));
  else
    print_hold (hold);
  return UC_EXIT_DONE;
}

/**
 * uc_command_store_hold_remove:
 *
 * Returns: the exit status
 */
int
uc_command_store_hold_remove (UcCtl *ctl, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gint64 number;
  int    status;

  if (!uc_store_parse (ctl, NULL, 1, &argc, &argv, &status))
    return status;
  if (!g_ascii_string_to_signed (argv[1], 10, 1, G_MAXINT64, &number, NULL))
    return uc_ctl_usage (ctl, "a hold is named by its number; see store hold list");
  if (!uc_store_remove_hold (ctl->store_path, number, &error))
    return uc_ctl_fail (ctl, NULL, error);
  if (!ctl->wants_json)
    printf ("Hold %" G_GINT64_FORMAT " is lifted.\n", number);
  return UC_EXIT_DONE;
}
