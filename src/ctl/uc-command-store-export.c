/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store export: one's own data in a new folder. */

#include "config.h"

#include "uc-commands.h"

#include "uc-command-store.h"
#include "uc-export.h"
#include "uc-print.h"

#include <stdio.h>

static void
progress_cb (gint64 n_done, gint64 n_total, gpointer user_data)
{
  fprintf (stderr, "\r%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT "%s", n_done, n_total,
           n_done >= n_total ? "\n" : "");
}

static void
print_result (UcCtl *ctl, const UcExportOptions *options, const UcExportResult *result)
{
  JsonObject *object;

  if (!ctl->wants_json) {
    printf ("%s: %" G_GINT64_FORMAT " messages of %" G_GINT64_FORMAT
            " conversations, %" G_GINT64_FORMAT " files",
            options->folder, result->n_messages, result->n_channels, result->n_files);
    if (result->n_missing_files > 0)
      printf ("; %" G_GINT64_FORMAT " files are not on this computer", result->n_missing_files);
    putchar ('\n');
    return;
  }
  object = json_object_new ();
  json_object_set_string_member (object, "folder", options->folder);
  json_object_set_string_member (object, "format", options->format);
  json_object_set_int_member (object, "channels", result->n_channels);
  json_object_set_int_member (object, "messages", result->n_messages);
  json_object_set_int_member (object, "files", result->n_files);
  json_object_set_int_member (object, "missing_files", result->n_missing_files);
  uc_print_json (object);
}

/**
 * uc_command_store_export:
 *
 * Returns: the exit status
 */
int
uc_command_store_export (UcCtl *ctl, int argc, char **argv)
{
  UcExportOptions    options = { 0 };
  UcExportResult     result = { 0 };
  g_autofree char   *format = NULL;
  g_autofree char   *channel_name = NULL;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, "jsonl, html or markdown", "FORMAT" },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &channel_name, "Only that", "NAME" },
    { "with-files", 0, 0, G_OPTION_ARG_NONE, &options.with_files, "Files too", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *channel_id = NULL;
  g_autofree char *folder = NULL;
  int              status;

  if (!uc_store_parse (ctl, entries, 1, &argc, &argv, &status))
    return status;
  if (format == NULL || !g_strv_contains (uc_export_list_formats (), format))
    return uc_ctl_usage (ctl, "--format is jsonl, html or markdown");
  if (!uc_store_look_up (ctl, channel_name, &channel_id, NULL, NULL))
    return UC_EXIT_FAILED;

  folder = g_canonicalize_filename (argv[1], NULL);
  options.store_path = ctl->store_path;
  options.folder = folder;
  options.format = format;
  options.channel_id = channel_id;
  if (!uc_export_run (&options, g_log_writer_supports_color (2) ? progress_cb : NULL, NULL, &result,
                      NULL, &error))
    return uc_ctl_fail (ctl, NULL, error);
  print_result (ctl, &options, &result);
  return UC_EXIT_DONE;
}
