/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as what a server sends: either an error or a record whose ids are ids,
 * whose times fit into a row's key, and that can be written and read again. */

#include "config.h"

#include "uc-fuzz-run.h"

#include "uc-id.h"
#include "uc-json.h"
#include "uc-message.h"
#include "uc-wire-event.h"
#include "uc-wire-json.h"

#include <string.h>

static void
check_id (const char *id, gboolean may_be_empty)
{
  g_assert_true (uc_id_is_valid (id) || (may_be_empty && *id == '\0'));
}

static void
check_post (const UcPost *post)
{
  g_autoptr (JsonNode) written = uc_wire_post_to_json (post);
  g_autofree char *text = uc_json_to_text (written);
  g_autofree char *sent = uc_wire_build_post (post);
  g_autoptr (JsonNode) node = uc_json_parse (text, -1, NULL);
  g_autoptr (JsonNode) sent_node = uc_json_parse (sent, -1, NULL);
  g_autoptr (UcPost) again = uc_wire_post_from_json (node, "post", NULL);

  check_id (post->id, FALSE);
  check_id (post->channel_id, FALSE);
  check_id (post->user_id, TRUE);
  check_id (post->root_id, TRUE);
  check_id (post->original_id, TRUE);
  check_id (post->op_id, TRUE);
  g_assert_cmpint (UC_SEQ_FROM_MS (post->create_at_ms), >, 0);
  g_assert_true (g_utf8_validate (post->message, -1, NULL));
  g_assert_nonnull (sent_node);
  g_assert_nonnull (again);
  g_assert_cmpstr (again->message, ==, post->message);
  g_assert_cmpstr (again->op_id, ==, post->op_id);
  g_assert_cmpint (again->create_at_ms, ==, post->create_at_ms);
  g_assert_cmpuint (again->files->len, ==, post->has_metadata ? post->files->len : 0);
  g_assert_cmpint (again->annotation != NULL, ==, post->annotation != NULL);
}

static void
check_page (UcPostPage *page)
{
  gint64 last_ms = 0;

  g_assert_cmpuint (page->posts->len, <=, page->n_raw);
  check_id (page->next_post_id, TRUE);
  check_id (page->prev_post_id, TRUE);
  for (guint i = 0; i < page->posts->len; i++) {
    const UcPost *post = page->posts->pdata[i];

    check_post (post);
    g_assert_cmpint (post->create_at_ms, >=, last_ms);
    last_ms = post->create_at_ms;
  }
  for (guint i = 0; i < page->others->len; i++)
    check_post (page->others->pdata[i]);
}

static void
check_user (const UcUser *user)
{
  g_autoptr (JsonNode) written = uc_wire_user_to_json (user, TRUE);
  g_autoptr (UcUser) again = uc_wire_user_from_json (written, "user", NULL);

  check_id (user->id, FALSE);
  g_assert_cmpstr (again->username, ==, user->username);
  g_assert_cmpstr (again->custom_status_text, ==, user->custom_status_text);
}

static void
check_event (GBytes *bytes)
{
  gint64 seq;
  g_autoptr (UcEvent) event = uc_wire_parse_event (bytes, &seq, NULL);

  g_assert_cmpint (seq, >=, -1);
  if (event == NULL)
    return;
  g_assert_cmpint (event->seq, ==, seq);
  g_assert_nonnull (event->name);
  if (event->post != NULL)
    check_post (event->post);
  if (event->user != NULL)
    check_user (event->user);
  if (event->channel_id != NULL)
    check_id (event->channel_id, FALSE);
  if (event->kind == UC_EVENT_POSTED)
    g_assert_true (event->post != NULL && event->mentions != NULL);
}

static void
check_list (GPtrArray *list)
{
  g_clear_pointer (&list, g_ptr_array_unref);
}

static void
check_object (GBytes *bytes)
{
  g_autoptr (UcPostPage) page = uc_wire_parse_post_page (bytes, NULL);
  g_autoptr (UcPost) post = uc_wire_parse_post (bytes, NULL);
  g_autoptr (UcUser) user = uc_wire_parse_user (bytes, NULL);
  g_autoptr (UcChannel) channel = uc_wire_parse_channel (bytes, NULL);
  g_autoptr (UcMember) member = uc_wire_parse_member (bytes, NULL);
  g_autoptr (UcServerConfig) config = uc_wire_parse_config (bytes, NULL);
  g_autoptr (UcWireError) refusal = uc_wire_parse_error (bytes);

  check_event (bytes);
  (void) uc_wire_parse_ping (bytes, NULL);
  if (page != NULL)
    check_page (page);
  if (post != NULL)
    check_post (post);
  if (user != NULL)
    check_user (user);
  if (channel != NULL)
    check_id (channel->id, FALSE);
  if (member != NULL)
    check_id (member->channel_id, FALSE);
  if (config != NULL)
    g_assert_cmpint (config->max_post_chars, >, 0);
}

static void
check_array (GBytes *bytes)
{
  g_autoptr (GPtrArray) users = uc_wire_parse_users (bytes, NULL);

  for (guint i = 0; users != NULL && i < users->len; i++)
    check_user (users->pdata[i]);
  check_list (uc_wire_parse_channels (bytes, NULL));
  check_list (uc_wire_parse_members (bytes, NULL));
  check_list (uc_wire_parse_preferences (bytes, NULL));
  check_list (uc_wire_parse_reactions (bytes, NULL));
  check_list (uc_wire_parse_file_infos (bytes, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JsonNode) node = uc_json_parse_mended ((const char *) data, (gssize) size, NULL);

  /* What is no JSON is refused by all in the same place. */
  if (node == NULL)
    check_event (bytes);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    check_object (bytes);
  if (node != NULL) {
    check_array (bytes);
    check_list (uc_wire_parse_teams (bytes, NULL));
    check_list (uc_wire_parse_statuses (bytes, NULL));
  }
  return 0;
}
