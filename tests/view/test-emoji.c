/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names to emoji and back over the whole table, skin tones, completion. */

#include "config.h"

#include "uc-emoji.h"

#include "uc-emoji-private.h"

#include <string.h>

static void
test_known (void)
{
  g_assert_cmpstr (uc_emoji_from_name ("+1"), ==, "👍");
  g_assert_cmpstr (uc_emoji_from_name ("thumbsup"), ==, "👍");
  g_assert_cmpstr (uc_emoji_from_name ("tada"), ==, "🎉");
  g_assert_cmpstr (uc_emoji_from_name ("heart"), ==, "❤️");
  g_assert_cmpstr (uc_emoji_from_name ("flag-de"), ==, "🇩🇪");
  g_assert_cmpstr (uc_emoji_from_name ("de"), ==, "🇩🇪");
  g_assert_cmpstr (uc_emoji_from_name ("white_check_mark"), ==, "✅");
  g_assert_null (uc_emoji_from_name ("parrot_of_ours"));
  g_assert_null (uc_emoji_from_name (""));
  g_assert_null (uc_emoji_from_name ("smil"));

  g_assert_cmpstr (uc_emoji_to_name ("👍"), ==, "+1");
  /* With and without the variation selector. */
  g_assert_cmpstr (uc_emoji_to_name ("❤️"), ==, "heart");
  g_assert_cmpstr (uc_emoji_to_name ("\u2764"), ==, "heart");
  g_assert_null (uc_emoji_to_name ("a"));
  g_assert_null (uc_emoji_to_name (""));
  g_assert_null (uc_emoji_to_name ("👍👍"));
}

static void
test_tones (void)
{
  g_assert_cmpstr (uc_emoji_from_name ("wave_dark_skin_tone"), ==, "👋🏿");
  g_assert_cmpstr (uc_emoji_from_name ("+1_medium_light_skin_tone"), ==, "👍🏼");
  g_assert_cmpstr (uc_emoji_from_name ("v_light_skin_tone"), ==, "✌🏻");
  g_assert_cmpstr (uc_emoji_from_name ("female-doctor_medium_skin_tone"), ==, "👩🏽‍⚕️");
  g_assert_null (uc_emoji_from_name ("heart_dark_skin_tone"));
  g_assert_null (uc_emoji_from_name ("_dark_skin_tone"));
  g_assert_cmpstr (uc_emoji_to_name ("👋🏿"), ==, "wave_dark_skin_tone");
  g_assert_cmpstr (uc_emoji_to_name ("👩🏽‍⚕️"), ==, "female-doctor_medium_skin_tone");
  g_assert_null (uc_emoji_to_name ("❤🏿"));
}

/* The table as it was made: sorted, each name found, each emoji back to a name of its own. */
static void
test_table (void)
{
  for (guint i = 0; i < _uc_emoji_n_names; i++) {
    const UcEmojiName *name = &_uc_emoji_names[i];

    if (i > 0)
      g_assert_cmpstr (_uc_emoji_names[i - 1].name, <, name->name);
    g_assert_cmpuint (name->entry, <, _uc_emoji_n_entries);
    g_assert_cmpstr (uc_emoji_from_name (name->name), ==, _uc_emoji_entries[name->entry].text);
  }
  for (guint i = 0; i < _uc_emoji_n_entries; i++) {
    const UcEmojiEntry *entry = &_uc_emoji_entries[i];

    g_assert_true (g_utf8_validate (entry->text, -1, NULL));
    g_assert_cmpstr (uc_emoji_to_name (entry->text), ==, entry->name);
    g_assert_cmpstr (uc_emoji_from_name (entry->name), ==, entry->text);
    g_assert_cmpuint (_uc_emoji_match (entry->text, strlen (entry->text)), ==,
                      strlen (entry->text));
  }
}

static void
test_match (void)
{
  g_assert_cmpuint (_uc_emoji_match ("🎉!", strlen ("🎉!")), ==, strlen ("🎉"));
  g_assert_cmpuint (_uc_emoji_match ("👍👍", strlen ("👍👍")), ==, strlen ("👍"));
  g_assert_cmpuint (_uc_emoji_match ("👍🏿x", strlen ("👍🏿x")), ==, strlen ("👍🏿"));
  g_assert_cmpuint (_uc_emoji_match ("🇩🇪🇫🇷", strlen ("🇩🇪🇫🇷")), ==, strlen ("🇩🇪"));
  g_assert_cmpuint (_uc_emoji_match ("1", 1), ==, 0);
  g_assert_cmpuint (_uc_emoji_match ("a", 1), ==, 0);
  g_assert_cmpuint (_uc_emoji_match ("", 0), ==, 0);
  g_assert_cmpuint (_uc_emoji_match ("🇩", strlen ("🇩")), ==, 0);
}

static void
assert_completion (const char *prefix, guint limit, const char *expected)
{
  g_autoptr (GPtrArray) names = uc_emoji_complete (prefix, limit);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? " " : "", (char *) names->pdata[i]);
  g_assert_cmpstr (joined->str, ==, expected);
}

static void
test_complete (void)
{
  assert_completion ("tada", 5, "tada");
  /* Most used first, each emoji once, by its preferred name where that matches. */
  assert_completion ("thumbs", 5, "thumbsup thumbsdown");
  assert_completion ("+", 1, "+1");
  assert_completion ("smile", 3, "smile smiley smiley_cat");
  /* Inside a name comes after the beginning. */
  assert_completion ("check_m", 2, "white_check_mark heavy_check_mark");
  assert_completion ("HEAR", 2, "heart heart_eyes");
  assert_completion ("no such thing", 5, "");
  assert_completion ("smile", 0, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/view/emoji/known", test_known);
  g_test_add_func ("/view/emoji/tones", test_tones);
  g_test_add_func ("/view/emoji/table", test_table);
  g_test_add_func ("/view/emoji/match", test_match);
  g_test_add_func ("/view/emoji/complete", test_complete);
  return g_test_run ();
}
