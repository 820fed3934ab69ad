/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the commands that care for a store's file share. */

#include "config.h"

#include "uc-command-store.h"

#include "uc-cache-folder.h"
#include "uc-find-channel.h"

#include <stdio.h>

gboolean
uc_store_parse (UcCtl              *ctl,
                const GOptionEntry *entries,
                int                 n_arguments,
                int                *argc,
                char             ***argv,
                int                *status)
{
  g_autofree char *absolute = NULL;

  if (!uc_ctl_parse (ctl, entries, n_arguments, n_arguments, argc, argv, status))
    return FALSE;
  if (ctl->store_path == NULL) {
    *status = uc_ctl_usage (ctl, "--store is needed");
    return FALSE;
  }
  absolute = g_canonicalize_filename (ctl->store_path, NULL);
  g_free (ctl->store_path);
  ctl->store_path = g_steal_pointer (&absolute);
  return TRUE;
}

UcDb *
uc_store_open_to_read (UcCtl *ctl)
{
  g_autoptr (GError) error = NULL;
  UcDb *db = NULL;

  if (!g_file_test (ctl->store_path, G_FILE_TEST_IS_REGULAR))
    fprintf (stderr, "unified-chat-ctl %s: there is no store “%s”\n", ctl->command,
             ctl->store_path);
  else if ((db = uc_db_open (ctl->store_path, UC_DB_READ_ONLY, &error)) == NULL)
    uc_ctl_fail (ctl, ctl->store_path, error);
  return db;
}

static char *
dup_channel_id (UcCtl *ctl, const char *typed)
{
  g_autoptr (UcNames) names = uc_names_load (ctl);
  g_autoptr (UcChannel) channel = names != NULL ? uc_find_channel (ctl, names, typed) : NULL;

  return channel != NULL ? g_strdup (channel->id) : NULL;
}

gboolean
uc_store_look_up (UcCtl *ctl, const char *channel_name, char **channel_id, char **cache_folder)
{
  if (!uc_ctl_open_store_to_read (ctl) || !uc_ctl_load_account (ctl))
    return FALSE;
  if (channel_name != NULL && (*channel_id = dup_channel_id (ctl, channel_name)) == NULL)
    return FALSE;
  if (cache_folder != NULL)
    *cache_folder = uc_cache_folder_dup (ctl->site, ctl->user_id);
  return uc_ctl_close_store (ctl);
}
