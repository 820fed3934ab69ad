/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The records of the model: plain data with an atomic reference count. Whoever
 * makes one fills its fields and then hands it out; from then on it is immutable
 * and may be read on any thread. Strings are never NULL unless the field says
 * (nullable). Times are milliseconds since 1970 UTC, 0 means never. */

typedef struct _UcUser       UcUser;
typedef struct _UcTeam       UcTeam;
typedef struct _UcChannel    UcChannel;
typedef struct _UcMember     UcMember;
typedef struct _UcPost       UcPost;
typedef struct _UcReaction   UcReaction;
typedef struct _UcFile       UcFile;
typedef struct _UcAnnotation UcAnnotation;
typedef struct _UcMessage    UcMessage;
typedef struct _UcLogin      UcLogin;
typedef struct _UcPreference UcPreference;
typedef struct _UcStatus     UcStatus;

G_END_DECLS
