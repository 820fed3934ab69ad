/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"

G_BEGIN_DECLS

/**
 * UcPeople:
 *
 * Sees to it that everybody who appears is in the store: collects the ids of
 * authors and partners, asks the server for those that are not there, many at a
 * time, and reads the members of teams in the background. Main thread.
 *
 * Signals: "progress" (UcPeople *): nobody is waited for any more
 */
#define UC_TYPE_PEOPLE (uc_people_get_type ())
G_DECLARE_FINAL_TYPE (UcPeople, uc_people, UC, PEOPLE, GObject)

UcPeople *_uc_people_new (UcContext *context) G_GNUC_WARN_UNUSED_RESULT;

/* Fetched unless stored. */
void _uc_people_want (UcPeople *self, const char *user_id);
/* The author, those who reacted. */
void _uc_people_want_of (UcPeople *self, const UcPost *post);
/* Fetched even when stored: the record may have changed. */
void _uc_people_refresh (UcPeople *self, const char *user_id);
/* Everybody in a team, in the background, as far as that is reasonable. */
void _uc_people_read_team (UcPeople *self, const char *team_id);
/* Everybody in a group channel. */
void     _uc_people_read_channel (UcPeople *self, const char *channel_id);
gboolean _uc_people_is_idle (UcPeople *self);
/* Gives up what is under way. */
void _uc_people_stop (UcPeople *self);

G_END_DECLS
