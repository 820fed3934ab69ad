/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-store-test.h"
#include "uc-test.h"

#include <string.h>

/* The server's channel: one post every 10 ms, named by its number. */
static UcPost *
make_post (int number)
{
  g_autofree char *name = g_strdup_printf ("p%dx", number);
  g_autofree char *text = g_strdup_printf ("%d", number);

  return uc_test_post (name, TEST_ANNA, number * 10, text);
}

static GPtrArray *
make_run (int first, int last)
{
  GPtrArray *posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);

  for (int i = first; i <= last; i++)
    g_ptr_array_add (posts, make_post (i));
  return posts;
}

static void
put_page (UcTestStore *self, UcPageKind kind, int anchor, int first, int last, const char *ends)
{
  g_autoptr (GPtrArray) posts = make_run (first, last);
  g_autoptr (UcPost) neighbour = make_post (anchor);
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_page (batch, TEST_CHANNEL, posts, kind,
                     kind != UC_PAGE_LATEST ? neighbour->id : NULL, *ends == '^',
                     strchr (ends, '$') != NULL);
  uc_test_store_apply (self, batch);
}

static void
push (UcTestStore *self, int number)
{
  g_autoptr (UcPost) post = make_post (number);
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_pushed_post (batch, post, FALSE);
  uc_test_store_apply (self, batch);
}

static void
put_alone (UcTestStore *self, int number)
{
  g_autoptr (UcPost) post = make_post (number);
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_post (batch, post);
  uc_test_store_apply (self, batch);
}

static void
clear_tips (UcTestStore *self)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_clear_tips (batch);
  uc_batch_put_fact (batch, "connection_id", "another");
  uc_test_store_apply (self, batch);
}

static void
assert_spans (UcTestStore *self, const char *wanted)
{
  g_autofree char *text = uc_test_store_span_text (self, TEST_CHANNEL);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_pages (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();

  put_page (self, UC_PAGE_LATEST, 0, 50, 59, "$");
  assert_spans (self, "500..590$");
  g_assert_cmpuint (self->last->span_channels->len, ==, 1);
  put_page (self, UC_PAGE_LATEST, 0, 50, 59, "$");
  g_assert_null (self->last);
  push (self, 60);
  assert_spans (self, "500..600$");
  put_page (self, UC_PAGE_BEFORE, 50, 40, 49, "");
  assert_spans (self, "400..600$");

  clear_tips (self);
  assert_spans (self, "400..600");
  g_assert_cmpuint (self->last->span_channels->len, ==, 1);
  /* Pushed while it is not known what came before: no evidence. */
  push (self, 80);
  assert_spans (self, "400..600");
  put_page (self, UC_PAGE_LATEST, 0, 75, 80, "$");
  assert_spans (self, "400..600 750..800$");
  put_page (self, UC_PAGE_BEFORE, 75, 65, 74, "");
  assert_spans (self, "400..600 650..800$");
  put_page (self, UC_PAGE_BEFORE, 65, 58, 64, "");
  assert_spans (self, "400..800$");
  put_page (self, UC_PAGE_BEFORE, 40, 1, 39, "^");
  assert_spans (self, "^10..800$");
}

static void
test_after (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();

  put_page (self, UC_PAGE_LATEST, 0, 10, 19, "$");
  clear_tips (self);
  put_page (self, UC_PAGE_AFTER, 19, 20, 29, "");
  assert_spans (self, "100..290");
  put_page (self, UC_PAGE_AFTER, 29, 30, 33, "$");
  assert_spans (self, "100..330$");
  clear_tips (self);
  /* Nothing is newer. */
  put_page (self, UC_PAGE_AFTER, 33, 1, 0, "$");
  assert_spans (self, "100..330$");
  put_page (self, UC_PAGE_BEFORE, 10, 1, 0, "^");
  assert_spans (self, "^100..330$");
}

static void
put_channel (UcTestStore *self, int last_number)
{
  g_autoptr (UcPost) last = make_post (last_number);
  g_autoptr (UcChannel) channel = uc_test_channel (TEST_CHANNEL, "station", UC_CHANNEL_OPEN);
  UcBatch *batch = uc_batch_new ();

  channel->last_post_at_ms = last->create_at_ms;
  uc_batch_put_channel (batch, channel);
  uc_test_store_apply (self, batch);
}

static void
claim_tip (UcTestStore *self)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_claim_tip (batch, TEST_CHANNEL);
  uc_test_store_apply (self, batch);
}

static void
test_claim (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();

  put_page (self, UC_PAGE_LATEST, 0, 10, 19, "$");
  clear_tips (self);
  put_channel (self, 19);
  claim_tip (self);
  assert_spans (self, "100..190$");
  g_assert_cmpuint (self->last->span_channels->len, ==, 1);
  claim_tip (self);
  g_assert_null (self->last);
  push (self, 20);
  assert_spans (self, "100..200$");

  /* The last post is not in what is known as a whole. */
  clear_tips (self);
  put_alone (self, 21);
  put_channel (self, 21);
  claim_tip (self);
  assert_spans (self, "100..200");
  put_page (self, UC_PAGE_LATEST, 0, 21, 21, "");
  assert_spans (self, "100..200 210..210");
  claim_tip (self);
  assert_spans (self, "100..200 210..210$");
}

static void
test_alone (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();

  put_alone (self, 5);
  assert_spans (self, "");
  put_page (self, UC_PAGE_LATEST, 0, 50, 59, "$");
  put_alone (self, 30);
  put_alone (self, 70);
  assert_spans (self, "500..590$");
}

static void
test_empty_channel (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();

  put_page (self, UC_PAGE_LATEST, 0, 1, 0, "");
  assert_spans (self, "");
  put_page (self, UC_PAGE_LATEST, 0, 1, 0, "^$");
  assert_spans (self, "^0..0$");
  push (self, 1);
  assert_spans (self, "^0..10$");
}

/* What was pushed while the page was on its way belongs to it; what was only sent
 * by oneself does not: somebody may have posted in between. */
static void
test_overtaken (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) mine = uc_test_provisional ("op", 0, "mine");
  g_autoptr (UcPost) answer = uc_test_answer ("op", "sent", 700, "mine");
  UcBatch *batch;

  push (self, 60);
  put_page (self, UC_PAGE_LATEST, 0, 50, 59, "$");
  assert_spans (self, "500..600$");

  clear_tips (self);
  batch = uc_batch_new ();
  uc_batch_queue_post (batch, mine);
  uc_batch_outbox_done (batch, "op", answer);
  uc_test_store_apply (self, batch);
  put_page (self, UC_PAGE_LATEST, 0, 55, 60, "$");
  assert_spans (self, "500..600$");
  batch = uc_batch_new ();
  uc_batch_put_pushed_post (batch, answer, FALSE);
  uc_test_store_apply (self, batch);
  assert_spans (self, "500..700$");
}

static void
test_left_channel (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcWindow) window = NULL;
  UcBatch *batch = uc_batch_new ();

  put_page (self, UC_PAGE_LATEST, 0, 1, 5, "^$");
  uc_batch_remove_channel (batch, TEST_CHANNEL);
  uc_test_store_apply (self, batch);
  assert_spans (self, "^10..50");
  window = uc_test_store_window (self, TEST_CHANNEL, "");
  g_assert_cmpuint (window->messages->len, ==, 5);
}

/* What lies between a page's ends and is not on it was deleted: unless it is so new
 * that the page and the stream may have crossed. */
static void
test_missing (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  g_autoptr (UcWindow) window = NULL;
  g_autofree char *text = NULL;
  UcBatch         *batch = uc_batch_new ();
  int              numbers[] = { 1, 3, 60000, 60002 };

  for (int i = 1; i <= 3; i++)
    put_alone (self, i);
  for (int i = 60000; i <= 60002; i++)
    put_alone (self, i);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_ptr_array_add (posts, make_post (numbers[i]));
  uc_batch_put_page (batch, TEST_CHANNEL, posts, UC_PAGE_LATEST, NULL, FALSE, TRUE);
  uc_test_store_apply (self, batch);
  window = uc_test_store_window (self, TEST_CHANNEL, "");
  text = uc_test_window_text (window);
  g_assert_cmpstr (text, ==, "1|3|60000|60001|60002");

  /* It was a mistake after all: the server shows it again, unchanged. */
  put_alone (self, 2);
  g_assert_cmpint (((UcMessageChange *) g_ptr_array_index (self->last->messages, 0))->kind, ==,
                   UC_MESSAGE_ADDED);
  g_free (text);
  g_clear_pointer (&window, uc_window_free);
  window = uc_test_store_window (self, TEST_CHANNEL, "");
  text = uc_test_window_text (window);
  g_assert_cmpstr (text, ==, "1|2|3|60000|60001|60002");
}

/* -- Against an oracle --------------------------------------------------------------------- */

#define N_MAX 120

/* The oracle knows of each gap between neighbours whether it was proved that nothing
 * lies in it. */
typedef struct {
  int      n_server;         /* posts 1..n exist */
  gboolean is_known[N_MAX];  /* stored */
  gboolean is_joined[N_MAX]; /* i and i + 1 are neighbours for sure */
  gboolean reaches_start;
  gboolean reaches_tip;
  gboolean is_live;
} Oracle;

static void
oracle_run (Oracle *oracle, int first, int last)
{
  for (int i = first; i <= last; i++) {
    oracle->is_known[i] = TRUE;
    if (i < last)
      oracle->is_joined[i] = TRUE;
  }
}

/* A span must hold nothing that is not proved, and every message of it must be
 * stored: that is what "no hole" promises to the reader. */
static void
check_against (UcTestStore *self, Oracle *oracle)
{
  g_autoptr (GArray) spans = uc_test_store_spans (self, TEST_CHANNEL);
  gboolean is_covered[N_MAX] = { FALSE };
  int      previous_hi = -1;

  for (guint i = 0; i < spans->len; i++) {
    UcSpan *span = &g_array_index (spans, UcSpan, i);
    int     lo = (int) ((UC_SEQ_TO_MS (span->lo_seq) - TEST_NOW_MS) / 10);
    int     hi = (int) ((UC_SEQ_TO_MS (span->hi_seq) - TEST_NOW_MS) / 10);

    g_assert_cmpint (lo, >, previous_hi);
    g_assert_cmpint (hi, >=, lo);
    previous_hi = hi;
    for (int j = lo; j <= hi; j++) {
      g_assert_true (oracle->is_known[j]);
      if (j < hi) {
        g_assert_true (oracle->is_joined[j]);
        is_covered[j] = TRUE;
      }
    }
    g_assert_cmpint (span->reaches_start, ==, oracle->reaches_start && i == 0);
    g_assert_cmpint (span->reaches_tip, ==, oracle->reaches_tip && i == spans->len - 1);
    /* Neighbouring spans that are joined would be one. */
    g_assert_false (i + 1 < spans->len && oracle->is_joined[hi]);
  }
  for (int i = 1; i < N_MAX - 1; i++)
    g_assert_cmpint (is_covered[i], ==, oracle->is_joined[i]);
}

static int
pick_known (Oracle *oracle)
{
  int n_known = 0;
  int pick;

  for (int i = 1; i <= oracle->n_server; i++)
    n_known += oracle->is_known[i];
  if (n_known == 0)
    return 0;
  pick = g_test_rand_int_range (0, n_known);
  for (int i = 1;; i++) {
    if (oracle->is_known[i] && pick-- == 0)
      return i;
  }
}

static void
step (UcTestStore *self, Oracle *oracle)
{
  int n = oracle->n_server;
  int anchor = pick_known (oracle);
  int length = g_test_rand_int_range (1, 8);
  int first;
  int last;

  switch (g_test_rand_int_range (0, 7)) {
  case 0: /* somebody posts */
  case 1:
    if (n + 1 >= N_MAX - 1)
      break;
    oracle->n_server = ++n;
    if (!oracle->is_live)
      break;
    oracle->is_known[n] = TRUE;
    /* It grows the span at the tip; without one it proves nothing. */
    if (oracle->reaches_tip && n > 1)
      oracle->is_joined[n - 1] = TRUE;
    push (self, n);
    break;
  case 2: /* the stream breaks, and comes back */
    oracle->is_live = !oracle->is_live;
    if (oracle->is_live)
      break;
    oracle->reaches_tip = FALSE;
    clear_tips (self);
    break;
  case 3: /* the newest page; it is asked for when the stream runs */
    if (n == 0 || !oracle->is_live)
      break;
    first = MAX (1, n - 4);
    oracle_run (oracle, first, n);
    oracle->reaches_tip = TRUE;
    oracle->reaches_start |= first == 1;
    put_page (self, UC_PAGE_LATEST, 0, first, n, first == 1 ? "^$" : "$");
    break;
  case 4: /* older ones */
    if (anchor == 0)
      break;
    first = MAX (1, anchor - length);
    last = anchor - 1;
    oracle_run (oracle, first, anchor);
    oracle->reaches_start |= first == 1;
    put_page (self, UC_PAGE_BEFORE, anchor, first, last, first == 1 ? "^" : "");
    break;
  case 5: /* newer ones */
    if (anchor == 0)
      break;
    last = MIN (n, anchor + length);
    oracle_run (oracle, anchor, last);
    if (last == n && oracle->is_live)
      oracle->reaches_tip = TRUE;
    put_page (self, UC_PAGE_AFTER, anchor, anchor + 1, last,
              last == n && oracle->is_live ? "$" : "");
    break;
  default: /* found by a search */
    if (n == 0)
      break;
    first = g_test_rand_int_range (1, n + 1);
    oracle->is_known[first] = TRUE;
    put_alone (self, first);
  }
}

static void
test_random (void)
{
  for (int round = 0; round < 30; round++) {
    g_autoptr (UcTestStore) self = uc_test_store_new ();
    Oracle oracle = { 0 };

    oracle.is_live = TRUE;
    for (int i = 0; i < 60; i++) {
      step (self, &oracle);
      check_against (self, &oracle);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/store-spans/pages", test_pages);
  g_test_add_func ("/store/store-spans/after", test_after);
  g_test_add_func ("/store/store-spans/alone", test_alone);
  g_test_add_func ("/store/store-spans/claim", test_claim);
  g_test_add_func ("/store/store-spans/empty-channel", test_empty_channel);
  g_test_add_func ("/store/store-spans/overtaken", test_overtaken);
  g_test_add_func ("/store/store-spans/left-channel", test_left_channel);
  g_test_add_func ("/store/store-spans/missing", test_missing);
  g_test_add_func ("/store/store-spans/random", test_random);
  return g_test_run ();
}
