/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-types.h"

G_BEGIN_DECLS

/**
 * UcUser:
 *
 * A person or a bot. @roles is the space separated list of the API.
 * @custom_status_* are taken apart from `props.customStatus`; the emoji is a
 * short name without colons and @custom_status_expires_ms is 0 when it stays.
 * @notify_props and @timezone are JSON texts as the server has them, (nullable).
 */
struct _UcUser
{
  char    *id;
  char    *username;
  char    *first_name;
  char    *last_name;
  char    *nickname;
  char    *position;
  char    *email;
  char    *roles;
  char    *locale;
  char    *custom_status_emoji;
  char    *custom_status_text;
  gint64   custom_status_expires_ms;
  char    *notify_props; /* (nullable) JSON, one's own record only */
  char    *timezone;     /* (nullable) JSON */
  char    *bot_description;
  gint64   create_at_ms;
  gint64   update_at_ms;
  gint64   delete_at_ms;
  gint64   last_picture_update_ms;
  gint64   last_password_update_ms; /* one's own record only */
  gboolean is_bot;
  gboolean is_mfa_active;
};

UcUser  *uc_user_new              (void) G_GNUC_WARN_UNUSED_RESULT;
UcUser  *uc_user_copy             (const UcUser *self) G_GNUC_WARN_UNUSED_RESULT;
UcUser  *uc_user_ref              (const UcUser *self);
void     uc_user_unref            (UcUser       *self);

gboolean uc_user_has_role         (const UcUser *self,
                                   const char   *role);

/* How a person is called: the preference display_settings/name_format. */
typedef enum
{
  UC_NAME_USERNAME,
  UC_NAME_FULL,
  UC_NAME_NICKNAME_FULL,
} UcNameFormat;

char    *uc_user_dup_display_name (const UcUser *self,
                                   UcNameFormat  format) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcUser, uc_user_unref)

G_END_DECLS
