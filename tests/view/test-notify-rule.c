/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which messages are notified, as a table. */

#include "config.h"

#include "uc-notify-rule.h"

#include "uc-channel.h"
#include "uc-member.h"
#include "uc-post.h"
#include "uc-user.h"

#define ME  "meyyyyyyyyyyyyyyyyyyyyyyyy"
#define BEN "benyyyyyyyyyyyyyyyyyyyyyyy"

typedef struct {
  const char    *what;
  UcChannelType  type;
  const char    *account; /* notify_props.desktop of the account */
  const char    *channel; /* of the channel */
  gboolean       is_muted;
  gboolean       mentions_me;
  UcNotifyReason reason;
} Row;

static const Row rows[] = {
  { "by default a channel is quiet", UC_CHANNEL_OPEN, NULL, "default", FALSE, FALSE,
    UC_NOTIFY_ONLY_MENTION },
  { "but for mentions", UC_CHANNEL_OPEN, NULL, "default", FALSE, TRUE, UC_NOTIFY_MENTION },
  { "the account wants all", UC_CHANNEL_PRIVATE, "all", "default", FALSE, FALSE, UC_NOTIFY_ALL },
  { "the channel less than it", UC_CHANNEL_OPEN, "all", "mention", FALSE, FALSE,
    UC_NOTIFY_ONLY_MENTION },
  { "the channel more than it", UC_CHANNEL_OPEN, "mention", "all", FALSE, FALSE, UC_NOTIFY_ALL },
  { "the channel although it wants nothing", UC_CHANNEL_OPEN, "none", "mention", FALSE, TRUE,
    UC_NOTIFY_MENTION },
  { "nothing of a channel, mentioned or not", UC_CHANNEL_OPEN, "all", "none", FALSE, TRUE,
    UC_NOTIFY_OFF_CHANNEL },
  { "nothing at all", UC_CHANNEL_DIRECT, "none", "default", FALSE, TRUE, UC_NOTIFY_OFF_ACCOUNT },
  { "a direct message", UC_CHANNEL_DIRECT, "mention", "default", FALSE, TRUE, UC_NOTIFY_DIRECT },
  { "a group, which mentions nobody", UC_CHANNEL_GROUP, "mention", "default", FALSE, FALSE,
    UC_NOTIFY_DIRECT },
  { "muted, mentioned or not", UC_CHANNEL_OPEN, "all", "all", TRUE, TRUE, UC_NOTIFY_MUTED },
  { "a level nobody knows is as none was set", UC_CHANNEL_OPEN, "loud", "louder", FALSE, TRUE,
    UC_NOTIFY_MENTION },
};

static void
test_levels (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Row *row = &rows[i];
    g_autoptr (UcPost) post = uc_post_new ();
    g_autoptr (UcUser) me = uc_user_new ();
    g_autoptr (UcChannel) channel = uc_channel_new ();
    g_autoptr (UcMember) member = uc_member_new ();
    UcChannelState state = { .channel = channel, .member = member };
    UcNotifyCase one = { post, &state, me, ME, UC_PRESENCE_ONLINE, row->mentions_me, TRUE, FALSE };

    g_test_message ("%s", row->what);
    g_set_str (&post->user_id, BEN);
    channel->type = row->type;
    member->is_muted = row->is_muted;
    g_set_str (&member->notify_desktop, row->channel);
    if (row->account != NULL)
      me->notify_props = g_strdup_printf ("{\"desktop\": \"%s\"}", row->account);
    g_assert_cmpint (uc_notify_decide (&one), ==, row->reason);
  }
}

/* What stands before all levels. */
static void
test_circumstances (void)
{
  g_autoptr (UcPost) post = uc_post_new ();
  g_autoptr (UcPost) joined = uc_post_new ();
  g_autoptr (UcPost) own = uc_post_new ();
  g_autoptr (UcPost) webhook = uc_post_new ();
  UcNotifyCase one = { post, NULL, NULL, ME, UC_PRESENCE_ONLINE, TRUE, TRUE, FALSE };

  g_set_str (&post->user_id, BEN);
  g_set_str (&joined->user_id, BEN);
  g_set_str (&joined->type, "system_join_channel");
  g_set_str (&own->user_id, ME);
  g_set_str (&webhook->user_id, ME);
  webhook->is_from_bot = TRUE;

  /* A channel and oneself that are not known yet hide nothing. */
  g_assert_cmpint (uc_notify_decide (&one), ==, UC_NOTIFY_MENTION);
  one.is_watched = TRUE;
  g_assert_cmpint (uc_notify_decide (&one), ==, UC_NOTIFY_WATCHED);
  one.presence = UC_PRESENCE_DND;
  g_assert_cmpint (uc_notify_decide (&one), ==, UC_NOTIFY_DISTURBING);
  one.is_on_here = FALSE;
  g_assert_cmpint (uc_notify_decide (&one), ==, UC_NOTIFY_OFF_HERE);
  one.post = joined;
  g_assert_cmpint (uc_notify_decide (&one), ==, UC_NOTIFY_SYSTEM);
  one.post = own;
  g_assert_cmpint (uc_notify_decide (&one), ==, UC_NOTIFY_OWN);
  one = (UcNotifyCase){ webhook, NULL, NULL, ME, UC_PRESENCE_ONLINE, TRUE, TRUE, FALSE };
  g_assert_cmpint (uc_notify_decide (&one), ==, UC_NOTIFY_MENTION);
}

static void
test_words (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (UcNotifyReason reason = 0; reason < UC_NOTIFY_N_REASONS; reason++) {
    const char *words = uc_notify_reason_describe (reason);

    g_assert_cmpstr (words, !=, "");
    g_assert_true (g_hash_table_add (seen, (gpointer) words));
    g_assert_cmpint (uc_notify_reason_is_yes (reason), ==, reason < UC_NOTIFY_OWN);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/view/notify-rule/levels", test_levels);
  g_test_add_func ("/view/notify-rule/circumstances", test_circumstances);
  g_test_add_func ("/view/notify-rule/words", test_words);

  return g_test_run ();
}
