/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people, conversations and moments are called in an export. */

#include "config.h"

#include "uc-export-private.h"

#include "uc-sanitize.h"

#include <glib/gi18n-lib.h>

static char *
dup_person (UcExport *self, const char *user_id)
{
  UcUser *user = g_hash_table_lookup (self->users, user_id);

  return user != NULL ? uc_user_dup_display_name (user, UC_NAME_FULL) : g_strdup (user_id);
}

char *
_uc_export_dup_author (UcExport *self, const UcPost *post)
{
  g_autofree char *name = post->override_name != NULL ? g_strdup (post->override_name)
                                                      : dup_person (self, post->user_id);

  return uc_sanitize_name (name);
}

const char *
_uc_export_get_username (UcExport *self, const char *user_id)
{
  UcUser *user = g_hash_table_lookup (self->users, user_id);

  return user != NULL ? user->username : "";
}

char *
_uc_export_dup_title (UcExport *self, const UcChannel *channel)
{
  g_autofree char *partner_id = uc_channel_dup_partner_id (channel, self->user_id);
  g_autofree char *name = NULL;

  if (channel->type == UC_CHANNEL_DIRECT)
    name = dup_person (self, partner_id != NULL ? partner_id : self->user_id);
  else if (*channel->display_name != '\0')
    name = g_strdup (channel->display_name);
  else
    name = g_strdup (*channel->name != '\0' ? channel->name : channel->id);
  return uc_sanitize_name (name);
}

char *
_uc_export_dup_time (gint64 time_ms, const char *format)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (time_ms / 1000);

  return time != NULL ? g_date_time_format (time, format) : g_strdup ("?");
}

char *
_uc_export_dup_text (const UcMessage *message)
{
  return uc_sanitize_text (message->edit_text != NULL ? message->edit_text : message->post->message,
                           -1);
}

const char *
_uc_export_get_note (const UcMessage *message)
{
  switch (message->send_state) {
  case UC_SEND_QUEUED:
  case UC_SEND_SENDING:
  case UC_SEND_IN_DOUBT:
    return message->edit_text != NULL ? _ ("The change is not sent yet") : _ ("Not sent yet");
  case UC_SEND_FAILED:
    return message->edit_text != NULL ? _ ("The change was not sent") : _ ("Not sent");
  case UC_SEND_NONE:
  case UC_SEND_DONE:
  default:
    return NULL;
  }
}

const char *
_uc_export_get_state (UcSendState state)
{
  switch (state) {
  case UC_SEND_QUEUED:
    return "queued";
  case UC_SEND_SENDING:
    return "sending";
  case UC_SEND_IN_DOUBT:
    return "in_doubt";
  case UC_SEND_FAILED:
    return "failed";
  case UC_SEND_DONE:
    return "done";
  case UC_SEND_NONE:
  default:
    return "none";
  }
}
