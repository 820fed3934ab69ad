/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What makes a message a call. The address must stand in the text that everybody sees:
 * props alone, which a hostile post may fill as it likes, lead nowhere.
 */

#include "config.h"

#include "uc-meeting.h"

#include "uc-error.h"
#include "uc-id.h"
#include "uc-json-text.h"
#include "uc-sanitize.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define OUTER      "unified_chat"
#define MEMBER     "call"
#define ROOM_START "UnifiedChat-"
/* Nobody is in a meeting any more that was not ended. */
#define MAX_LENGTH_MS (8 * 60 * 60 * 1000)
#define MINUTE_MS     (60 * 1000)

static char *
dup_named_address (const UcPost *post)
{
  g_autofree char *address = uc_json_text_dup_inner_string (post->props, OUTER, MEMBER);

  return address != NULL && g_str_has_prefix (address, "https://") ? g_steal_pointer (&address)
                                                                   : NULL;
}

/**
 * uc_meeting_is_meeting:
 * @post: a post
 *
 * Any thread.
 *
 * Returns: whether @post was made for a call, going on or over
 */
gboolean
uc_meeting_is_meeting (const UcPost *post)
{
  g_autofree char *address = NULL;

  g_return_val_if_fail (post != NULL, FALSE);

  address = dup_named_address (post);
  return address != NULL;
}

/**
 * uc_meeting_dup_address:
 * @post: a post
 * @now_ms: the present, ms since 1970
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the address of the meeting, safe to be followed;
 *   %NULL when @post is no call, or one that is over
 */
char *
uc_meeting_dup_address (const UcPost *post, gint64 now_ms)
{
  g_autofree char *address = NULL;

  g_return_val_if_fail (post != NULL, NULL);

  if (*post->props == '\0' || post->delete_at_ms > 0 || now_ms - post->create_at_ms > MAX_LENGTH_MS)
    return NULL;
  address = dup_named_address (post);
  if (address == NULL || strstr (post->message, address) == NULL)
    return NULL;
  return uc_sanitize_dup_link (address);
}

/**
 * uc_meeting_check_template:
 * @template: an address with UC_MEETING_ROOM where the room goes
 *
 * Returns: whether meetings can be made with it
 */
gboolean
uc_meeting_check_template (const char *template, GError **error)
{
  g_autofree char *address = NULL;

  g_return_val_if_fail (template != NULL, FALSE);

  if (strstr (template, UC_MEETING_ROOM) == NULL) {
    g_set_error (error, UC_ERROR, UC_ERROR_INVALID,
                 /* Translators: the placeholder stays as it is. */
                 _ ("The address needs %s where the name of the room goes."), UC_MEETING_ROOM);
    return FALSE;
  }
  address = uc_meeting_make_address (template);
  if (g_str_has_prefix (template, "https://") && uc_sanitize_link (address, NULL))
    return TRUE;
  g_set_error_literal (error, UC_ERROR, UC_ERROR_INVALID,
                       _ ("This is no address that begins with https://"));
  return FALSE;
}

/**
 * uc_meeting_make_address:
 * @template: what uc_meeting_check_template() finds good
 *
 * Returns: (transfer full): the address of a meeting that has never been
 */
char *
uc_meeting_make_address (const char *template)
{
  g_autofree char *id = NULL;
  g_autofree char *room = NULL;
  g_autoptr (GString) address = NULL;

  g_return_val_if_fail (template != NULL, NULL);

  id = uc_id_new ();
  room = g_strconcat (ROOM_START, id, NULL);
  address = g_string_new (template);
  g_string_replace (address, UC_MEETING_ROOM, room, 1);
  return g_string_free (g_steal_pointer (&address), FALSE);
}

/**
 * uc_meeting_make_text:
 * @address: of the meeting
 *
 * Returns: (transfer full): what the message says while the call goes on
 */
char *
uc_meeting_make_text (const char *address)
{
  g_return_val_if_fail (address != NULL, NULL);

  /* Translators: an address follows. */
  return g_strdup_printf (_ ("📞 Call: %s"), address);
}

/**
 * uc_meeting_make_end_text:
 * @post: a call
 * @now_ms: the present, ms since 1970
 *
 * Returns: (transfer full): what the message says from now on
 */
char *
uc_meeting_make_end_text (const UcPost *post, gint64 now_ms)
{
  gint64 minutes;

  g_return_val_if_fail (post != NULL, NULL);

  minutes = MAX (now_ms - post->create_at_ms, 0) / MINUTE_MS;
  if (minutes == 0)
    return g_strdup (_ ("📞 Call ended"));
  return g_strdup_printf (
      ngettext ("📞 Call ended after %d minute", "📞 Call ended after %d minutes", (gulong) minutes),
      (int) minutes);
}

/**
 * uc_meeting_make_props:
 * @address: of the meeting
 *
 * Returns: (transfer full): the props of the message, JSON
 */
char *
uc_meeting_make_props (const char *address)
{
  g_return_val_if_fail (address != NULL, NULL);

  return uc_json_text_make_inner_string (OUTER, MEMBER, address);
}
