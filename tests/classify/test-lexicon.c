/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Classes of words: kin of all languages share one, what is not named has none, and
 * threads that come first at once agree. */

#include "config.h"

#include "uc-lexicon-private.h"

static guint
get_class (const char *word)
{
  guint32 hash = 0;

  for (const char *at = word; *at != '\0'; at = g_utf8_next_char (at))
    hash = _uc_lexicon_hash (hash, g_utf8_get_char (at));
  return _uc_lexicon_get_class (hash);
}

static gpointer
ask (gpointer word)
{
  return GUINT_TO_POINTER (get_class (word));
}

/* Runs first, so that the threads fill the table. */
static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("lexicon", ask, (gpointer) "monday");
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), ==, get_class ("monday"));
}

static void
test_kin (void)
{
  static const char *const kin[][4] = {
    { "monday", "montag", "lundi", "lunes" },
    { "today", "heute", "aujourd'hui", "hoy" },
    { "approved", "genehmigt", "approuvé", "aprobado" },
    { "broken", "kaputt", "cassé", "roto" },
    { "thanks", "danke", "merci", "gracias" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kin); i++) {
    g_assert_cmpuint (get_class (kin[i][0]), >, 0);
    g_assert_cmpuint (get_class (kin[i][0]), <, UC_LEXICON_END);
    for (guint language = 1; language < 4; language++)
      g_assert_cmpuint (get_class (kin[i][language]), ==, get_class (kin[i][0]));
    for (guint other = 0; other < i; other++)
      g_assert_cmpuint (get_class (kin[i][0]), !=, get_class (kin[other][0]));
  }
}

static void
test_unknown (void)
{
  g_assert_cmpuint (get_class (""), ==, 0);
  g_assert_cmpuint (get_class ("zyzzyva"), ==, 0);
  g_assert_cmpuint (get_class ("monda"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/classify/lexicon/threads", test_threads);
  g_test_add_func ("/classify/lexicon/kin", test_kin);
  g_test_add_func ("/classify/lexicon/unknown", test_unknown);
  return g_test_run ();
}
