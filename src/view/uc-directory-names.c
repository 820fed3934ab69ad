/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people and conversations are called on the screen. */

#include "config.h"

#include "uc-directory-private.h"
#include "uc-sanitize.h"
#include "uc-thread.h"

#include <glib/gi18n-lib.h>
#include <string.h>

UcNameFormat
_uc_directory_read_name_format (GPtrArray *preferences)
{
  for (guint i = 0; i < preferences->len; i++) {
    const UcPreference *preference = preferences->pdata[i];

    if (strcmp (preference->category, "display_settings") != 0 ||
        strcmp (preference->name, "name_format") != 0)
      continue;
    if (strcmp (preference->value, "username") == 0)
      return UC_NAME_USERNAME;
    if (strcmp (preference->value, "nickname_full_name") == 0)
      return UC_NAME_NICKNAME_FULL;
  }
  return UC_NAME_FULL;
}

/**
 * uc_directory_dup_name:
 * @self: a directory
 * @user_id: a person
 *
 * Returns: (transfer full): what they are called by the preference; fit to be shown
 */
char *
uc_directory_dup_name (UcDirectory *self, const char *user_id)
{
  UcUser          *user = uc_directory_get_user (self, user_id);
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;

  if (user == NULL)
    return g_strdup (_ ("Someone"));
  name = uc_user_dup_display_name (user, uc_directory_get_name_format (self));
  shown = uc_sanitize_name (name);
  return *shown != '\0' ? g_steal_pointer (&shown) : uc_sanitize_name (user->username);
}

/* The first letter or digit of @word, in upper case. */
static void
append_initial (GString *out, const char *word)
{
  for (; *word != '\0'; word = g_utf8_next_char (word)) {
    gunichar c = g_utf8_get_char (word);

    if (g_unichar_isalnum (c)) {
      g_string_append_unichar (out, g_unichar_toupper (c));
      return;
    }
  }
}

/**
 * uc_directory_dup_initials:
 * @self: a directory
 * @user_id: a person
 *
 * Returns: (transfer full): one or two letters for a picture that is drawn
 */
char *
uc_directory_dup_initials (UcDirectory *self, const char *user_id)
{
  g_autofree char *name = uc_directory_dup_name (self, user_id);
  g_auto (GStrv) words = g_strsplit_set (name, " .-_", -1);
  GString *initials = g_string_new (NULL);
  guint    n_words = g_strv_length (words);

  append_initial (initials, words[0] != NULL ? words[0] : "");
  for (guint i = n_words; i > 1 && initials->len > 0; i--) {
    gsize length = initials->len;

    append_initial (initials, words[i - 1]);
    if (initials->len > length)
      break;
  }
  if (initials->len == 0)
    g_string_append_c (initials, '?');
  return g_string_free_and_steal (initials);
}

/**
 * uc_directory_get_hue:
 * @user_id: a person
 *
 * Returns: a hue in [0, 360) that is always the same for them
 */
guint
uc_directory_get_hue (const char *user_id)
{
  g_return_val_if_fail (user_id != NULL, 0);

  return g_str_hash (user_id) % 360;
}

/* A group's name is the user names of its people; they are shown as they are called. */
static char *
dup_group_name (UcDirectory *self, const UcChannel *channel)
{
  UcUser *me = uc_directory_get_user (self, _uc_directory_get_my_id (self));
  g_auto (GStrv) usernames = g_strsplit (channel->display_name, ",", -1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; usernames[i] != NULL; i++) {
    const char *username = g_strstrip (usernames[i]);
    UcUser     *user;

    if (*username == '\0' || (me != NULL && strcmp (me->username, username) == 0))
      continue;
    user = uc_directory_get_by_username (self, username);
    if (user != NULL)
      g_ptr_array_add (names, uc_directory_dup_name (self, user->id));
    else
      g_ptr_array_add (names, uc_sanitize_name (username));
  }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static char *
dup_direct_name (UcDirectory *self, const UcChannel *channel)
{
  const char      *my_user_id = _uc_directory_get_my_id (self);
  g_autofree char *partner_id = uc_channel_dup_partner_id (channel, my_user_id);
  g_autofree char *name = NULL;

  if (partner_id == NULL)
    return NULL;
  name = uc_directory_dup_name (self, partner_id);
  if (strcmp (partner_id, my_user_id) == 0)
    /* Translators: the conversation with oneself; the name of the user. */
    return g_strdup_printf (_ ("%s (you)"), name);
  return g_steal_pointer (&name);
}

/**
 * uc_directory_dup_channel_name:
 * @self: a directory
 * @channel: a channel
 *
 * Returns: (transfer full): what it is called, fit to be shown
 */
char *
uc_directory_dup_channel_name (UcDirectory *self, UcChannel *channel)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (UC_IS_DIRECTORY (self), NULL);
  g_return_val_if_fail (channel != NULL, NULL);
  UC_ASSERT_MAIN_THREAD ();

  if (channel->type == UC_CHANNEL_DIRECT)
    name = dup_direct_name (self, channel);
  else if (channel->type == UC_CHANNEL_GROUP)
    name = dup_group_name (self, channel);
  if (name == NULL || *name == '\0') {
    g_free (name);
    name = uc_sanitize_name (channel->display_name);
  }
  return *name != '\0' ? g_steal_pointer (&name) : uc_sanitize_name (channel->name);
}
