/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-types.h"

G_BEGIN_DECLS

/**
 * UcPreference:
 *
 * One row of a user's preferences on the server (protocol.md 12).
 */
struct _UcPreference
{
  char *user_id;
  char *category;
  char *name;
  char *value;
};

UcPreference *uc_preference_new   (const char *user_id,
                                   const char *category,
                                   const char *name,
                                   const char *value) G_GNUC_WARN_UNUSED_RESULT;
UcPreference *uc_preference_ref   (const UcPreference *self);
void          uc_preference_unref (UcPreference       *self);

typedef enum
{
  UC_PRESENCE_OFFLINE,
  UC_PRESENCE_AWAY,
  UC_PRESENCE_DND,
  UC_PRESENCE_ONLINE,
} UcPresence;

/**
 * UcStatus:
 *
 * Whether a person is there (protocol.md 13).
 */
struct _UcStatus
{
  char      *user_id;
  UcPresence presence;
  gboolean   is_manual;
  gint64     last_activity_at_ms;
};

UcStatus   *uc_status_new              (void) G_GNUC_WARN_UNUSED_RESULT;
UcStatus   *uc_status_ref              (const UcStatus *self);
void        uc_status_unref            (UcStatus       *self);

UcPresence  uc_presence_from_string    (const char *word);
const char *uc_presence_to_string      (UcPresence  presence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcPreference, uc_preference_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcStatus, uc_status_unref)

G_END_DECLS
