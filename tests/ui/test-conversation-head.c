/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands above a conversation follows the store. */

#include "config.h"

#include "uc-conversation-head.h"

#include "uc-conversation-fixture.h"
#include "uc-display.h"
#include "uc-test.h"

#define LIMIT_MS 10000

typedef struct {
  UcConversationHead *head;
  const char         *title;
  const char         *subtitle;
} Expected;

static gboolean
is_as_expected (gpointer user_data)
{
  Expected *expected = user_data;

  return g_str_equal (uc_conversation_head_get_title (expected->head), expected->title) &&
         g_str_equal (uc_conversation_head_get_subtitle (expected->head), expected->subtitle);
}

static void
expect (UcConversationHead *head, const char *title, const char *subtitle)
{
  Expected expected = { head, title, subtitle };

  uc_test_wait_until (is_as_expected, &expected, LIMIT_MS);
}

static UcChannel *
load_channel (UcAccountFixture *account, const char *channel_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) states = NULL;
  g_autoptr (GError) error = NULL;

  uc_store_load_channels_async (account->store, channel_id, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  states = uc_store_load_channels_finish (account->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (states->len, ==, 1);

  return uc_channel_copy (((UcChannelState *) states->pdata[0])->channel);
}

static void
test_channel (void)
{
  g_autoptr (UcAccountFixture) account = uc_account_fixture_new ();
  g_autoptr (UcConversationHead) head = NULL;
  g_autoptr (UcChannel) channel = NULL;
  UcPresence presence;
  UcBatch   *batch = uc_batch_new ();

  head = uc_conversation_head_new (account->session,
                                   uc_window_account_get_directory (account->account));
  g_assert_cmpstr (uc_conversation_head_get_title (head), ==, "");
  uc_conversation_head_set_channel (head, UC_FIXTURE_TOWN);
  expect (head, "Town Square", "");
  g_assert_false (uc_conversation_head_get_presence (head, &presence));
  g_assert_false (uc_conversation_head_is_favourite (head));

  /* Renamed, with a topic: without opening it again. */
  channel = load_channel (account, UC_FIXTURE_TOWN);
  g_set_str (&channel->display_name, "Market Square");
  g_set_str (&channel->header, "**Everybody** reads this");
  channel->update_at_ms++;
  uc_batch_put_channel (batch, channel);
  uc_conversation_fixture_apply (account, batch);
  expect (head, "Market Square", "Everybody reads this");

  uc_conversation_head_set_channel (head, UC_FIXTURE_WARD);
  expect (head, "Ward 3", "");
  g_assert_true (uc_conversation_head_is_favourite (head));
  uc_conversation_head_set_channel (head, "");
  expect (head, "", "");
}

static void
test_direct (void)
{
  UcPresence presence;
  g_autoptr (UcAccountFixture) account = uc_account_fixture_new ();
  g_autoptr (UcConversationHead) head = NULL;

  head = uc_conversation_head_new (account->session,
                                   uc_window_account_get_directory (account->account));
  uc_conversation_head_set_channel (head, UC_FIXTURE_DIRECT);
  expect (head, "Ben Moser", "Offline");
  g_assert_true (uc_conversation_head_get_presence (head, &presence));
  g_assert_cmpint (presence, ==, UC_PRESENCE_OFFLINE);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  g_test_add_func ("/ui/conversation-head/channel", test_channel);
  g_test_add_func ("/ui/conversation-head/direct", test_direct);

  return g_test_run ();
}
