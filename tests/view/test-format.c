/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words for times, counts and states; the zone is Berlin's, with its summer time. */

#include "config.h"

#include "uc-format.h"

#include "uc-user.h"

#include <locale.h>

/* 2026-11-20 14:05:09 local, a Friday. */
#define NOW_MS G_GINT64_CONSTANT (1795179909000)
#define HOUR   (60 * 60 * 1000)
#define DAY    (24 * G_GINT64_CONSTANT (3600000))

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_day (void)
{
  assert_text (uc_format_day (NOW_MS, NOW_MS), "Today");
  assert_text (uc_format_day (NOW_MS - 14 * HOUR, NOW_MS), "Today");
  assert_text (uc_format_day (NOW_MS - 15 * HOUR, NOW_MS), "Yesterday");
  assert_text (uc_format_day (NOW_MS - 2 * DAY, NOW_MS), "Wednesday, 18 November");
  assert_text (uc_format_day (NOW_MS - 365 * DAY, NOW_MS), "Thursday, 20 November 2025");
  /* A server ahead of us. */
  assert_text (uc_format_day (NOW_MS + DAY, NOW_MS), "Saturday, 21 November");
  /* The day of 25 hours: midnight to midnight is one day. */
  assert_text (uc_format_day (G_GINT64_CONSTANT (1792879200000), G_GINT64_CONSTANT (1792969200000)),
               "Yesterday");
}

static void
test_time (void)
{
  assert_text (uc_format_time (NOW_MS, TRUE), "14:05");
  assert_text (uc_format_time (NOW_MS, FALSE), "2:05 PM");
  assert_text (uc_format_full_time (NOW_MS, TRUE), "Friday, 20 November 2026, 14:05");
  /* Summer time is an hour ahead. */
  assert_text (uc_format_time (NOW_MS - 120 * DAY, TRUE), "15:05");
}

static void
test_short_time (void)
{
  assert_text (uc_format_short_time (NOW_MS - HOUR, NOW_MS, TRUE), "13:05");
  assert_text (uc_format_short_time (NOW_MS - HOUR, NOW_MS, FALSE), "1:05 PM");
  assert_text (uc_format_short_time (NOW_MS - 2 * DAY, NOW_MS, TRUE), "Wed");
  assert_text (uc_format_short_time (NOW_MS - 6 * DAY, NOW_MS, TRUE), "Sat");
  assert_text (uc_format_short_time (NOW_MS - 7 * DAY, NOW_MS, TRUE), "13 Nov");
  assert_text (uc_format_short_time (NOW_MS - 365 * DAY, NOW_MS, TRUE), "20 Nov 2025");
}

/* Times no calendar has must not end the program. */
static void
test_absurd_time (void)
{
  g_autofree char *far = uc_format_full_time (G_MAXINT64, TRUE);
  g_autofree char *before = uc_format_day (G_MININT64, NOW_MS);

  g_assert_nonnull (far);
  g_assert_nonnull (before);
}

static void
test_numbers (void)
{
  assert_text (uc_format_size (0), "0 bytes");
  assert_text (uc_format_size (-5), "0 bytes");
  assert_text (uc_format_size (1500000), "1.5\xc2\xa0MB");
  assert_text (uc_format_count (-1), "");
  assert_text (uc_format_count (0), "");
  assert_text (uc_format_count (1), "1");
  assert_text (uc_format_count (99), "99");
  assert_text (uc_format_count (100), "99+");
}

static void
assert_typing (const char *const *names, const char *expected)
{
  g_autoptr (GPtrArray) array = g_ptr_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (array, (char *) names[i]);
  assert_text (uc_format_typing (array), expected);
}

static void
test_typing (void)
{
  static const char *const names[] = { "Anna", "Ben", "Cleo", "Dora", NULL };
  const char              *some[5] = { NULL };

  assert_typing (some, "");
  some[0] = names[0];
  assert_typing (some, "\u2068Anna\u2069 is typing…");
  some[1] = names[1];
  assert_typing (some, "\u2068Anna\u2069 and \u2068Ben\u2069 are typing…");
  some[2] = names[2];
  assert_typing (some, "\u2068Anna\u2069, \u2068Ben\u2069 and \u2068Cleo\u2069 are typing…");
  some[3] = names[3];
  assert_typing (some, "Several people are typing…");
  /* A name that turns the direction of text around turns nothing else. */
  assert_typing ((const char *[]){ "A\u202enna", NULL }, "\u2068Anna\u2069 is typing…");
}

static void
test_send_state (void)
{
  assert_text (uc_format_send_state (UC_SEND_NONE, NULL, UC_SYNC_LIVE), "");
  assert_text (uc_format_send_state (UC_SEND_DONE, "x", UC_SYNC_LIVE), "");
  assert_text (uc_format_send_state (UC_SEND_QUEUED, NULL, UC_SYNC_OFFLINE),
               "Waiting for the server");
  assert_text (uc_format_send_state (UC_SEND_QUEUED, "", UC_SYNC_NEEDS_LOGIN),
               "Waiting for you to sign in again");
  assert_text (uc_format_send_state (UC_SEND_QUEUED, "The server asks to wait", UC_SYNC_LIVE),
               "The server asks to wait");
  assert_text (uc_format_send_state (UC_SEND_SENDING, NULL, UC_SYNC_LIVE), "Sending…");
  assert_text (uc_format_send_state (UC_SEND_IN_DOUBT, NULL, UC_SYNC_LIVE),
               "Checking whether it arrived…");
  assert_text (uc_format_send_state (UC_SEND_FAILED, "too long", UC_SYNC_LIVE),
               "Not sent: too long");
  assert_text (uc_format_send_state (UC_SEND_FAILED, NULL, UC_SYNC_LIVE), "Not sent");
  for (int state = UC_SYNC_STOPPED; state <= UC_SYNC_NEEDS_LOGIN; state++) {
    g_autofree char *text = uc_format_send_state (UC_SEND_QUEUED, NULL, (UcSyncState) state);

    g_assert_cmpstr (text, !=, "");
  }
}

static void
test_flags (void)
{
  g_assert_cmpstr (uc_format_category (UC_CATEGORY_NONE), ==, "");
  g_assert_null (uc_format_category_icon (UC_CATEGORY_NONE));
  for (int i = 1; i < UC_N_CATEGORIES; i++) {
    g_assert_cmpstr (uc_format_category ((UcCategory) i), !=, "");
    g_assert_true (g_str_has_suffix (uc_format_category_icon ((UcCategory) i), "-symbolic"));
    for (int k = 1; k < i; k++)
      g_assert_cmpstr (uc_format_category_icon ((UcCategory) k), !=,
                       uc_format_category_icon ((UcCategory) i));
  }
  g_assert_cmpstr (uc_format_priority (UC_PRIORITY_NONE), ==, "");
  for (int i = 1; i < UC_N_PRIORITIES; i++)
    g_assert_cmpstr (uc_format_priority ((UcPriority) i), !=, "");
}

static void
test_custom_status (void)
{
  static const struct {
    const char *emoji;
    const char *text;
    gint64      expires_ms;
    const char *shown; /* (nullable) */
  } rows[] = {
    { "", "", 0, NULL },
    { "house", "At home", 0, "🏠 At home" },
    { "house", "", 0, "🏠" },
    { "no_such_emoji", "At home", 0, "At home" },
    { "house", "At home", 1001, "🏠 At home" },
    { "house", "At home", 1000, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (UcUser) user = uc_user_new ();
    g_autofree char *shown = NULL;

    g_set_str (&user->custom_status_emoji, rows[i].emoji);
    g_set_str (&user->custom_status_text, rows[i].text);
    user->custom_status_expires_ms = rows[i].expires_ms;
    shown = uc_format_custom_status (user, 1000);
    g_assert_cmpstr (shown, ==, rows[i].shown);
  }
  g_assert_null (uc_format_custom_status (NULL, 0));
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/view/format/day", test_day);
  g_test_add_func ("/view/format/time", test_time);
  g_test_add_func ("/view/format/short-time", test_short_time);
  g_test_add_func ("/view/format/absurd-time", test_absurd_time);
  g_test_add_func ("/view/format/numbers", test_numbers);
  g_test_add_func ("/view/format/typing", test_typing);
  g_test_add_func ("/view/format/send-state", test_send_state);
  g_test_add_func ("/view/format/flags", test_flags);
  g_test_add_func ("/view/format/custom-status", test_custom_status);
  return g_test_run ();
}
