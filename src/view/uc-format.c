/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Times, counts and states in words, in the user's language and local time. System
 * posts have uc-format-system.c. Pure; nothing here looks at a clock.
 */

#include "config.h"

#include "uc-format.h"

#include "uc-emoji.h"
#include "uc-format-private.h"
#include "uc-sanitize.h"

#include <glib/gi18n-lib.h>

#define MAX_COUNT 99

/* (nullable): what no calendar has; the server's clock is not to be trusted. */
static GDateTime *
new_local (gint64 time_ms)
{
  gint64 time_us = CLAMP (time_ms, G_MININT64 / 1000, G_MAXINT64 / 1000) * 1000;

  return g_date_time_new_from_unix_local_usec (time_us);
}

static GDateTime *
to_local (gint64 time_ms)
{
  GDateTime *time = new_local (time_ms);

  return time != NULL ? time : g_date_time_new_from_unix_local (0);
}

/* Days since the epoch of the calendar, local. */
static gint
get_day_number (GDateTime *time)
{
  GDate date;
  gint  year, month, day;

  g_date_time_get_ymd (time, &year, &month, &day);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return (gint) g_date_get_julian (&date);
}

/* The local day that @time_ms lies in: from its midnight to the next, which is not always
 * 24 hours after. What no calendar has is one long day. */
void
_uc_format_get_day_bounds (gint64 time_ms, gint64 *start_ms, gint64 *end_ms)
{
  g_autoptr (GDateTime) time = new_local (time_ms);
  g_autoptr (GDateTime) noon = NULL;
  g_autoptr (GDateTime) start = NULL;
  g_autoptr (GDateTime) end = NULL;
  gint year, month, day;

  *start_ms = time_ms < 0 ? G_MININT64 : time_ms;
  *end_ms = time_ms < 0 ? 0 : G_MAXINT64;
  if (time == NULL)
    return;
  g_date_time_get_ymd (time, &year, &month, &day);
  start = g_date_time_new_local (year, month, day, 0, 0, 0);
  noon = g_date_time_new_local (year, month, day, 12, 0, 0);
  if (start == NULL || noon == NULL)
    return;
  *start_ms = MIN (g_date_time_to_unix (start) * 1000, time_ms);
  end = g_date_time_add_days (noon, 1);
  if (end == NULL)
    return;
  g_date_time_get_ymd (end, &year, &month, &day);
  g_clear_pointer (&end, g_date_time_unref);
  end = g_date_time_new_local (year, month, day, 0, 0, 0);
  if (end != NULL)
    *end_ms = MAX (g_date_time_to_unix (end) * 1000, time_ms + 1);
}

static char *
format (GDateTime *time, const char *pattern)
{
  char *text = g_date_time_format (time, pattern);

  /* A translated pattern may be broken. */
  return text != NULL ? text : g_date_time_format (time, "%F %R");
}

static const char *
get_time_pattern (gboolean use_24h)
{
  /* Translators: a time of day, as g_date_time_format() takes it. */
  return use_24h ? C_ ("time of day", "%H:%M") : C_ ("time of day", "%-l:%M %p");
}

/**
 * uc_format_day:
 * @day_ms: a time of the day, ms since 1970
 * @now_ms: the present, ms since 1970
 *
 * Returns: (transfer full): what a new day in a conversation is called
 */
char *
uc_format_day (gint64 day_ms, gint64 now_ms)
{
  g_autoptr (GDateTime) day = to_local (day_ms);
  g_autoptr (GDateTime) now = to_local (now_ms);
  gint n_days = get_day_number (now) - get_day_number (day);

  if (n_days == 0)
    return g_strdup (_ ("Today"));
  if (n_days == 1)
    return g_strdup (_ ("Yesterday"));
  if (g_date_time_get_year (day) == g_date_time_get_year (now))
    /* Translators: a day of this year, as g_date_time_format() takes it. */
    return format (day, C_ ("day", "%A, %-e %B"));
  /* Translators: a day of another year, as g_date_time_format() takes it. */
  return format (day, C_ ("day", "%A, %-e %B %Y"));
}

/**
 * uc_format_time:
 * @time_ms: ms since 1970
 * @use_24h: whether hours go to 24
 *
 * Returns: (transfer full): the time of day
 */
char *
uc_format_time (gint64 time_ms, gboolean use_24h)
{
  g_autoptr (GDateTime) time = to_local (time_ms);

  return format (time, get_time_pattern (use_24h));
}

/**
 * uc_format_full_time:
 * @time_ms: ms since 1970
 * @use_24h: whether hours go to 24
 *
 * Returns: (transfer full): day and time in full, for tooltips and screen readers
 */
char *
uc_format_full_time (gint64 time_ms, gboolean use_24h)
{
  g_autoptr (GDateTime) time = to_local (time_ms);
  g_autofree char *day = format (time, C_ ("day", "%A, %-e %B %Y"));
  g_autofree char *clock = format (time, get_time_pattern (use_24h));

  /* Translators: a day, then a time of day. */
  return g_strdup_printf (_ ("%1$s, %2$s"), day, clock);
}

/**
 * uc_format_short_time:
 * @time_ms: ms since 1970
 * @now_ms: the present, ms since 1970
 * @use_24h: whether hours go to 24
 *
 * Returns: (transfer full): the least that tells when: a time, a weekday, a date
 */
char *
uc_format_short_time (gint64 time_ms, gint64 now_ms, gboolean use_24h)
{
  g_autoptr (GDateTime) time = to_local (time_ms);
  g_autoptr (GDateTime) now = to_local (now_ms);
  gint n_days = get_day_number (now) - get_day_number (time);

  if (n_days == 0)
    return format (time, get_time_pattern (use_24h));
  if (n_days > 0 && n_days < 7)
    /* Translators: a weekday in short, as g_date_time_format() takes it. */
    return format (time, C_ ("short day", "%a"));
  if (g_date_time_get_year (time) == g_date_time_get_year (now))
    /* Translators: a day of this year in short, as g_date_time_format() takes it. */
    return format (time, C_ ("short day", "%-e %b"));
  /* Translators: a day of another year in short, as g_date_time_format() takes it. */
  return format (time, C_ ("short day", "%-e %b %Y"));
}

/**
 * uc_format_size:
 * @size_bytes: how large a file is
 *
 * Returns: (transfer full): the size in kB, MB …
 */
char *
uc_format_size (gint64 size_bytes)
{
  return g_format_size ((guint64) MAX (size_bytes, 0));
}

/**
 * uc_format_count:
 * @count: of unread messages or mentions
 *
 * Returns: (transfer full): the count as it fits on a badge; "" for none
 */
char *
uc_format_count (gint64 count)
{
  if (count <= 0)
    return g_strdup ("");
  if (count > MAX_COUNT)
    /* Translators: more than can be shown on a badge. */
    return g_strdup_printf (_ ("%d+"), MAX_COUNT);
  return g_strdup_printf ("%" G_GINT64_FORMAT, count);
}

/**
 * uc_format_typing:
 * @names: (element-type utf8): who types now, as they are called
 *
 * Returns: (transfer full): a sentence; "" when nobody does
 */
char *
uc_format_typing (GPtrArray *names)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  g_return_val_if_fail (names != NULL, NULL);

  if (names->len == 0)
    return g_strdup ("");
  if (names->len > 3)
    return g_strdup (_ ("Several people are typing…"));
  first = uc_sanitize_name_isolated (names->pdata[0]);
  if (names->len == 1)
    return g_strdup_printf (_ ("%s is typing…"), first);
  second = uc_sanitize_name_isolated (names->pdata[1]);
  if (names->len == 2)
    return g_strdup_printf (_ ("%1$s and %2$s are typing…"), first, second);
  third = uc_sanitize_name_isolated (names->pdata[2]);
  return g_strdup_printf (_ ("%1$s, %2$s and %3$s are typing…"), first, second, third);
}

static const char *
get_queued_reason (UcSyncState sync_state)
{
  switch (sync_state) {
  case UC_SYNC_STOPPED:
  case UC_SYNC_OFFLINE:
    return _ ("Waiting for the server");
  case UC_SYNC_CONNECTING:
  case UC_SYNC_CATCHING_UP:
    return _ ("Waiting until connected");
  case UC_SYNC_NEEDS_TOKEN:
    return _ ("Waiting for the keyring");
  case UC_SYNC_NEEDS_LOGIN:
    return _ ("Waiting for you to sign in again");
  case UC_SYNC_LIVE:
  case UC_SYNC_POLLING:
  default:
    return _ ("Waiting for its turn");
  }
}

/**
 * uc_format_custom_status:
 * @user: (nullable): a person
 * @now_ms: the present, ms since 1970
 *
 * Returns: (transfer full) (nullable): what the person has set, while it holds: a server
 *   does not take away what has ended (protocol.md 13)
 */
char *
uc_format_custom_status (const UcUser *user, gint64 now_ms)
{
  const char *emoji;

  if (user == NULL || (*user->custom_status_text == '\0' && *user->custom_status_emoji == '\0') ||
      (user->custom_status_expires_ms > 0 && user->custom_status_expires_ms <= now_ms))
    return NULL;
  emoji = uc_emoji_from_name (user->custom_status_emoji);
  return g_strconcat (emoji != NULL ? emoji : "",
                      emoji != NULL && *user->custom_status_text != '\0' ? " " : "",
                      user->custom_status_text, NULL);
}

/**
 * uc_format_send_state:
 * @state: how far the message has come
 * @error: (nullable): why it failed, or what it waits for, if that is known
 * @sync_state: where the account stands with its server
 *
 * Returns: (transfer full): why a message of ours is not there yet; "" when it is
 */
char *
uc_format_send_state (UcSendState state, const char *error, UcSyncState sync_state)
{
  gboolean has_error = error != NULL && *error != '\0';

  switch (state) {
  case UC_SEND_QUEUED:
    return g_strdup (has_error ? error : get_queued_reason (sync_state));
  case UC_SEND_SENDING:
    return g_strdup (_ ("Sending…"));
  case UC_SEND_IN_DOUBT:
    return g_strdup (_ ("Checking whether it arrived…"));
  case UC_SEND_FAILED:
    return has_error ? g_strdup_printf (_ ("Not sent: %s"), error) : g_strdup (_ ("Not sent"));
  case UC_SEND_NONE:
  case UC_SEND_DONE:
  default:
    return g_strdup ("");
  }
}

/**
 * uc_format_category:
 * @category: what a message is about
 *
 * Returns: (transfer none): the word for it; "" when it is not classified
 */
const char *
uc_format_category (UcCategory category)
{
  switch (category) {
  case UC_CATEGORY_REQUEST:
    return C_ ("category", "Request");
  case UC_CATEGORY_QUESTION:
    return C_ ("category", "Question");
  case UC_CATEGORY_INCIDENT:
    return C_ ("category", "Incident");
  case UC_CATEGORY_SCHEDULING:
    return C_ ("category", "Scheduling");
  case UC_CATEGORY_DECISION:
    return C_ ("category", "Decision");
  case UC_CATEGORY_UPDATE:
    return C_ ("category", "Update");
  case UC_CATEGORY_SOCIAL:
    return C_ ("category", "Social");
  case UC_CATEGORY_NONE:
  default:
    return "";
  }
}

/**
 * uc_format_category_icon:
 * @category: what a message is about
 *
 * Returns: (transfer none) (nullable): a symbolic icon of the standard theme
 */
const char *
uc_format_category_icon (UcCategory category)
{
  switch (category) {
  case UC_CATEGORY_REQUEST:
    return "task-due-symbolic";
  case UC_CATEGORY_QUESTION:
    return "dialog-question-symbolic";
  case UC_CATEGORY_INCIDENT:
    return "dialog-warning-symbolic";
  case UC_CATEGORY_SCHEDULING:
    return "x-office-calendar-symbolic";
  case UC_CATEGORY_DECISION:
    return "object-select-symbolic";
  case UC_CATEGORY_UPDATE:
    return "dialog-information-symbolic";
  case UC_CATEGORY_SOCIAL:
    return "face-smile-symbolic";
  case UC_CATEGORY_NONE:
  default:
    return NULL;
  }
}

/**
 * uc_format_priority:
 * @priority: how urgent a message is
 *
 * Returns: (transfer none): the word for it; "" when it is not classified
 */
const char *
uc_format_priority (UcPriority priority)
{
  switch (priority) {
  case UC_PRIORITY_LOW:
    return C_ ("priority", "Low");
  case UC_PRIORITY_NORMAL:
    return C_ ("priority", "Normal");
  case UC_PRIORITY_HIGH:
    return C_ ("priority", "High");
  case UC_PRIORITY_CRITICAL:
    return C_ ("priority", "Critical");
  case UC_PRIORITY_NONE:
  default:
    return "";
  }
}
