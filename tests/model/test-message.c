/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-annotation.h"
#include "uc-message.h"
#include "uc-post.h"

static void
test_copy (void)
{
  UcMessage *message = uc_message_new ();
  g_autoptr (UcMessage) copy = NULL;
  g_autoptr (UcMessage) empty = uc_message_new ();
  g_autoptr (UcMessage) empty_copy = uc_message_copy (empty);
  g_autoptr (UcMessage) same = uc_message_ref (empty);

  g_assert_true (same == empty);
  g_assert_null (empty_copy->post);
  g_assert_cmpstr (empty->key, ==, "");
  message->post = uc_post_new ();
  message->annotation = uc_annotation_new ();
  message->send_state = UC_SEND_FAILED;
  g_set_str (&message->send_error, "refused");
  copy = uc_message_copy (message);
  g_assert_true (copy->post == message->post);
  uc_message_unref (message);
  g_assert_cmpstr (copy->post->id, ==, "");
  g_assert_cmpstr (copy->send_error, ==, "refused");
  g_assert_cmpint (copy->send_state, ==, UC_SEND_FAILED);
  g_assert_nonnull (copy->annotation);
}

/* The key of a row carries the time and sorts by it. */
static void
test_seq (void)
{
  g_assert_cmpint (UC_SEQ_TO_MS (UC_SEQ_FROM_MS (1795174917363)), ==, 1795174917363);
  g_assert_cmpint (UC_SEQ_TO_MS (UC_SEQ_FROM_MS (1795174917363) + 4095), ==, 1795174917363);
  g_assert_cmpint (UC_SEQ_FROM_MS (1795174917363) + 4095, <, UC_SEQ_FROM_MS (1795174917364));
  /* The last time that wire lets through. */
  g_assert_cmpint (UC_SEQ_FROM_MS (253402300799999), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model/message/copy", test_copy);
  g_test_add_func ("/model/message/seq", test_seq);
  return g_test_run ();
}
