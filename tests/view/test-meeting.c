/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes a message a call. */

#include "config.h"

#include "uc-meeting.h"

#include "uc-error.h"

#define ADDRESS "https://meet.example.org/UnifiedChat-abc"
#define HOUR_MS (60 * 60 * 1000)

static UcPost *
new_post (const char *text, const char *props)
{
  UcPost *post = uc_post_new ();

  g_set_str (&post->message, text);
  g_set_str (&post->props, props);
  post->create_at_ms = 1000;
  return post;
}

static UcPost *
new_call (void)
{
  g_autofree char *text = uc_meeting_make_text (ADDRESS);
  g_autofree char *props = uc_meeting_make_props (ADDRESS);

  return new_post (text, props);
}

static void
test_life (void)
{
  g_autoptr (UcPost) post = new_call ();
  g_autofree char *address = uc_meeting_dup_address (post, 2000);
  g_autofree char *end = uc_meeting_make_end_text (post, 1000 + 12 * 60 * 1000);
  g_autofree char *short_end = uc_meeting_make_end_text (post, 0);

  g_assert_true (uc_meeting_is_meeting (post));
  g_assert_cmpstr (address, ==, ADDRESS);
  g_assert_cmpstr (end, ==, "📞 Call ended after 12 minutes");
  g_assert_cmpstr (short_end, ==, "📞 Call ended");

  /* The author ends it by an edit that any client can make. */
  g_set_str (&post->message, end);
  g_assert_true (uc_meeting_is_meeting (post));
  g_assert_null (uc_meeting_dup_address (post, 2000));
}

static void
test_forgotten (void)
{
  g_autoptr (UcPost) post = new_call ();
  g_autofree char *address = uc_meeting_dup_address (post, 7 * HOUR_MS);

  g_assert_nonnull (address);
  g_assert_null (uc_meeting_dup_address (post, 9 * HOUR_MS));
  post->delete_at_ms = 5;
  g_assert_null (uc_meeting_dup_address (post, 2000));
}

/* What no Join button may lead to. */
static void
test_hostile (void)
{
  static const struct {
    const char *text;
    const char *props;
  } rows[] = {
    { "Join us", "{\"unified_chat\":{\"call\":\"" ADDRESS "\"}}" },
    { "http://meet.example.org/x", "{\"unified_chat\":{\"call\":\"http://meet.example.org/x\"}}" },
    { "javascript:alert(1)", "{\"unified_chat\":{\"call\":\"javascript:alert(1)\"}}" },
    { "https://a@b.example.org/", "{\"unified_chat\":{\"call\":\"https://a@b.example.org/\"}}" },
    { ADDRESS, "{\"unified_chat\":{\"call\":7}}" },
    { ADDRESS, "{\"unified_chat\":\"" ADDRESS "\"}" },
    { ADDRESS, "[" },
    { ADDRESS, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (UcPost) post = new_post (rows[i].text, rows[i].props);

    g_assert_null (uc_meeting_dup_address (post, 2000));
  }
}

static void
test_template (void)
{
  static const struct {
    const char *template;
    gboolean is_good;
  } rows[] = {
    { "https://meet.jit.si/{room}", TRUE },
    { "https://call.example.org/join?room={room}", TRUE },
    { "https://meet.jit.si/", FALSE },
    { "http://meet.jit.si/{room}", FALSE },
    { "file:///{room}", FALSE },
    { "{room}", FALSE },
    { "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (uc_meeting_check_template (rows[i].template, &error), ==, rows[i].is_good);
    if (!rows[i].is_good)
      g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  }
}

static void
test_room (void)
{
  g_autofree char *one = uc_meeting_make_address ("https://meet.jit.si/{room}");
  g_autofree char *two = uc_meeting_make_address ("https://meet.jit.si/{room}");

  g_assert_true (g_str_has_prefix (one, "https://meet.jit.si/UnifiedChat-"));
  g_assert_cmpstr (one, !=, two);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/view/meeting/life", test_life);
  g_test_add_func ("/view/meeting/forgotten", test_forgotten);
  g_test_add_func ("/view/meeting/hostile", test_hostile);
  g_test_add_func ("/view/meeting/template", test_template);
  g_test_add_func ("/view/meeting/room", test_room);

  return g_test_run ();
}
