/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The organisation of the demo in a real database: complete, consistent, made once. */

#include "config.h"

#include "uc-demo-fill.h"

#include "uc-demo-people.h"
#include "uc-error.h"
#include "uc-password.h"
#include "uc-query.h"
#include "uc-server-schema.h"
#include "uc-test.h"
#include "uc-user-service.h"

/* Thursday, 20 November 2025, 14:00 and 06:00 in Berlin. */
#define AFTERNOON G_GINT64_CONSTANT (1763643600000)
#define MORNING   G_GINT64_CONSTANT (1763614800000)

#define COUNTED                                                                                    \
  "type NOT IN ('system_join_channel', 'system_add_to_channel', 'system_join_team', "              \
  "'system_add_to_team')"

typedef struct {
  char         *folder;
  UcClock      *clock;
  UcSite       *site;
  UcDb         *db;
  UcDemoScript *script;
  UcDemoTotals  totals;
} Fixture;

static void
setup_at (Fixture *self, gint64 now_ms)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  self->folder = uc_test_dup_temp_dir ();
  self->clock = uc_clock_new_fake (now_ms);
  self->site = uc_site_new (self->folder, NULL, self->clock, &error);
  g_assert_no_error (error);
  self->site->hash_cost = 1;
  path = g_build_filename (self->folder, "server.db", NULL);
  self->db = uc_server_schema_open (path, &error);
  g_assert_no_error (error);
  self->script = uc_demo_script_load ("talk.txt", UC_DEMO_HISTORY, rand, &error);
  g_assert_no_error (error);
}

static void
setup (Fixture *self, gconstpointer now_ms)
{
  setup_at (self, *(const gint64 *) now_ms);
}

static void
teardown (Fixture *self, gconstpointer unused)
{
  uc_demo_script_free (self->script);
  uc_db_close (self->db);
  uc_site_free (self->site);
  g_assert_finalize_object (self->clock);
  g_free (self->folder);
}

static gboolean
fill (Fixture *self, gboolean *is_new, GError **error)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  g_autoptr (GPtrArray) pushes = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_push_unref);
  UcTxn    txn = { .db = self->db,
                   .site = self->site,
                   .now_ms = uc_clock_get_now_ms (self->clock),
                   .pushes = pushes };
  gboolean is_filled;

  g_assert_true (uc_db_begin (self->db, NULL));
  is_filled = uc_demo_fill (&txn, self->script, rand, is_new, &self->totals, error);
  if (is_filled)
    g_assert_true (uc_db_commit (self->db, NULL));
  else
    uc_db_rollback (self->db);
  /* What happened long ago is no news. */
  g_assert_cmpuint (pushes->len, ==, 0);
  return is_filled;
}

static void
fill_new (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  gboolean is_new = FALSE;

  g_assert_true (fill (self, &is_new, &error));
  g_assert_no_error (error);
  g_assert_true (is_new);
}

/* -- Looking into the database ----------------------------------------------------------- */

/* Statements are kept by the address of their text. */
static const char *
intern (const char *sql)
{
  return g_intern_string (sql);
}

static gint64
count (Fixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  UcStmt  *stmt = uc_db_prepare (self->db, intern (sql), &error);
  gboolean has_row = FALSE;
  gint64   number;

  g_assert_no_error (error);
  g_assert_true (uc_stmt_step (stmt, &has_row, &error));
  g_assert_true (has_row);
  number = uc_stmt_get_int64 (stmt, 0);
  uc_stmt_reset (stmt);
  return number;
}

static GPtrArray *
list_texts (Fixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *texts =
      uc_query_texts (self->db, intern (sql), UC_BINDS (UC_TEXT (NULL, NULL)), &error);

  g_assert_no_error (error);
  return texts;
}

static char *
join_texts (Fixture *self, const char *sql)
{
  g_autoptr (GPtrArray) texts = list_texts (self, sql);

  g_ptr_array_add (texts, NULL);
  return g_strjoinv (" ", (char **) texts->pdata);
}

/* -- Complete ------------------------------------------------------------------------------ */

typedef struct {
  guint n_messages;
  guint n_replies;
  guint n_reactions;
  guint n_files;
  guint n_pinned;
  guint n_changed;
  guint n_channels;
} Expected;

static void
add_up (const UcDemoScript *script, Expected *expected)
{
  for (guint i = 0; i < script->conversations->len; i++) {
    UcDemoConversation *conversation = g_ptr_array_index (script->conversations, i);

    expected->n_channels++;
    for (guint j = 0; j < conversation->sections->len; j++) {
      UcDemoSection *section = g_ptr_array_index (conversation->sections, j);

      for (guint k = 0; k < section->messages->len; k++) {
        UcDemoMessage *message = g_ptr_array_index (section->messages, k);

        expected->n_messages++;
        expected->n_replies += message->root != NULL;
        expected->n_pinned += message->is_pinned;
        expected->n_changed += message->correction != NULL;
        expected->n_files += message->files->len;
        for (guint m = 0; m < message->reactions->len; m++)
          expected->n_reactions +=
              g_strv_length (((UcDemoReaction *) g_ptr_array_index (message->reactions, m))->names);
      }
    }
  }
}

static void
test_complete (Fixture *self, gconstpointer unused)
{
  Expected expected = { 0 };

  fill_new (self);
  add_up (self->script, &expected);
  g_assert_cmpuint (self->totals.n_messages, ==, expected.n_messages);
  g_assert_cmpuint (self->totals.n_reactions, ==, expected.n_reactions);
  g_assert_cmpuint (self->totals.n_files, ==, expected.n_files);
  g_assert_cmpuint (self->totals.n_conversations, ==, expected.n_channels);

  g_assert_cmpint (count (self, "SELECT count (*) FROM posts WHERE type = ''"), ==,
                   expected.n_messages);
  g_assert_cmpint (count (self, "SELECT count (*) FROM posts WHERE root_id <> ''"), ==,
                   expected.n_replies);
  g_assert_cmpint (count (self, "SELECT count (*) FROM posts WHERE is_pinned"), ==,
                   expected.n_pinned);
  g_assert_cmpint (count (self, "SELECT count (*) FROM posts WHERE edit_at > 0"), ==,
                   expected.n_changed);
  g_assert_cmpint (count (self, "SELECT count (*) FROM reactions"), ==, expected.n_reactions);
  g_assert_cmpint (count (self, "SELECT count (*) FROM files WHERE post_id <> ''"), ==,
                   expected.n_files);
  /* Every one has read the whole history of a channel or is in it: nobody is left over. */
  g_assert_cmpint (count (self, "SELECT count (*) FROM channels"), ==, expected.n_channels);
  g_assert_cmpint (count (self, "SELECT count (*) FROM users"), ==, uc_demo_n_people);
  g_assert_cmpint (count (self, "SELECT count (*) FROM posts WHERE hashtags <> ''"), >, 0);
}

/* Each message stands where the script has it: author, text, day, minute and thread. */
static void
check_message (Fixture *self, const UcDemoSection *section, const UcDemoMessage *message)
{
  const char *sql = "SELECT u.username, p.create_at, coalesce (r.message, '') FROM posts p "
                    "JOIN users u ON u.id = p.user_id LEFT JOIN posts r ON r.id = p.root_id "
                    "WHERE p.message = :message AND u.username = :author "
                    "AND p.create_at / 60000 = :minute ORDER BY p.seq";
  const char *text = message->correction != NULL ? message->correction : message->text;
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (AFTERNOON / 1000);
  g_autoptr (GDateTime) day = g_date_time_add_days (now, -(int) section->days_ago);
  g_autoptr (GDateTime) minute = g_date_time_new_local (
      g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day),
      message->at / 60, message->at % 60, 0);
  UcStmt  *stmt = uc_db_prepare (self->db, sql, NULL);
  gboolean has_row = FALSE;

  uc_stmt_bind_text (stmt, ":message", text);
  uc_stmt_bind_text (stmt, ":author", message->author);
  uc_stmt_bind_int64 (stmt, ":minute", g_date_time_to_unix (minute) / 60);
  g_assert_true (uc_stmt_step (stmt, &has_row, NULL));
  g_test_message ("%s", text);
  g_assert_true (has_row);
  if (message->root != NULL)
    g_assert_cmpstr (uc_stmt_get_text (stmt, 2), ==,
                     message->root->correction != NULL ? message->root->correction
                                                       : message->root->text);
  uc_stmt_reset (stmt);
}

static void
test_messages (Fixture *self, gconstpointer unused)
{
  fill_new (self);
  for (guint i = 0; i < self->script->conversations->len; i++) {
    UcDemoConversation *conversation = g_ptr_array_index (self->script->conversations, i);

    for (guint j = 0; j < conversation->sections->len; j++) {
      UcDemoSection *section = g_ptr_array_index (conversation->sections, j);

      for (guint k = 0; k < section->messages->len; k++)
        check_message (self, section, g_ptr_array_index (section->messages, k));
    }
  }
}

/* -- Consistent ----------------------------------------------------------------------------- */

static void
test_counters (Fixture *self, gconstpointer unused)
{
  fill_new (self);
  g_assert_cmpint (
      count (self, "SELECT count (*) FROM channels c WHERE c.total_msg_count <> "
                   "(SELECT count (*) FROM posts p WHERE p.channel_id = c.id AND " COUNTED ") "
                   "OR c.total_msg_count_root <> (SELECT count (*) FROM posts p "
                   "  WHERE p.channel_id = c.id AND p.root_id = '' AND " COUNTED ") "
                   "OR c.last_post_at <> (SELECT max (p.create_at) FROM posts p "
                   "  WHERE p.channel_id = c.id)"),
      ==, 0);
  g_assert_cmpint (
      count (self,
             "SELECT count (*) FROM posts p WHERE p.reply_count <> "
             "(SELECT count (*) FROM posts q WHERE q.root_id = p.id) "
             "OR p.last_reply_at <> coalesce ((SELECT max (q.create_at) FROM posts q "
             "  WHERE q.root_id = p.id), 0) "
             "OR p.has_reactions <> EXISTS (SELECT 1 FROM reactions r WHERE r.post_id = p.id)"),
      ==, 0);
  /* Who has written in a thread follows it. */
  g_assert_cmpint (count (self,
                          "SELECT count (*) FROM posts p WHERE p.root_id <> '' AND NOT EXISTS "
                          "(SELECT 1 FROM thread_members t WHERE t.root_id = p.root_id "
                          " AND t.user_id = p.user_id AND t.is_following)"),
                   ==, 0);
  g_assert_cmpint (count (self, "SELECT count (*) FROM posts p LEFT JOIN channel_members m "
                                "ON m.channel_id = p.channel_id AND m.user_id = p.user_id "
                                "WHERE m.user_id IS NULL"),
                   ==, 0);
  /* The order of the keys is the order of time, and replies come after their roots. */
  g_assert_cmpint (count (self, "SELECT count (*) FROM posts WHERE seq >> 12 <> create_at"), ==, 0);
  g_assert_cmpint (count (self, "SELECT count (*) FROM posts p JOIN posts r ON r.id = p.root_id "
                                "WHERE r.seq >= p.seq OR r.channel_id <> p.channel_id"),
                   ==, 0);
  g_assert_cmpint (
      count (self, "SELECT count (*) FROM posts_text WHERE posts_text MATCH 'lasagne'"), ==, 1);
  g_assert_cmpint (count (self, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);
}

static void
check_past (Fixture *self, gint64 now_ms)
{
  g_assert_cmpint (count (self, "SELECT max (create_at) FROM posts"), <, now_ms);
  g_assert_cmpint (count (self, "SELECT max (update_at) FROM posts"), <=, now_ms);
  g_assert_cmpint (count (self, "SELECT max (create_at) FROM reactions"), <, now_ms);
  g_assert_cmpint (count (self, "SELECT max (create_at) FROM files"), <, now_ms);
  g_assert_cmpint (count (self, "SELECT max (last_viewed_at) FROM channel_members"), <, now_ms);
}

static void
test_past (Fixture *self, gconstpointer unused)
{
  fill_new (self);
  check_past (self, AFTERNOON);
  /* And not long ago: there is talk of today. */
  g_assert_cmpint (count (self, "SELECT max (create_at) FROM posts"), >,
                   AFTERNOON - 8 * 3600 * 1000);
}

static void
test_early_morning (Fixture *self, gconstpointer unused)
{
  fill_new (self);
  check_past (self, MORNING);
  g_assert_cmpint (count (self, "SELECT max (create_at) FROM posts"), >,
                   MORNING - 24 * 3600 * 1000);
}

/* -- People and places ------------------------------------------------------------------------- */

static void
test_people (Fixture *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) hashes = NULL;
  g_autofree char *admins = NULL;
  g_autofree char *leaders = NULL;

  fill_new (self);
  hashes = list_texts (self, "SELECT password_hash FROM users ORDER BY username");
  g_assert_cmpuint (hashes->len, ==, uc_demo_n_people);
  g_assert_true (uc_password_check (UC_DEMO_PASSWORD, g_ptr_array_index (hashes, 0)));
  g_assert_cmpint (count (self, "SELECT count (DISTINCT password_hash) FROM users"), ==, 1);
  admins =
      join_texts (self, "SELECT username FROM users WHERE roles LIKE '%system_admin%' ORDER BY 1");
  g_assert_cmpstr (admins, ==, "helen.brooks");
  leaders = join_texts (self, "SELECT username FROM users u JOIN channel_members m "
                              "ON m.user_id = u.id JOIN channels c ON c.id = m.channel_id "
                              "WHERE c.name = 'leadership' ORDER BY username");
  g_assert_cmpstr (leaders, ==, "anna.keller helen.brooks lena.hartmann samir.aziz");
  g_assert_cmpint (count (self, "SELECT count (*) FROM channels WHERE type = 'P'"), ==, 1);
  g_assert_cmpint (count (self, "SELECT count (*) FROM team_members WHERE delete_at = 0"), ==,
                   uc_demo_n_people);
  g_assert_cmpint (count (self, "SELECT count (*) FROM users WHERE props LIKE '%customStatus%'"),
                   >=, 3);
  /* There is a channel left to join. */
  g_assert_cmpint (count (self,
                          "SELECT count (*) FROM channels c WHERE c.type = 'O' AND NOT EXISTS "
                          "(SELECT 1 FROM channel_members m JOIN users u ON u.id = m.user_id "
                          " WHERE m.channel_id = c.id AND u.username = 'anna.keller')"),
                   >=, 1);
}

/* The visitor finds something new, the others have read all. */
static void
test_unread (Fixture *self, gconstpointer unused)
{
  g_autofree char *mentions = NULL;
  g_autofree char *muted = NULL;
  g_autofree char *favourites = NULL;

  fill_new (self);
  g_assert_cmpint (count (self,
                          "SELECT count (*) FROM channel_members m "
                          "JOIN channels c ON c.id = m.channel_id JOIN users u ON u.id = m.user_id "
                          "WHERE u.username <> 'anna.keller' AND (m.mention_count <> 0 "
                          "OR m.msg_count <> c.total_msg_count)"),
                   ==, 0);
  mentions =
      join_texts (self, "SELECT CASE c.type WHEN 'D' THEN 'direct' ELSE c.name END || ' ' || "
                        "m.mention_count FROM channel_members m "
                        "JOIN channels c ON c.id = m.channel_id JOIN users u ON u.id = m.user_id "
                        "WHERE u.username = 'anna.keller' AND m.mention_count > 0 ORDER BY 1");
  g_assert_cmpstr (mentions, ==, "direct 1 direct 1 town-square 1 ward-3 1");
  g_assert_cmpint (count (self,
                          "SELECT count (*) FROM channel_members m "
                          "JOIN channels c ON c.id = m.channel_id JOIN users u ON u.id = m.user_id "
                          "WHERE u.username = 'anna.keller' AND m.msg_count < c.total_msg_count"),
                   >=, 6);
  g_assert_cmpint (count (self,
                          "SELECT count (*) FROM channel_members m "
                          "JOIN channels c ON c.id = m.channel_id JOIN users u ON u.id = m.user_id "
                          "WHERE u.username = 'anna.keller' AND m.msg_count = c.total_msg_count"),
                   >=, 4);
  muted =
      join_texts (self, "SELECT u.username || ' ' || c.name FROM channel_members m "
                        "JOIN channels c ON c.id = m.channel_id JOIN users u ON u.id = m.user_id "
                        "WHERE json_extract (m.notify_props, '$.mark_unread') = 'mention'");
  g_assert_cmpstr (muted, ==, "anna.keller kitchen");
  favourites = join_texts (self, "SELECT CASE c.type WHEN 'D' THEN 'direct' ELSE c.name END "
                                 "FROM preferences p JOIN users u ON u.id = p.user_id "
                                 "JOIN channels c ON c.id = p.name "
                                 "WHERE p.category = 'favorite_channel' AND p.value = 'true' "
                                 "AND u.username = 'anna.keller' ORDER BY 1");
  g_assert_cmpstr (favourites, ==, "direct emergency ward-3");
  /* Both ends of a direct conversation have it in their list. */
  g_assert_cmpint (
      count (self, "SELECT count (*) FROM preferences WHERE category = 'direct_channel_show'"), ==,
      2 * count (self, "SELECT count (*) FROM channels WHERE type = 'D'"));
}

static void
test_files (Fixture *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) ids = NULL;

  fill_new (self);
  ids = list_texts (self, "SELECT id || '|' || mime_type || '|' || size FROM files ORDER BY id");
  for (guint i = 0; i < ids->len; i++) {
    g_auto (GStrv) parts = g_strsplit (g_ptr_array_index (ids, i), "|", 3);
    g_autofree char *path = g_build_filename (self->site->files_dir, parts[0], NULL);
    g_autofree char *content = NULL;
    gsize            length = 0;

    g_assert_true (g_file_get_contents (path, &content, &length, NULL));
    g_assert_cmpuint (length, ==, g_ascii_strtoull (parts[2], NULL, 10));
    g_assert_true (g_str_equal (parts[1], "image/png") == g_str_has_prefix (content, "\x89PNG"));
  }
  g_assert_cmpint (count (self, "SELECT count (*) FROM files WHERE (mime_type = 'image/png') <> "
                                "(width > 0 AND height > 0)"),
                   ==, 0);
}

/* -- Once -------------------------------------------------------------------------------------- */

static void
test_again (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gboolean is_new = TRUE;
  gint64   n_posts;

  fill_new (self);
  n_posts = count (self, "SELECT count (*) FROM posts");
  uc_clock_advance (self->clock, 24 * 3600 * 1000);
  g_assert_true (fill (self, &is_new, &error));
  g_assert_no_error (error);
  g_assert_false (is_new);
  g_assert_cmpuint (self->totals.n_messages, ==, 0);
  g_assert_cmpint (count (self, "SELECT count (*) FROM posts"), ==, n_posts);
  g_assert_cmpint (count (self, "SELECT count (*) FROM users"), ==, uc_demo_n_people);
}

/* Somebody else's server is left as it is. */
static void
test_foreign (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pushes = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_push_unref);
  UcTxn txn = { .db = self->db, .site = self->site, .now_ms = AFTERNOON, .pushes = pushes };
  const UcNewUser fields = { .username = "somebody",
                             .email = "s@example.org",
                             .password_hash = "" };
  g_autoptr (UcAccount) account = uc_user_service_create (&txn, &fields, &error);
  gboolean is_new = TRUE;

  g_assert_no_error (error);
  g_assert_false (fill (self, &is_new, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_CONFLICT);
  g_assert_false (is_new);
  g_assert_cmpint (count (self, "SELECT count (*) FROM users"), ==, 1);
}

/* When it fails in the middle nothing stays, not even files. */
static void
test_failure (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = NULL;
  UcDemoConversation *last =
      g_ptr_array_index (self->script->conversations, self->script->conversations->len - 1);
  UcDemoSection *section = g_ptr_array_index (last->sections, 0);
  UcDemoMessage *message = g_ptr_array_index (section->messages, 0);
  gboolean       is_new = TRUE;

  section->days_ago = 0;
  g_free (message->text);
  message->text = g_strnfill (70000, 'x');
  g_assert_false (fill (self, &is_new, &error));
  g_assert_nonnull (error);
  g_assert_false (is_new);
  g_assert_cmpint (count (self, "SELECT count (*) FROM users"), ==, 0);
  folder = g_dir_open (self->site->files_dir, 0, NULL);
  g_assert_null (g_dir_read_name (folder));
}

int
main (int argc, char **argv)
{
  static const gint64 afternoon = AFTERNOON;
  static const gint64 morning = MORNING;

  g_setenv ("TZ", "Europe/Berlin", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func, time)                                                                      \
  g_test_add ("/server/demo-fill/" name, Fixture, time, setup, func, teardown)
  ADD ("complete", test_complete, &afternoon);
  ADD ("messages", test_messages, &afternoon);
  ADD ("counters", test_counters, &afternoon);
  ADD ("past", test_past, &afternoon);
  ADD ("early-morning", test_early_morning, &morning);
  ADD ("people", test_people, &afternoon);
  ADD ("unread", test_unread, &afternoon);
  ADD ("files", test_files, &afternoon);
  ADD ("again", test_again, &afternoon);
  ADD ("foreign", test_foreign, &afternoon);
  ADD ("failure", test_failure, &afternoon);
#undef ADD
  return g_test_run ();
}
