/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What typing a search costs the window over a store of a million messages: processor
 * time of the main thread from a letter to the frame that follows, the longest turn of
 * the main loop meanwhile, and scrolling through what was found. Judges nothing. */

#include "config.h"

#include "uc-search-field.h"
#include "uc-search-list.h"
#include "uc-search-page.h"

#include "uc-action-probe.h"
#include "uc-api.h"
#include "uc-bench-measure.h"
#include "uc-bench-store.h"
#include "uc-bench-wheel.h"
#include "uc-bench-words.h"
#include "uc-display.h"
#include "uc-secrets.h"
#include "uc-test.h"

#include <time.h>

#define N_MESSAGES 1000000
#define N_CLICKS   600
/* Then there are no more. */
#define MAX_IDLE 200
#define N_HITS   100000

/* Of this thread alone: the store reads on one of its own. */
static double
get_thread_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

typedef struct {
  GtkWidget    *window;
  UcSearchPage *page;
  GArray       *turns; /* (element-type double) of the main loop, ms of processor time */
} Bench;

static void
turn (Bench *bench)
{
  const double from = get_thread_ms ();
  double       spent;

  g_main_context_iteration (NULL, TRUE);
  spent = get_thread_ms () - from;
  g_array_append_val (bench->turns, spent);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static GtkWidget *
find (GtkWidget *root, GType type)
{
  return uc_action_probe_find (root, type);
}

/* As fast as somebody types who types fast. */
static gboolean
letter_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
wait_ms (Bench *bench, guint ms)
{
  gboolean is_over = FALSE;

  g_timeout_add (ms, letter_cb, &is_over);
  while (!is_over)
    turn (bench);
}

static void
type_word (Bench *bench, const char *name, const char *word)
{
  GtkEditable *text = GTK_EDITABLE (find (GTK_WIDGET (bench->page), GTK_TYPE_TEXT));
  const double from = get_thread_ms ();
  double       max;

  g_array_set_size (bench->turns, 0);
  uc_search_field_set_query (
      UC_SEARCH_FIELD (find (GTK_WIDGET (bench->page), UC_TYPE_SEARCH_FIELD)), "");
  for (const char *at = word; *at != '\0'; at = g_utf8_next_char (at)) {
    int position = gtk_editable_get_position (text);

    gtk_editable_insert_text (text, at, (int) (g_utf8_next_char (at) - at), &position);
    gtk_editable_set_position (text, position);
    wait_ms (bench, 120);
  }
  wait_ms (bench, 1500);
  g_array_sort (bench->turns, compare);
  max = g_array_index (bench->turns, double, bench->turns->len - 1);
  g_print ("%-24s %3ld letters: %6.1f ms of the main thread, longest turn %5.1f ms, p99 %4.1f ms\n",
           name, g_utf8_strlen (word, -1), get_thread_ms () - from, max,
           uc_bench_get_quantile (bench->turns, 0.99));
}

static gboolean
has_filled (gpointer user_data)
{
  return g_list_model_get_n_items (user_data) > 0;
}

static guint
count_hits (Bench *bench)
{
  GtkWidget *list = find (find (GTK_WIDGET (bench->page), UC_TYPE_SEARCH_LIST), GTK_TYPE_LIST_VIEW);

  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))));
}

static void
scroll (Bench *bench)
{
  GtkWidget *scrolled =
      find (find (GTK_WIDGET (bench->page), UC_TYPE_SEARCH_LIST), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  const UcBenchWheel wheel =
      uc_bench_wheel_turn (bench->window, adjustment, UC_BENCH_CLICK, N_CLICKS);
  double from;

  uc_bench_wheel_print (&wheel, "wheel down");
  /* To the end of what is known, again and again. */
  from = get_thread_ms ();
  g_array_set_size (bench->turns, 0);
  for (guint n_idle = 0, n_hits = 0; n_hits < N_HITS && n_idle < MAX_IDLE; n_idle++) {
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
    wait_ms (bench, 4);
    if (count_hits (bench) > n_hits)
      n_idle = 0;
    n_hits = count_hits (bench);
  }
  g_array_sort (bench->turns, compare);
  g_print ("to the end of %u hits: %.1f s of the main thread, longest turn %.1f ms, p99 %.1f ms, "
           "PSS %ld kB\n",
           count_hits (bench), (get_thread_ms () - from) / 1e3,
           g_array_index (bench->turns, double, bench->turns->len - 1),
           uc_bench_get_quantile (bench->turns, 0.99), uc_bench_get_pss_kb ());
}

int
main (int argc, char **argv)
{
  g_autoptr (UcApi) api = uc_api_new ("http://127.0.0.1:9");
  g_autoptr (UcSecrets) secrets = uc_secrets_new_file ("/nonexistent/token");
  g_autoptr (UcFlags) flags = uc_flags_new ();
  g_autoptr (UcBenchWords) words = uc_bench_words_new (1);
  g_autofree char *path = NULL;
  UcTestStore     *store;
  UcSession       *session;
  UcDirectory     *directory;
  UcSidebar       *sidebar;
  UcWindowAccount *account;
  GtkWidget       *view;
  Bench            bench = { 0 };

  path = uc_bench_store_dup_path (N_MESSAGES);
  uc_display_init (&argc, &argv);
  store = uc_bench_store_open (path);
  session = uc_session_new (store->store, api, secrets, flags, store->clock, TEST_ME);
  directory = uc_directory_new (session);
  sidebar = uc_sidebar_new (session, directory);
  account = uc_window_account_new ("bench", "http://x", store->clock, session, directory, sidebar);
  uc_test_wait_until (has_filled, sidebar, 20000);

  bench.turns = g_array_new (FALSE, FALSE, sizeof (double));
  bench.window = adw_window_new ();
  view = adw_navigation_view_new ();
  bench.page = g_object_new (UC_TYPE_SEARCH_PAGE, NULL);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (bench.page));
  adw_window_set_content (ADW_WINDOW (bench.window), view);
  gtk_window_set_default_size (GTK_WINDOW (bench.window), 360, 740);
  uc_search_page_set_account (bench.page, account);
  gtk_window_present (GTK_WINDOW (bench.window));
  uc_search_page_begin (bench.page, NULL);
  uc_display_settle (bench.window);

  type_word (&bench, "rare word", uc_bench_words_get (words, 9000));
  type_word (&bench, "medium word", uc_bench_words_get (words, 300));
  type_word (&bench, "part of a word", "*xyz");
  type_word (&bench, "very common word", uc_bench_words_get (words, 0));
  scroll (&bench);

  uc_search_page_set_account (bench.page, NULL);
  gtk_window_destroy (GTK_WINDOW (bench.window));
  g_array_unref (bench.turns);
  uc_session_stop (session);
  g_object_unref (account);
  g_object_unref (sidebar);
  g_object_unref (directory);
  g_object_unref (session);
  uc_test_store_free (store);

  return 0;
}
