/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Conversations, and who the other one is in a direct one. */

#include "config.h"

#include "uc-channel.h"

#include "uc-record-private.h"

#include <string.h>

static const UcTextField channel_texts[] = {
  UC_TEXT (UcChannel, id),           UC_TEXT (UcChannel, team_id), UC_TEXT (UcChannel, name),
  UC_TEXT (UcChannel, display_name), UC_TEXT (UcChannel, header),  UC_TEXT (UcChannel, purpose),
  UC_TEXT (UcChannel, creator_id),
};

static void
channel_clear (gpointer record)
{
  _uc_record_clear (record, channel_texts, G_N_ELEMENTS (channel_texts));
}

/**
 * uc_channel_new:
 *
 * Returns: (transfer full): an empty channel for the caller to fill before it is
 *   handed out
 */
UcChannel *
uc_channel_new (void)
{
  return _uc_record_new (sizeof (UcChannel), channel_texts, G_N_ELEMENTS (channel_texts));
}

/**
 * uc_channel_copy:
 * @self: a channel
 *
 * Returns: (transfer full): another one, for the caller to change before it is
 *   handed out
 */
UcChannel *
uc_channel_copy (const UcChannel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _uc_record_copy (self, sizeof (UcChannel), channel_texts, G_N_ELEMENTS (channel_texts));
}

/**
 * uc_channel_ref:
 * @self: a channel
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
UcChannel *
uc_channel_ref (const UcChannel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire ((UcChannel *) self);
}

/**
 * uc_channel_unref:
 * @self: (transfer full): a channel
 *
 * Any thread.
 */
void
uc_channel_unref (UcChannel *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, channel_clear);
}

/**
 * uc_channel_dup_partner_id:
 * @self: a channel
 * @my_user_id: whose view it is
 *
 * Returns: (transfer full) (nullable): the other one's user id, one's own in the
 *   channel with oneself; %NULL when it is no direct channel of @my_user_id
 */
char *
uc_channel_dup_partner_id (const UcChannel *self, const char *my_user_id)
{
  g_auto (GStrv) ids = NULL;

  g_return_val_if_fail (self != NULL && my_user_id != NULL, NULL);

  if (self->type != UC_CHANNEL_DIRECT)
    return NULL;
  ids = g_strsplit (self->name, "__", -1);
  if (g_strv_length (ids) != 2)
    return NULL;
  if (strcmp (ids[0], my_user_id) == 0)
    return g_strdup (ids[1]);
  return strcmp (ids[1], my_user_id) == 0 ? g_strdup (ids[0]) : NULL;
}

/**
 * uc_channel_type_from_string:
 * @type: (nullable): the letter of the API
 *
 * Returns: the type, %UC_CHANNEL_UNKNOWN for a letter of a newer server
 */
UcChannelType
uc_channel_type_from_string (const char *type)
{
  if (g_strcmp0 (type, "O") == 0)
    return UC_CHANNEL_OPEN;
  if (g_strcmp0 (type, "P") == 0)
    return UC_CHANNEL_PRIVATE;
  if (g_strcmp0 (type, "D") == 0)
    return UC_CHANNEL_DIRECT;
  if (g_strcmp0 (type, "G") == 0)
    return UC_CHANNEL_GROUP;
  return UC_CHANNEL_UNKNOWN;
}

/**
 * uc_channel_type_to_string:
 *
 * Returns: the letter of the API, "" for %UC_CHANNEL_UNKNOWN
 */
const char *
uc_channel_type_to_string (UcChannelType type)
{
  switch (type) {
  case UC_CHANNEL_OPEN:
    return "O";
  case UC_CHANNEL_PRIVATE:
    return "P";
  case UC_CHANNEL_DIRECT:
    return "D";
  case UC_CHANNEL_GROUP:
    return "G";
  case UC_CHANNEL_UNKNOWN:
  default:
    return "";
  }
}
