/* SPDX-License-Identifier: GPL-3.0-or-later */
/* System posts by type and props; in broken ones the server's own words. */

#include "config.h"

#include "uc-format.h"

#define PAULA "\u2068Paula\u2069"

static void
assert_post (const char *type, const char *props, const char *message, const char *expected)
{
  g_autoptr (UcPost) post = uc_post_new ();
  g_autofree char *text = NULL;

  g_free (post->type);
  g_free (post->props);
  g_free (post->message);
  post->type = g_strdup (type);
  post->props = g_strdup (props);
  post->message = g_strdup (message);
  text = uc_format_system_post (post, "Paula");
  g_assert_cmpstr (text, ==, expected);
}

static void
test_known (void)
{
  assert_post ("system_join_channel", "{\"username\":\"paula\"}", "x", PAULA " joined the channel");
  assert_post ("system_leave_team", "", "x", PAULA " left the team");
  assert_post ("system_add_to_channel",
               "{\"addedUserId\":\"a\",\"addedUsername\":\"sofie.l\",\"username\":\"paula\"}", "x",
               PAULA " added \u2068sofie.l\u2069 to the channel");
  assert_post ("system_remove_from_channel", "{\"removedUsername\":\"renate\"}", "x",
               PAULA " removed \u2068renate\u2069 from the channel");
  assert_post ("system_remove_from_team", "{\"username\":\"neu\"}", "x",
               "\u2068neu\u2069 was removed from the team");
  assert_post (
      "system_header_change",
      "{\"new_header\":\"Visite **8:15** | [Plan](https://a.example)\",\"old_header\":\"\"}", "x",
      PAULA " changed the channel header to: Visite 8:15 | Plan");
  assert_post ("system_header_change", "{\"new_header\":\"\",\"old_header\":\"a\"}", "x",
               PAULA " removed the channel header");
  assert_post ("system_displayname_change", "{\"new_displayname\":\"Events 2\"}", "x",
               PAULA " renamed the channel to \u2068Events 2\u2069");
  assert_post ("system_channel_deleted", "{}", "x", PAULA " archived the channel");
}

static void
test_fallback (void)
{
  /* Which of the two it became stands only in the message. */
  assert_post ("system_change_chan_privacy", "{\"username\":\"a\"}", "Now **public**.",
               "Now public.");
  assert_post ("system_of_tomorrow", "{}", "Something new.", "Something new.");
  assert_post ("system_of_tomorrow", "{}", "", "The conversation changed");
  assert_post ("system_add_to_channel", "{}", "b added by a.", "b added by a.");
  assert_post ("system_add_to_channel", "{\"addedUsername\":5}", "b added by a.", "b added by a.");
  assert_post ("system_add_to_channel", "not json", "b added by a.", "b added by a.");
}

/* What looks like a placeholder is only text. */
static void
test_placeholders (void)
{
  assert_post ("system_purpose_change", "{\"new_purpose\":\"%1$s %s %n\"}", "x",
               PAULA " changed the channel purpose to: %1$s %s %n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/view/format-system/known", test_known);
  g_test_add_func ("/view/format-system/fallback", test_fallback);
  g_test_add_func ("/view/format-system/placeholders", test_placeholders);
  return g_test_run ();
}
