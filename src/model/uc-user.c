/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People and bots, and what they are called. */

#include "config.h"

#include "uc-user.h"

#include "uc-record-private.h"

static const UcTextField user_texts[] = {
  UC_TEXT (UcUser, id),
  UC_TEXT (UcUser, username),
  UC_TEXT (UcUser, first_name),
  UC_TEXT (UcUser, last_name),
  UC_TEXT (UcUser, nickname),
  UC_TEXT (UcUser, position),
  UC_TEXT (UcUser, email),
  UC_TEXT (UcUser, roles),
  UC_TEXT (UcUser, locale),
  UC_TEXT (UcUser, custom_status_emoji),
  UC_TEXT (UcUser, custom_status_text),
  UC_TEXT (UcUser, bot_description),
  UC_TEXT_NULLABLE (UcUser, notify_props),
  UC_TEXT_NULLABLE (UcUser, timezone),
};

static void
user_clear (gpointer record)
{
  _uc_record_clear (record, user_texts, G_N_ELEMENTS (user_texts));
}

/**
 * uc_user_new:
 *
 * Returns: (transfer full): an empty user for the caller to fill before it is
 *   handed out
 */
UcUser *
uc_user_new (void)
{
  return _uc_record_new (sizeof (UcUser), user_texts, G_N_ELEMENTS (user_texts));
}

/**
 * uc_user_copy:
 * @self: a user
 *
 * Returns: (transfer full): another one, for the caller to change before it is
 *   handed out
 */
UcUser *
uc_user_copy (const UcUser *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _uc_record_copy (self, sizeof (UcUser), user_texts, G_N_ELEMENTS (user_texts));
}

/**
 * uc_user_ref:
 * @self: a user
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
UcUser *
uc_user_ref (const UcUser *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire ((UcUser *) self);
}

/**
 * uc_user_unref:
 * @self: (transfer full): a user
 *
 * Any thread.
 */
void
uc_user_unref (UcUser *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, user_clear);
}

/**
 * uc_user_has_role:
 * @self: a user
 * @role: one role, as "system_admin"
 *
 * Returns: %TRUE when @role is among its roles
 */
gboolean
uc_user_has_role (const UcUser *self, const char *role)
{
  g_auto (GStrv) roles = NULL;

  g_return_val_if_fail (self != NULL && role != NULL, FALSE);

  roles = g_strsplit (self->roles, " ", -1);
  return *role != '\0' && g_strv_contains ((const char *const *) roles, role);
}

static char *
dup_full_name (const UcUser *self)
{
  g_autofree char *name = g_strconcat (self->first_name, " ", self->last_name, NULL);

  return g_strdup (g_strstrip (name));
}

/**
 * uc_user_dup_display_name:
 * @self: a user
 * @format: what to prefer
 *
 * As it was entered: who shows it passes it through uc_sanitize_name().
 *
 * Returns: (transfer full): the name in @format, or the next better one that is not
 *   empty, at last the user name
 */
char *
uc_user_dup_display_name (const UcUser *self, UcNameFormat format)
{
  g_autofree char *nickname = NULL;
  g_autofree char *full_name = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  nickname = g_strstrip (g_strdup (self->nickname));
  full_name = dup_full_name (self);
  switch (format) {
  case UC_NAME_NICKNAME_FULL:
    if (*nickname != '\0')
      return g_steal_pointer (&nickname);
    G_GNUC_FALLTHROUGH;
  case UC_NAME_FULL:
    if (*full_name != '\0')
      return g_steal_pointer (&full_name);
    G_GNUC_FALLTHROUGH;
  case UC_NAME_USERNAME:
  default:
    return g_strdup (self->username);
  }
}
