/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-db.h"
#include "uc-test.h"

static UcDb *
open_index (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "a.db", NULL);
  g_autoptr (GError) error = NULL;
  UcDb *db = uc_db_open (path, UC_DB_CREATE, &error);

  g_assert_no_error (error);
  uc_db_exec (db,
              "CREATE VIRTUAL TABLE t USING fts5 (text, tokenize = 'uc_words remove_diacritics 2');"
              "CREATE VIRTUAL TABLE v USING fts5vocab (t, row)",
              &error);
  g_assert_no_error (error);
  return db;
}

/* The words of a text, sorted. */
static char *
cut (const char *text)
{
  g_autoptr (UcDb) db = open_index ();
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  UcStmt  *stmt = uc_db_prepare (db, "INSERT INTO t VALUES (:text)", &error);
  gboolean has_row;

  uc_stmt_bind_text (stmt, ":text", text);
  g_assert_true (uc_stmt_run (stmt, &error));
  stmt = uc_db_prepare (db, "SELECT term FROM v ORDER BY term", &error);
  g_assert_no_error (error);
  do {
    g_assert_true (uc_stmt_step (stmt, &has_row, &error));
    if (has_row)
      g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", uc_stmt_get_text (stmt, 0));
  } while (has_row);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
test_words (void)
{
  const struct {
    const char *text;
    const char *words;
  } cases[] = {
    { "Hello, World", "hello world" },
    { "Überdruck GRÖSSE straße", "grosse straße uberdruck" },
    { "请检验", "检 请 验" },
    { "abc检验def", "abc def 检 验" },
    { "カタカナ・ひらがな", "カ タ ナ な が ひ ら" },
    { "혈압 확인", "압 인 혈 확" },
    { "𠀀𠀁x", "x 𠀀 𠀁" },
    { "Москва", "москва" },
    { "。、！", "" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *words = cut (cases[i].text);
    g_auto (GStrv) found = g_strsplit (words, " ", -1);
    g_auto (GStrv) wanted = g_strsplit (cases[i].words, " ", -1);

    g_assert_cmpuint (g_strv_length (found), ==, g_strv_length (wanted));
    for (guint j = 0; wanted[j] != NULL; j++)
      g_assert_true (g_strv_contains ((const char *const *) found, wanted[j]));
  }
}

static gboolean
matches (UcDb *db, const char *query, char **marked)
{
  g_autoptr (GError) error = NULL;
  UcStmt *stmt =
      uc_db_prepare (db, "SELECT highlight (t, 0, '[', ']') FROM t WHERE t MATCH :query", &error);
  gboolean has_row;

  g_assert_no_error (error);
  uc_stmt_bind_text (stmt, ":query", query);
  g_assert_true (uc_stmt_step (stmt, &has_row, &error));
  *marked = has_row ? uc_stmt_dup_text (stmt, 0) : NULL;
  uc_stmt_reset (stmt);
  return has_row;
}

/* Offsets are right where scripts meet, so that marks stand where they belong. */
static void
test_offsets (void)
{
  g_autoptr (UcDb) db = open_index ();
  g_autoptr (GError) error = NULL;
  const struct {
    const char *query;
    const char *marked;
  } cases[] = {
    { "\"检验\"", "Öl 请[检验]一下abc血压, 10:30 ende" },
    { "\"一下abc血\"", "Öl 请检验[一下abc血]压, 10:30 ende" },
    { "\"abc\"", "Öl 请检验一下[abc]血压, 10:30 ende" },
    { "\"ol\"", "[Öl] 请检验一下abc血压, 10:30 ende" },
    { "\"10:30\"", "Öl 请检验一下abc血压, [10:30] ende" },
    { "\"en\"*", "Öl 请检验一下abc血压, 10:30 [ende]" },
    { "\"验检\"", NULL },
  };

  g_assert_true (
      uc_db_exec (db, "INSERT INTO t VALUES ('Öl 请检验一下abc血压, 10:30 ende')", &error));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *marked = NULL;

    g_assert_cmpint (matches (db, cases[i].query, &marked), ==, cases[i].marked != NULL);
    g_assert_cmpstr (marked, ==, cases[i].marked);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/db/tokenizer/words", test_words);
  g_test_add_func ("/db/tokenizer/offsets", test_offsets);
  return g_test_run ();
}
