/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store retention: deletes what is older than the policy, for real. */

#include "config.h"

#include "uc-commands.h"

#include "uc-command-store.h"
#include "uc-print.h"
#include "uc-sanitize.h"
#include "uc-store-retention.h"

#include <stdio.h>

#define MS_PER_DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define MAX_DAYS   36500

static void
progress_cb (gint64 n_done, gint64 n_total, gpointer user_data)
{
  fprintf (stderr, "\r%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT "%s", n_done, n_total,
           n_done >= n_total ? "\n" : "");
}

static JsonObject *
make_channel (const UcRetentionChannel *channel)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", channel->channel_id);
  json_object_set_string_member (object, "name", channel->name);
  json_object_set_int_member (object, "messages", channel->n_messages);
  json_object_set_int_member (object, "files", channel->n_files);
  json_object_set_int_member (object, "held", channel->n_held);
  json_object_set_int_member (object, "oldest_at", channel->oldest_ms);
  return object;
}

static void
print_json (const UcRetention *retention, const UcRetentionReport *report)
{
  JsonObject *object = json_object_new ();
  JsonArray  *channels = json_array_new ();

  for (guint i = 0; i < report->channels->len; i++)
    json_array_add_object_element (channels,
                                   make_channel (g_ptr_array_index (report->channels, i)));
  json_object_set_boolean_member (object, "dry_run", retention->is_dry_run);
  json_object_set_int_member (object, "before", retention->before_ms);
  json_object_set_int_member (object, "messages", report->n_messages);
  json_object_set_int_member (object, "files", report->n_files);
  json_object_set_int_member (object, "held", report->n_held);
  json_object_set_int_member (object, "cached_files", report->n_cached_files);
  json_object_set_int_member (object, "backups", report->n_backups);
  json_object_set_int_member (object, "backups_left", report->n_backups_left);
  json_object_set_int_member (object, "bytes_before", report->bytes_before);
  json_object_set_int_member (object, "bytes_after", report->bytes_after);
  json_object_set_array_member (object, "channels", channels);
  uc_print_json (object);
}

/* @titles names those that one is in; a direct one after its partner. */
static void
print_channel (const UcRetentionChannel *channel, GHashTable *titles)
{
  const char      *title = g_hash_table_lookup (titles, channel->channel_id);
  g_autofree char *name = uc_sanitize_name (title != NULL ? title : channel->name);
  g_autoptr (GDateTime) oldest = g_date_time_new_from_unix_local (channel->oldest_ms / 1000);
  g_autofree char *since =
      oldest != NULL && channel->oldest_ms > 0 ? g_date_time_format (oldest, "%Y-%m-%d") : NULL;

  printf ("%s  %" G_GINT64_FORMAT " messages, %" G_GINT64_FORMAT " files%s%s", name,
          channel->n_messages, channel->n_files, since != NULL ? ", since " : "",
          since != NULL ? since : "");
  if (channel->n_held > 0)
    printf ("; %" G_GINT64_FORMAT " held", channel->n_held);
  putchar ('\n');
}

static void
print_report (const UcRetention *retention, const UcRetentionReport *report, GHashTable *titles)
{
  g_autofree char *before = g_format_size ((guint64) report->bytes_before);
  g_autofree char *after = g_format_size ((guint64) report->bytes_after);

  for (guint i = 0; i < report->channels->len; i++)
    print_channel (g_ptr_array_index (report->channels, i), titles);
  printf ("%s: %" G_GINT64_FORMAT " messages, %" G_GINT64_FORMAT " files (%" G_GINT64_FORMAT
          " of them on this disk), %" G_GINT64_FORMAT " backups; held: %" G_GINT64_FORMAT "\n",
          retention->is_dry_run ? "Would go" : "Gone", report->n_messages, report->n_files,
          report->n_cached_files, report->n_backups, report->n_held);
  if (!retention->is_dry_run)
    printf ("The store took %s and takes %s.\n", before, after);
  if (report->n_backups_left > 0 && report->n_messages > 0)
    printf ("%" G_GINT64_FORMAT " newer backups beside the store may hold copies of it; "
            "--all-backups removes these too.\n",
            report->n_backups_left);
}

/**
 * uc_command_store_retention:
 *
 * Returns: the exit status
 */
int
uc_command_store_retention (UcCtl *ctl, int argc, char **argv)
{
  int                days = 0;
  g_autofree char   *channel_name = NULL;
  UcRetention        retention = { 0 };
  const GOptionEntry entries[] = {
    { "days", 0, 0, G_OPTION_ARG_INT, &days, "What is older goes", "N" },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &channel_name, "Only there", "NAME" },
    { "all-backups", 0, 0, G_OPTION_ARG_NONE, &retention.all_backups, "Newer ones too", NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &retention.is_dry_run, "Only tell", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (UcRetentionReport) report = NULL;
  g_autoptr (GHashTable) titles = NULL;
  g_autofree char *channel_id = NULL;
  g_autofree char *cache_folder = NULL;
  g_autofree char *folder = NULL;
  int              status;

  if (!uc_store_parse (ctl, entries, 0, &argc, &argv, &status))
    return status;
  if (days < 1 || days > MAX_DAYS)
    return uc_ctl_usage (ctl, "--days is needed, at least 1");
  if (!uc_store_look_up (ctl, channel_name, &channel_id, &cache_folder, &titles))
    return UC_EXIT_FAILED;

  /* What SQLite writes meanwhile lies where the store lies. */
  folder = g_path_get_dirname (ctl->store_path);
  g_setenv ("SQLITE_TMPDIR", folder, TRUE);
  retention.before_ms = uc_clock_get_now_ms (ctl->clock) - days * MS_PER_DAY;
  retention.channel_id = channel_id;
  retention.cache_folder = cache_folder;
  report = uc_store_apply_retention (
      ctl->store_path, &retention,
      !retention.is_dry_run && g_log_writer_supports_color (2) ? progress_cb : NULL, NULL, &error);
  if (report == NULL)
    return uc_ctl_fail (ctl, NULL, error);
  if (ctl->wants_json)
    print_json (&retention, report);
  else
    print_report (&retention, report, titles);
  return UC_EXIT_DONE;
}
