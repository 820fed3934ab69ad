/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-store-test.h"
#include "uc-test.h"

#include <string.h>

#define DIRECT "dire0000000000000000000000"

static UcPost *
add (UcBatch *batch, const char *name, const char *user_id, gint64 at_ms, const char *text)
{
  g_autoptr (UcPost) post = uc_test_post (name, user_id, at_ms, text);

  uc_batch_put_post (batch, post);
  return uc_post_ref (post);
}

static void
assert_found (UcTestStore *self, const char *query, const char *wanted)
{
  g_autofree char *found = uc_test_store_search (self, query);

  if (g_strcmp0 (found, wanted) != 0)
    g_error ("%s: found “%s”, not “%s”", query, found, wanted);
}

static void
test_words (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  UcBatch    *batch = uc_batch_new ();
  const char *texts[] = { "Blood pressure is high",
                          "The PRESSURE valve",
                          "high pressure, low blood",
                          "Überdruck im Kessel",
                          "Blutdruckmessung um 10:30",
                          "请检验一下血压",
                          "血圧を測ってください",
                          "แพทย์มาแล้ว",
                          "혈압을 확인해 주세요",
                          "ok 👍 :)",
                          "see @jonas.weber #station-3 a_b",
                          "say \"hello\" AND NOT bye" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *name = g_strdup_printf ("p%dx", (int) i);
    g_autoptr (UcPost) post = add (batch, name, TEST_ANNA, (gint64) i * 10, texts[i]);
  }
  uc_test_store_apply (self, batch);

  /* All words, whole, in any case, newest first. */
  assert_found (self, "pressure",
                "high pressure, low blood|The PRESSURE valve|Blood pressure is high");
  assert_found (self, "blood PRESSURE", "high pressure, low blood|Blood pressure is high");
  assert_found (self, "\"blood pressure\"", "Blood pressure is high");
  assert_found (self, "press*",
                "high pressure, low blood|The PRESSURE valve|Blood pressure is high");
  assert_found (self, "pressure -blood", "The PRESSURE valve");
  assert_found (self, "pressure -\"high pressure\" -valve", "Blood pressure is high");
  assert_found (self, "valve OR kessel", "Überdruck im Kessel|The PRESSURE valve");
  assert_found (self, "pressure valve OR low", "high pressure, low blood|The PRESSURE valve");
  assert_found (self, "uberdruck", "Überdruck im Kessel");
  assert_found (self, "überdruck kessel", "Überdruck im Kessel");
  assert_found (self, "10:30", "Blutdruckmessung um 10:30");
  assert_found (self, "jonas.weber", "see @jonas.weber #station-3 a_b");
  assert_found (self, "@jonas.weber", "see @jonas.weber #station-3 a_b");
  assert_found (self, "#station-3", "see @jonas.weber #station-3 a_b");
  assert_found (self, "AND", "say \"hello\" AND NOT bye");
  assert_found (self, "NOT bye", "say \"hello\" AND NOT bye");
  assert_found (self, "nothing-of-the-kind", "");
  /* A word that is there is not looked for inside of others. */
  assert_found (self, "bye OR press", "say \"hello\" AND NOT bye");

  /* Scripts without spaces: any part, at any length. */
  assert_found (self, "检验", "请检验一下血压");
  assert_found (self, "血", "血圧を測ってください|请检验一下血压");
  assert_found (self, "血压", "请检验一下血压");
  assert_found (self, "验检", "");
  assert_found (self, "測って", "血圧を測ってください");
  assert_found (self, "แพทย์", "แพทย์มาแล้ว");
  assert_found (self, "มา", "แพทย์มาแล้ว");
  assert_found (self, "확인", "혈압을 확인해 주세요");

  /* Parts of words and signs, when asked for or when there is no such word. */
  assert_found (self, "*messung", "Blutdruckmessung um 10:30");
  assert_found (self, "messung", "Blutdruckmessung um 10:30");
  assert_found (self, "DRUCK", "Blutdruckmessung um 10:30|Überdruck im Kessel");
  assert_found (self, "*überd", "Überdruck im Kessel");
  assert_found (self, "👍", "ok 👍 :)");
  assert_found (self, ":)", "ok 👍 :)");
  assert_found (self, "ok -👍", "");
  assert_found (self, "-*druck -pressure 10:30 OR kessel", "");
}

static void
test_hostile (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  UcBatch *batch = uc_batch_new ();
  g_autoptr (UcPost) post = add (batch, "p", TEST_ANNA, 0, "text");
  const char *queries[] = { "\"",
                            "\"\"\"",
                            "*",
                            "a*b*c",
                            "NEAR(a,b)",
                            "a AND",
                            "(((",
                            "{a b}:c",
                            "message:x",
                            "^a",
                            "a + b",
                            "'; DROP TABLE messages",
                            "-",
                            "--",
                            "%",
                            "_",
                            "\\",
                            "a\x01b",
                            "\xef\xbb\xbf",
                            "rowid:1",
                            "?",
                            ":match",
                            "from:'",
                            "in:[1]",
                            "a OR b OR c -d",
                            "-a",
                            "-a -b",
                            "-\"\"",
                            "*a* *b*",
                            "x*\"y\"*" };

  uc_test_store_apply (self, batch);
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) hits = NULL;

    uc_store_search_async (self->store, queries[i], TEST_ME, UC_SEARCH_NEWEST, 0, 50, NULL,
                           uc_test_result_cb, &result);
    uc_test_wait_result (&result);
    hits = uc_store_search_finish (self->store, result, &error);
    if (hits == NULL && !g_error_matches (error, UC_ERROR, UC_ERROR_INVALID))
      g_error ("%s: %s", queries[i], error->message);
  }
}

static void
put_direct (UcBatch *batch)
{
  g_autoptr (UcChannel) direct =
      uc_test_channel (DIRECT, TEST_ANNA "__" TEST_ME, UC_CHANNEL_DIRECT);

  uc_batch_put_channel (batch, direct);
}

static void
test_names (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  UcBatch *batch = uc_batch_new ();
  g_autoptr (UcPost) one = add (batch, "one", TEST_ANNA, 10, "report one");
  g_autoptr (UcPost) two = add (batch, "two", TEST_BEN, 20, "report two");
  g_autoptr (UcPost) three = uc_test_post ("three", TEST_ANNA, 30, "report three");
  g_autoptr (UcPost) four = uc_test_post ("four", TEST_ME, 40, "report four");

  put_direct (batch);
  uc_test_set (&three->channel_id, TEST_OTHER);
  uc_test_set (&four->channel_id, DIRECT);
  uc_batch_put_post (batch, three);
  uc_batch_put_post (batch, four);
  uc_test_store_apply (self, batch);

  assert_found (self, "report from:anna.ek", "report three|report one");
  assert_found (self, "from:@Anna.Ek", "report three|report one");
  assert_found (self, "from:anna", "report three|report one");
  assert_found (self, "from:anna from:ben", "report three|report two|report one");
  assert_found (self, "report -from:anna", "report four|report two");
  assert_found (self, "from:me", "report four");
  assert_found (self, "from:nobody", "");
  assert_found (self, "report in:station-3", "report two|report one");
  assert_found (self, "in:~station-3", "report two|report one");
  assert_found (self, "in:\"Station-3\"", "report two|report one");
  assert_found (self, "in:town-square in:station-3", "report three|report two|report one");
  assert_found (self, "-in:station-3 report", "report four|report three");
  assert_found (self, "in:@anna", "report four");
  assert_found (self, "in:@anna.ek report", "report four");
  assert_found (self, "in:@ben", "");
  assert_found (self, "in:nowhere report", "");
  assert_found (self, "from:anna in:town-square", "report three");

  /* People by what they are called, and places by the people in them. */
  assert_found (self, "from:\"Anna Ek\"", "report three|report one");
  assert_found (self, "from:\"Ek, ANNA\"", "report three|report one");
  assert_found (self, "from:\"Anna Nobody\"", "");
  assert_found (self, "in:\"Anna Ek\"", "report four");
  assert_found (self, "in:anna", "report four");
  assert_found (self, "in:@\"Anna Ek\"", "");
  assert_found (self, "in:\"@Anna Ek\"", "report four");

  /* A channel that was left is searched when it is named, and only then. */
  batch = uc_batch_new ();
  uc_batch_remove_channel (batch, TEST_OTHER);
  uc_test_store_apply (self, batch);
  assert_found (self, "from:anna", "report one");
  assert_found (self, "report", "report four|report two|report one");
  assert_found (self, "in:town-square", "report three");
  assert_found (self, "report -in:station-3", "report four");
}

/* Groups go by the people in them. */
static void
test_groups (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcChannel) group =
      uc_test_channel (DIRECT, "0123456789abcdef0123456789abcdef01234567", UC_CHANNEL_GROUP);
  g_autoptr (UcPost) post = uc_test_post ("post", TEST_ANNA, 10, "in the group");
  g_autoptr (UcPost) other = uc_test_post ("other", TEST_ANNA, 20, "elsewhere");
  UcBatch *batch = uc_batch_new ();

  uc_test_set (&group->display_name, "anna.ek, ben, me.myself");
  uc_test_set (&post->channel_id, DIRECT);
  uc_batch_put_channel (batch, group);
  uc_batch_put_post (batch, post);
  uc_batch_put_post (batch, other);
  uc_test_store_apply (self, batch);
  assert_found (self, "in:\"anna.ek, ben, me.myself\"", "in the group");
  assert_found (self, "in:\"Anna, Ben\"", "in the group");
  assert_found (self, "in:\"Ben, Nobody\"", "");
  assert_found (self, "in:\"Anna, Anna\"", "in the group");
}

/* Whoever was only named so far has an empty name, which nobody means. */
static void
test_nameless (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_post ("post", "stranger000000000000000000", 10, "hello");
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_post (batch, post);
  uc_test_store_apply (self, batch);
  assert_found (self, "hello", "hello");
  assert_found (self, "from:@ hello", "");
  assert_found (self, "in:\",\" hello", "");
}

/* "word*" is glanced at in the newest texts before the index gathers it: what is found
 * must be the same, and in pages. */
static void
test_prefix (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  UcBatch    *batch = uc_batch_new ();
  const char *texts[] = { "Übergabe der Station",
                          "uber alles",
                          "Druck darüber",
                          "ÜBERDRUCK im Kessel",
                          "überall Druck",
                          "u\u0308ber Nacht",
                          "Druckerei, Übergröße",
                          "nichts davon",
                          "血压",
                          "高血压",
                          "drücken und gedrückt" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *name = g_strdup_printf ("p%dx", (int) i);
    g_autoptr (UcPost) post = add (batch, name, TEST_ANNA, (gint64) i * 10, texts[i]);
  }
  uc_test_store_apply (self, batch);
  assert_found (self, "über*",
                "Druckerei, Übergröße|u\u0308ber Nacht|überall Druck|ÜBERDRUCK im Kessel|"
                "uber alles|Übergabe der Station");
  assert_found (self, "druck* über*", "Druckerei, Übergröße|überall Druck");
  assert_found (self, "druck über*", "überall Druck");
  assert_found (self, "über* -druck*",
                "u\u0308ber Nacht|ÜBERDRUCK im Kessel|uber alles|"
                "Übergabe der Station");
  assert_found (self, "über* -\"im Kessel\" -nacht",
                "Druckerei, Übergröße|überall Druck|uber alles|Übergabe der Station");
  assert_found (self, "druc* OR nichts",
                "drücken und gedrückt|nichts davon|Druckerei, Übergröße|überall Druck|"
                "Druck darüber");
  assert_found (self, "in:station-3 uber* station", "Übergabe der Station");
  assert_found (self, "-über* druck", "Druck darüber");
  /* Where every character is a word of the index. */
  assert_found (self, "血压*", "高血压|血压");
  /* No word begins so: then it may stand inside of words. */
  assert_found (self, "bergab*", "Übergabe der Station");
}

static void
test_marks (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  UcBatch *batch = uc_batch_new ();
  g_autoptr (UcPost) plain = add (batch, "plain", TEST_ANNA, 10, "plain");
  g_autoptr (UcPost) link = add (batch, "link", TEST_ANNA, 20, "link https://example.org/x");
  g_autoptr (UcPost) file = uc_test_post ("file", TEST_ANNA, 30, "file");
  g_autoptr (UcPost) pinned = uc_test_post ("pinned", TEST_ANNA, 40, "pinned");
  g_autoptr (UcPost) reply = uc_test_post ("reply", TEST_ANNA, 50, "reply");
  g_autoptr (UcPost) reacted = uc_test_post ("reacted", TEST_ANNA, 60, "reacted");
  g_autoptr (UcPost) mine = uc_test_post ("mine", TEST_ME, 70, "mine");
  g_autoptr (UcPost) unread = uc_test_post ("unread", TEST_ANNA, 80, "unread");
  g_autoptr (UcPost) system = uc_test_post ("system", TEST_ANNA, 90, "anna joined");
  g_autoptr (UcPreference) saved = uc_preference_new (TEST_ME, "flagged_post", plain->id, "true");
  UcReaction *reaction = uc_reaction_new ();

  g_strfreev (file->file_ids);
  file->file_ids = g_strsplit ("f1", " ", -1);
  pinned->is_pinned = TRUE;
  uc_test_set (&reply->root_id, plain->id);
  uc_test_set (&reaction->user_id, TEST_BEN);
  uc_test_set (&reaction->emoji_name, "+1");
  g_ptr_array_add (reacted->reactions, reaction);
  uc_test_set (&system->type, "system_join_channel");
  uc_batch_put_post (batch, file);
  uc_batch_put_post (batch, pinned);
  uc_batch_put_pushed_post (batch, reply, FALSE);
  uc_batch_put_post (batch, reacted);
  uc_batch_put_pushed_post (batch, mine, FALSE);
  uc_batch_put_pushed_post (batch, unread, FALSE);
  uc_batch_put_post (batch, system);
  uc_batch_put_preference (batch, saved);
  uc_test_store_apply (self, batch);

  assert_found (self, "has:link", "link https://example.org/x");
  assert_found (self, "has:file", "file");
  assert_found (self, "has:reaction", "reacted");
  assert_found (self, "is:pinned", "pinned");
  assert_found (self, "is:saved", "plain");
  assert_found (self, "is:thread", "reply|plain");
  assert_found (self, "is:unread", "unread");
  assert_found (self, "is:thread -is:saved", "reply");
  assert_found (self, "joined", "");
  assert_found (self, "has:link from:ben", "");
  assert_found (self, "has:link *example", "link https://example.org/x");
  assert_found (self, "link -has:link", "");
  assert_found (self, "is:unread -from:anna", "");
  assert_found (self, "plain is:unread", "");
}

/* Nothing is unread after reading, whatever is stored. */
static void
test_unread (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  UcBatch *batch = uc_batch_new ();
  g_autoptr (UcMember) one = uc_test_member (TEST_CHANNEL);
  g_autoptr (UcMember) other = uc_test_member (TEST_OTHER);
  g_autoptr (UcPost) old = add (batch, "old", TEST_ANNA, 10, "old");
  g_autoptr (UcPost) new = add (batch, "new", TEST_ANNA, 30, "new");

  one->last_viewed_at_ms = TEST_NOW_MS + 30;
  other->last_viewed_at_ms = TEST_NOW_MS + 50;
  uc_batch_put_member (batch, one);
  uc_batch_put_member (batch, other);
  uc_test_store_apply (self, batch);
  assert_found (self, "is:unread", "");
  assert_found (self, "-is:unread", "new|old");
  one->last_viewed_at_ms = TEST_NOW_MS + 29;
  one->last_update_at_ms++;
  batch = uc_batch_new ();
  uc_batch_put_member (batch, one);
  uc_test_store_apply (self, batch);
  assert_found (self, "is:unread", "new");
}

/* What waits in the outbox: a message is found, one that is to go is not. */
static void
test_outbox (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  UcBatch *batch = uc_batch_new ();
  g_autoptr (UcPost) waits = uc_test_provisional ("op", 10, "zebra waits");
  g_autoptr (UcPost) goes = add (batch, "goes", TEST_ANNA, 20, "zebra goes");
  g_autoptr (UcPost) stays = add (batch, "stays", TEST_ANNA, 30, "zebra stays");
  g_autoptr (UcMessage) message = NULL;

  uc_batch_queue_post (batch, waits);
  uc_test_store_apply (self, batch);
  message = uc_test_store_message (self, goes->id);
  batch = uc_batch_new ();
  uc_batch_queue_delete (batch, "op2", message->key);
  uc_test_store_apply (self, batch);
  assert_found (self, "zebra", "zebra waits|zebra stays");
  assert_found (self, "zeb*", "zebra waits|zebra stays");
}

static void
assert_best (UcTestStore *self, const char *query, const char *wanted)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GString) found = g_string_new (NULL);

  uc_store_search_async (self->store, query, TEST_ME, UC_SEARCH_RELEVANT, 0, 3, NULL,
                         uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  hits = uc_store_search_finish (self->store, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < hits->len; i++) {
    UcSearchHit *hit = g_ptr_array_index (hits, i);

    g_string_append_printf (found, "%s%s", i > 0 ? "|" : "", hit->snippet);
  }
  g_string_replace (found, "\x02", "<", 0);
  g_string_replace (found, "\x03", ">", 0);
  if (g_strcmp0 (found->str, wanted) != 0)
    g_error ("%s: found “%s”, not “%s”", query, found->str, wanted);
}

/* In each way of looking: by the index, at a glance, in the texts. */
static void
test_relevant (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  UcBatch *batch = uc_batch_new ();
  g_autoptr (UcPost) best = add (batch, "best", TEST_ANNA, 10, "server down: server down");
  g_autoptr (UcPost) near = add (batch, "near", TEST_ANNA, 20, "the server is down again today");
  g_autoptr (UcPost) far =
      add (batch, "far", TEST_BEN, 30, "a server, and a long list of things, went down");
  g_autoptr (UcPost) none = add (batch, "none", TEST_ANNA, 40, "nothing of the kind");

  uc_test_store_apply (self, batch);
  assert_best (self, "server down",
               "<server> <down>: <server> <down>|the <server> is <down> again today|"
               "a <server>, and a long list of things, went <down>");
  assert_best (self, "server dow*",
               "<server> <down>: <server> <down>|the <server> is <down> again today|"
               "a <server>, and a long list of things, went <down>");
  assert_best (self, "*erver *own -again",
               "s<erver> d<own>: s<erver> d<own>|"
               "a s<erver>, and a long list of things, went d<own>");
  assert_best (self, "server from:ben", "a <server>, and a long list of things, went down");
  /* Without words there is nothing to weigh. */
  assert_best (self, "from:ben", "a server, and a long list of things, went down");
}

static void
annotate (UcTestStore *self, const char *id, UcCategory category, UcPriority priority)
{
  g_autoptr (UcMessage) message = uc_test_store_message (self, id);
  g_autoptr (UcAnnotation) annotation = uc_annotation_new ();
  UcBatch *batch = uc_batch_new ();

  annotation->category = category;
  annotation->priority = priority;
  annotation->source = UC_SOURCE_DEVICE;
  uc_batch_put_annotation (batch, message->seq, annotation);
  uc_test_store_apply (self, batch);
}

static void
test_annotations (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  UcBatch *batch = uc_batch_new ();
  g_autoptr (UcPost) a = add (batch, "a", TEST_ANNA, 10, "server a");
  g_autoptr (UcPost) b = add (batch, "b", TEST_ANNA, 20, "server b");
  g_autoptr (UcPost) c = add (batch, "c", TEST_ANNA, 30, "server c");
  g_autoptr (UcPost) d = add (batch, "d", TEST_ANNA, 40, "server d");

  uc_test_store_apply (self, batch);
  annotate (self, a->id, UC_CATEGORY_INCIDENT, UC_PRIORITY_CRITICAL);
  annotate (self, b->id, UC_CATEGORY_INCIDENT, UC_PRIORITY_LOW);
  annotate (self, c->id, UC_CATEGORY_QUESTION, UC_PRIORITY_LOW);
  assert_found (self, "category:incident", "server b|server a");
  assert_found (self, "category:incident category:question", "server c|server b|server a");
  assert_found (self, "server category:incident priority:low", "server b");
  assert_found (self, "category:incident -priority:low", "server a");
  assert_found (self, "priority:low", "server c|server b");
  assert_found (self, "server -category:incident", "server d|server c");
}

static void
test_days (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  UcBatch     *batch = uc_batch_new ();
  const gint64 day_ms = 24 * 3600 * 1000;
  g_autoptr (UcPost) old = add (batch, "old", TEST_ANNA, -day_ms, "note old");
  g_autoptr (UcPost) now = add (batch, "now", TEST_ANNA, 0, "note now");
  g_autoptr (UcPost) late = add (batch, "late", TEST_ANNA, day_ms, "note late");

  uc_test_store_apply (self, batch);
  assert_found (self, "on:2026-11-20", "note now");
  assert_found (self, "note before:2026-11-20", "note old");
  assert_found (self, "note after:2026-11-20", "note late");
  assert_found (self, "after:2026-11-18 before:2026-11-21", "note now|note old");
}

static void
test_pages_and_snippets (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  UcBatch *batch = uc_batch_new ();
  gint64   before_seq = 0;
  guint    n_found = 0;

  for (int i = 0; i < 25; i++) {
    g_autofree char *name = g_strdup_printf ("p%dx", i);
    g_autoptr (UcPost) post = add (batch, name, TEST_ANNA, i, "some Needle in hay");
  }
  uc_test_store_apply (self, batch);
  while (TRUE) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) hits = NULL;

    uc_store_search_async (self->store, "needle", TEST_ME, UC_SEARCH_NEWEST, before_seq, 10, NULL,
                           uc_test_result_cb, &result);
    uc_test_wait_result (&result);
    hits = uc_store_search_finish (self->store, result, &error);
    g_assert_no_error (error);
    if (hits->len == 0)
      break;
    for (guint i = 0; i < hits->len; i++) {
      UcSearchHit *hit = g_ptr_array_index (hits, i);

      g_assert_true (before_seq == 0 || hit->message->seq < before_seq);
      before_seq = hit->message->seq;
      g_assert_cmpstr (hit->snippet, ==, "some \x02Needle\x03 in hay");
    }
    n_found += hits->len;
  }
  g_assert_cmpuint (n_found, ==, 25);
}

static void
test_snippet_of_part (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autofree char *before = g_strnfill (200, 'x');
  g_autofree char *text = g_strdup_printf ("%s Blutdruckmessung", before);
  UcBatch         *batch = uc_batch_new ();
  g_autoptr (UcPost) post = add (batch, "p", TEST_ANNA, 0, text);
  UcSearchHit *hit;

  uc_test_store_apply (self, batch);
  uc_store_search_async (self->store, "DRUCK", TEST_ME, UC_SEARCH_NEWEST, 0, 10, NULL,
                         uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  hits = uc_store_search_finish (self->store, result, NULL);
  g_assert_cmpuint (hits->len, ==, 1);
  hit = g_ptr_array_index (hits, 0);
  g_assert_cmpstr (hit->snippet, ==,
                   "…Blut\x02"
                   "druck\x03messung");
}

/* The index follows every change of a text and of a place in the order. */
static void
test_index_follows (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) mine = uc_test_provisional ("op", 10, "first draft");
  g_autoptr (UcPost) answer = uc_test_answer ("op", "sent", 50, "second version");
  g_autoptr (UcPost) edited = uc_test_answer ("op", "sent", 50, "third version");
  UcBatch *batch = uc_batch_new ();

  uc_batch_queue_post (batch, mine);
  uc_test_store_apply (self, batch);
  assert_found (self, "draft", "first draft");
  batch = uc_batch_new ();
  uc_batch_outbox_done (batch, "op", answer);
  uc_test_store_apply (self, batch);
  assert_found (self, "draft", "");
  assert_found (self, "version", "second version");
  edited->update_at_ms++;
  batch = uc_batch_new ();
  uc_batch_put_post (batch, edited);
  uc_test_store_apply (self, batch);
  assert_found (self, "second", "");
  assert_found (self, "third", "third version");
  batch = uc_batch_new ();
  uc_batch_remove_post (batch, edited->id, 99);
  uc_test_store_apply (self, batch);
  assert_found (self, "third", "");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/store-search/words", test_words);
  g_test_add_func ("/store/store-search/hostile", test_hostile);
  g_test_add_func ("/store/store-search/names", test_names);
  g_test_add_func ("/store/store-search/groups", test_groups);
  g_test_add_func ("/store/store-search/nameless", test_nameless);
  g_test_add_func ("/store/store-search/prefix", test_prefix);
  g_test_add_func ("/store/store-search/unread", test_unread);
  g_test_add_func ("/store/store-search/outbox", test_outbox);
  g_test_add_func ("/store/store-search/relevant", test_relevant);
  g_test_add_func ("/store/store-search/marks", test_marks);
  g_test_add_func ("/store/store-search/annotations", test_annotations);
  g_test_add_func ("/store/store-search/days", test_days);
  g_test_add_func ("/store/store-search/pages-and-snippets", test_pages_and_snippets);
  g_test_add_func ("/store/store-search/snippet-of-part", test_snippet_of_part);
  g_test_add_func ("/store/store-search/index-follows", test_index_follows);
  return g_test_run ();
}
