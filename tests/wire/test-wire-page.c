/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-json.h"
#include "uc-wire-json.h"

#include <string.h>

#define A       "9bq3fsyo1jyojxp5y4y8sf7zqe"
#define B       "3enrnfw7k7y53nb4x7ra9pj4fw"
#define C       "5rafe8kbrtfcpc4x3ysn6yx84o"
#define D       "6tksg571tpgo9popwn9nmdakie"
#define CHANNEL "k81tnedztbnrxjsehdwc77c17e"
#define POST(id, time, more)                                                                       \
  "\"" id "\":{\"id\":\"" id "\",\"channel_id\":\"" CHANNEL "\",\"user_id\":\"" CHANNEL            \
  "\",\"create_at\":" time more "}"

static UcPostPage *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return uc_wire_parse_post_page (body, error);
}

static const char *
id_at (GPtrArray *posts, guint i)
{
  return ((UcPost *) posts->pdata[i])->id;
}

static void
test_order (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UcPostPage) page = parse (
      "{\"order\":[\"" B "\",\"" A
      "\"],\"posts\":{" POST (A, "10", "") "," POST (B, "20", "") "," POST (C, "5", "") "," POST (
          D, "30", "") "},\"next_post_id\":\"\",\"prev_post_id\":\"" C "\"}",
      &error);

  g_assert_no_error (error);
  g_assert_cmpuint (page->n_raw, ==, 2);
  g_assert_cmpuint (page->posts->len, ==, 2);
  g_assert_cmpstr (id_at (page->posts, 0), ==, A);
  g_assert_cmpstr (id_at (page->posts, 1), ==, B);
  g_assert_cmpuint (page->others->len, ==, 2);
  g_assert_cmpstr (id_at (page->others, 0), ==, C);
  g_assert_cmpstr (page->next_post_id, ==, "");
  g_assert_cmpstr (page->prev_post_id, ==, C);
}

/* Posts of one millisecond keep the order of the server. */
static void
test_same_time (void)
{
  g_autoptr (UcPostPage) page = parse (
      "{\"order\":[\"" C "\",\"" A "\",\"" B
      "\"],\"posts\":{" POST (A, "10", "") "," POST (B, "10", "") "," POST (C, "10", "") "}}",
      NULL);

  g_assert_cmpstr (id_at (page->posts, 0), ==, B);
  g_assert_cmpstr (id_at (page->posts, 1), ==, A);
  g_assert_cmpstr (id_at (page->posts, 2), ==, C);
}

/* A thread's order is unsorted and names some twice. */
static void
test_thread (void)
{
  g_autoptr (UcPostPage) page = parse (
      "{\"order\":[\"" A "\",\"" C "\",\"" A "\",\"" B
      "\"],\"posts\":{" POST (A, "10", "") "," POST (B, "30", "") "," POST (C, "20", "") "}}",
      NULL);

  g_assert_cmpuint (page->n_raw, ==, 4);
  g_assert_cmpuint (page->posts->len, ==, 3);
  g_assert_cmpstr (id_at (page->posts, 0), ==, A);
  g_assert_cmpstr (id_at (page->posts, 1), ==, C);
  g_assert_cmpstr (id_at (page->posts, 2), ==, B);
  g_assert_cmpuint (page->others->len, ==, 0);
}

/* Roots that claim to have no replies, with their replies beside them. */
static void
test_reply_counts (void)
{
#define ROOT(n)      ",\"reply_count\":" n
#define REPLY(id, n) ",\"root_id\":\"" id "\",\"reply_count\":" n
  g_autoptr (UcPostPage) page = parse (
      "{\"order\":[\"" C "\",\"" A
      "\"],\"posts\":{" POST (A, "10", ROOT ("0")) "," POST (B, "20", REPLY (A, "2")) "," POST (
          C, "30", REPLY (A, "2")) "," POST (D, "5", ROOT ("7")) "}}",
      NULL);

  g_assert_cmpint (((UcPost *) page->posts->pdata[0])->reply_count, ==, 2);
  /* What is known better than by counting stays. */
  g_assert_cmpstr (id_at (page->others, 0), ==, D);
  g_assert_cmpint (((UcPost *) page->others->pdata[0])->reply_count, ==, 7);
#undef ROOT
#undef REPLY
}

static void
test_left_out (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UcPostPage) page = parse (
      "{\"order\":[\"" A "\",\"" B "\",\"" C "\",\"" D "\",\"" CHANNEL
      "\",7],\"posts\":{" POST (A, "10", ",\"original_id\":\"" D "\",\"delete_at\":11") "," POST (
          B, "20", ",\"delete_at\":21") "," POST (C, "\"soon\"", "") ","
                                                                     "\"" CHANNEL "\":{\"id\":\"" A
                                                                     "\",\"channel_id\":\"" CHANNEL
                                                                     "\",\"create_at\":9}}}",
      &error);

  /* An earlier version, a broken one, one that is missing, one under another's id. */
  g_assert_no_error (error);
  g_assert_cmpuint (page->n_raw, ==, 5);
  g_assert_cmpuint (page->posts->len, ==, 1);
  g_assert_cmpstr (id_at (page->posts, 0), ==, B);
  g_assert_cmpint (((UcPost *) page->posts->pdata[0])->delete_at_ms, ==, 21);
}

static void
test_empty (void)
{
  static const char *const texts[] = { "{\"order\":[],\"posts\":{}}",
                                       "{\"order\":null,\"posts\":null}",
                                       "{\"order\":[\"" A "\"],\"posts\":[]}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (UcPostPage) page = parse (texts[i], &error);

    g_assert_no_error (error);
    g_assert_cmpuint (page->posts->len, ==, 0);
  }
}

static void
test_no_page (void)
{
  static const char *const texts[] = {
    "{}", "[]", "null", "", "{\"order\":[]}", "{\"id\":\"x\",\"message\":\"refused\"}", "<html>"
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (parse (texts[i], &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  }
}

static void
test_to_json (void)
{
  g_autoptr (UcPostPage) page =
      parse ("{\"order\":[\"" B "\",\"" A
             "\"],\"posts\":{" POST (A, "10", "") "," POST (B, "20", "") "," POST (C, "5", "") "}}",
             NULL);
  g_autoptr (GPtrArray) newest_first = g_ptr_array_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autoptr (UcPostPage) again = NULL;

  g_ptr_array_add (newest_first, page->posts->pdata[1]);
  g_ptr_array_add (newest_first, page->posts->pdata[0]);
  node = uc_wire_post_page_to_json (newest_first, page->others, NULL, C);
  text = uc_json_to_text (node);
  again = parse (text, NULL);
  g_assert_cmpuint (again->posts->len, ==, 2);
  g_assert_cmpstr (id_at (again->posts, 0), ==, A);
  g_assert_cmpstr (id_at (again->others, 0), ==, C);
  g_assert_cmpstr (again->next_post_id, ==, "");
  g_assert_cmpstr (again->prev_post_id, ==, C);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/wire/page/order", test_order);
  g_test_add_func ("/wire/page/same-time", test_same_time);
  g_test_add_func ("/wire/page/thread", test_thread);
  g_test_add_func ("/wire/page/reply-counts", test_reply_counts);
  g_test_add_func ("/wire/page/left-out", test_left_out);
  g_test_add_func ("/wire/page/empty", test_empty);
  g_test_add_func ("/wire/page/no-page", test_no_page);
  g_test_add_func ("/wire/page/to-json", test_to_json);
  return g_test_run ();
}
