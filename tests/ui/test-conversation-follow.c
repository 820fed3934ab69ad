/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which links lead to a message of this server. */

#include "config.h"

#include "uc-conversation-follow.h"

#define ID "q1w2e3r4t5y6ui8opasdfghjkz"

static void
test_post_id (void)
{
  static const struct {
    const char *uri;
    const char *site;
    const char *expected;
  } cases[] = {
    { "https://chat.example.org/team/pl/" ID, "https://chat.example.org", ID },
    { "https://chat.example.org/_redirect/pl/" ID, "https://chat.example.org/", ID },
    { "HTTPS://Chat.example.org/team/pl/" ID, "https://chat.example.org", ID },
    { "https://example.org/sub/team/pl/" ID, "https://example.org/sub", ID },
    { "https://chat.example.org/team/pl/" ID, "https://other.example.org", NULL },
    { "https://chat.example.org.evil.org/team/pl/" ID, "https://chat.example.org", NULL },
    { "https://chat.example.org/team/pl/short", "https://chat.example.org", NULL },
    { "https://chat.example.org/team/pl/" ID "/more", "https://chat.example.org", NULL },
    { "https://chat.example.org/pl/" ID, "https://chat.example.org", NULL },
    { "https://chat.example.org//pl/" ID, "https://chat.example.org", NULL },
    { "https://chat.example.org/team/channels/" ID, "https://chat.example.org", NULL },
    { "https://chat.example.org", "https://chat.example.org", NULL },
    { "https://chat.example.org/team/pl/" ID, NULL, NULL },
    { "https://chat.example.org/team/pl/" ID, "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *id = uc_conversation_follow_dup_post_id (cases[i].uri, cases[i].site);

    g_assert_cmpstr (id, ==, cases[i].expected);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/ui/conversation-follow/post-id", test_post_id);

  return g_test_run ();
}
