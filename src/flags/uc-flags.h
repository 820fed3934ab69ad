/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
#define UC_FLAG(name, default_value, has_fallback, owner, description) UC_FLAG_##name,
#include "uc-flag-list.def"
#undef UC_FLAG
  UC_N_FLAGS,
} UcFlagId;

typedef enum
{
  UC_FLAG_FROM_DEFAULT,
  UC_FLAG_FROM_CACHE,
  UC_FLAG_FROM_SERVER,
  UC_FLAG_FROM_OVERRIDE,    /* in preferences */
  UC_FLAG_FROM_ENVIRONMENT, /* UNIFIED_CHAT_FLAG_<NAME> */
  UC_FLAG_FROM_GUARD,       /* turned off for this session after repeated failure */
} UcFlagSource;

/**
 * UcFlags:
 *
 * The feature flags of one account: keeps the server's document, evaluates it by
 * the rules of extension-api.md for one user, and layers environment, override,
 * server, cache and default above each other. Main thread. It does no I/O: sync
 * hands it documents, and stores what it accepted.
 *
 * Signals: "changed" (UcFlags *, guint flag_id), when the outcome changed
 */
#define UC_TYPE_FLAGS (uc_flags_get_type ())
G_DECLARE_FINAL_TYPE (UcFlags, uc_flags, UC, FLAGS, GObject)

UcFlags     *uc_flags_new             (void) G_GNUC_WARN_UNUSED_RESULT;

void         uc_flags_set_user        (UcFlags       *self,
                                       const char    *user_id,
                                       const char    *roles);
/* @now_ms decides about starts_at. FALSE and UC_ERROR_PROTOCOL for what is not a
 * flags document: the last good one stays. @is_newer tells whether its revision
 * was higher (an equal one from @source SERVER only upgrades the source). */
gboolean     uc_flags_take_document   (UcFlags       *self,
                                       const char    *document,
                                       UcFlagSource   source,
                                       gint64         now_ms,
                                       gboolean      *is_newer,
                                       GError       **error);
/* Starts that have come meanwhile. */
void         uc_flags_refresh         (UcFlags       *self,
                                       gint64         now_ms);
/* -1 takes the override away. */
void         uc_flags_set_override    (UcFlags       *self,
                                       UcFlagId       flag,
                                       int            value);
void         uc_flags_trip            (UcFlags       *self,
                                       UcFlagId       flag,
                                       const char    *reason);

gboolean     uc_flags_is_on           (UcFlags       *self,
                                       UcFlagId       flag);
UcFlagSource uc_flags_get_source      (UcFlags       *self,
                                       UcFlagId       flag);
/* A sentence for the Features page: why it is on or off. */
char        *uc_flags_dup_reason      (UcFlags       *self,
                                       UcFlagId       flag) G_GNUC_WARN_UNUSED_RESULT;
/* What the document says of @flag, for the one who may change it; FALSE when it does
 * not name it. */
gboolean     uc_flags_get_rollout     (UcFlags       *self,
                                       UcFlagId       flag,
                                       gboolean      *is_enabled,
                                       double        *percentage);
/* Whether the traditional path may stand in when the new one fails. */
gboolean     uc_flags_has_fallback    (UcFlags       *self,
                                       UcFlagId       flag);
gboolean     uc_flags_is_monitored    (UcFlags       *self,
                                       UcFlagId       flag);
/* -1 without a document. */
gint64       uc_flags_get_revision    (UcFlags       *self);
char        *uc_flags_dup_document    (UcFlags       *self) G_GNUC_WARN_UNUSED_RESULT;

const char  *uc_flag_get_name         (UcFlagId       flag);
const char  *uc_flag_get_description  (UcFlagId       flag);
gboolean     uc_flag_from_name        (const char    *name,
                                       UcFlagId      *flag);

G_END_DECLS
