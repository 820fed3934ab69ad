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

static GHashTable *
make_titles (UcCtl *ctl, UcNames *names)
{
  g_autoptr (GPtrArray) states = uc_find_all_channels (ctl);
  GHashTable *titles;

  if (states == NULL)
    return NULL;
  titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < states->len; i++) {
    const UcChannel *channel = ((UcChannelState *) g_ptr_array_index (states, i))->channel;

    g_hash_table_insert (titles, g_strdup (channel->id),
                         uc_names_dup_channel (names, channel, ctl->user_id));
  }
  return titles;
}

gboolean
uc_store_look_up (UcCtl       *ctl,
                  const char  *channel_name,
                  char       **channel_id,
                  char       **cache_folder,
                  GHashTable **titles)
{
  g_autoptr (UcNames) names = NULL;
  g_autoptr (UcChannel) channel = NULL;

  if (!uc_ctl_open_store_to_read (ctl) || !uc_ctl_load_account (ctl) ||
      (names = uc_names_load (ctl)) == NULL ||
      (channel_name != NULL && (channel = uc_find_channel (ctl, names, channel_name)) == NULL) ||
      (titles != NULL && (*titles = make_titles (ctl, names)) == NULL))
    return FALSE;
  if (channel != NULL)
    *channel_id = g_strdup (channel->id);
  if (cache_folder != NULL)
    *cache_folder = uc_cache_folder_dup (ctl->site, ctl->user_id);
  return uc_ctl_close_store (ctl);
}
