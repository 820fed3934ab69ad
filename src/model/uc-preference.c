/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A user's preferences on the server, and whether people are there. */

#include "config.h"

#include "uc-preference.h"

#include "uc-record-private.h"

static const UcTextField preference_texts[] = {
  UC_TEXT (UcPreference, user_id),
  UC_TEXT (UcPreference, category),
  UC_TEXT (UcPreference, name),
  UC_TEXT (UcPreference, value),
};

static void
preference_clear (gpointer record)
{
  _uc_record_clear (record, preference_texts, G_N_ELEMENTS (preference_texts));
}

static const UcTextField status_texts[] = {
  UC_TEXT (UcStatus, user_id),
};

static void
status_clear (gpointer record)
{
  _uc_record_clear (record, status_texts, G_N_ELEMENTS (status_texts));
}

/**
 * uc_preference_new:
 * @user_id: whose it is
 * @category: the group of preferences
 * @name: which of them
 * @value: its value, always text
 *
 * Returns: (transfer full): the row, complete
 */
UcPreference *
uc_preference_new (const char *user_id, const char *category, const char *name, const char *value)
{
  UcPreference *self;

  g_return_val_if_fail (user_id != NULL && category != NULL, NULL);
  g_return_val_if_fail (name != NULL && value != NULL, NULL);

  self = _uc_record_new (sizeof (UcPreference), preference_texts, G_N_ELEMENTS (preference_texts));
  g_set_str (&self->user_id, user_id);
  g_set_str (&self->category, category);
  g_set_str (&self->name, name);
  g_set_str (&self->value, value);
  return self;
}

/**
 * uc_preference_ref:
 * @self: a preference
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
UcPreference *
uc_preference_ref (const UcPreference *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire ((UcPreference *) self);
}

/**
 * uc_preference_unref:
 * @self: (transfer full): a preference
 *
 * Any thread.
 */
void
uc_preference_unref (UcPreference *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, preference_clear);
}

/**
 * uc_status_new:
 *
 * Returns: (transfer full): an empty status for the caller to fill before it is
 *   handed out
 */
UcStatus *
uc_status_new (void)
{
  return _uc_record_new (sizeof (UcStatus), status_texts, G_N_ELEMENTS (status_texts));
}

/**
 * uc_status_ref:
 * @self: a status
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
UcStatus *
uc_status_ref (const UcStatus *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire ((UcStatus *) self);
}

/**
 * uc_status_unref:
 * @self: (transfer full): a status
 *
 * Any thread.
 */
void
uc_status_unref (UcStatus *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, status_clear);
}

/**
 * uc_presence_from_string:
 * @word: (nullable): the word of the API
 *
 * Returns: the presence, %UC_PRESENCE_OFFLINE for a word it does not know
 */
UcPresence
uc_presence_from_string (const char *word)
{
  if (g_strcmp0 (word, "online") == 0)
    return UC_PRESENCE_ONLINE;
  if (g_strcmp0 (word, "away") == 0)
    return UC_PRESENCE_AWAY;
  if (g_strcmp0 (word, "dnd") == 0)
    return UC_PRESENCE_DND;
  return UC_PRESENCE_OFFLINE;
}

/**
 * uc_presence_to_string:
 *
 * Returns: the word of the API
 */
const char *
uc_presence_to_string (UcPresence presence)
{
  switch (presence) {
  case UC_PRESENCE_ONLINE:
    return "online";
  case UC_PRESENCE_AWAY:
    return "away";
  case UC_PRESENCE_DND:
    return "dnd";
  case UC_PRESENCE_OFFLINE:
  default:
    return "offline";
  }
}
