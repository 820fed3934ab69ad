/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the people of the demo say: the program's own text, and what a reader that is
 * strict says of broken ones. */

#include "config.h"

#include "uc-demo-script.h"

#include "uc-demo-people.h"
#include "uc-error.h"
#include "uc-mentions.h"
#include "uc-text.h"

static UcDemoScript *
parse (const char *text, UcDemoScriptKind kind)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;
  UcDemoScript *script = uc_demo_script_parse (text, "test", kind, rand, &error);

  g_assert_no_error (error);
  return script;
}

static const UcDemoSection *
get_section (UcDemoScript *script, guint conversation, guint section)
{
  UcDemoConversation *at = g_ptr_array_index (script->conversations, conversation);

  g_assert_cmpuint (section, <, at->sections->len);
  return g_ptr_array_index (at->sections, section);
}

static const UcDemoMessage *
get_message (const UcDemoSection *section, guint i)
{
  g_assert_cmpuint (i, <, section->messages->len);
  return g_ptr_array_index (section->messages, i);
}

/* -- The form ------------------------------------------------------------------------- */

static void
test_everything (void)
{
  g_autoptr (UcDemoScript) script =
      parse ("# a remark\n"
             "== ward-9 | Ward 9 | private | What for | Top | and more\n"
             "& paul.meier\n"
             "-- 3\n"
             "08:00 anna.keller: One\\nTwo: {three}\n"
             "  > 08:05 ben.ortiz: A reply\n"
             "    + heart clara.wu julia.roth\n"
             "    + tada clara.wu\n"
             "08:02 samir.aziz: Later than one, earlier than its reply\n"
             "  ! picture sunrise.png | A title\n"
             "  ! file a.txt | One\\nTwo\n"
             "  ~ Changed\\nto this\n"
             "  ^\n"
             "\n"
             "== @anna.keller @noah.fischer\n"
             "-- 0\n"
             "23:59 noah.fischer: Hello\n",
             UC_DEMO_HISTORY);
  UcDemoConversation   *ward = g_ptr_array_index (script->conversations, 0);
  UcDemoConversation   *direct = g_ptr_array_index (script->conversations, 1);
  const UcDemoSection  *section = get_section (script, 0, 0);
  const UcDemoMessage  *message = get_message (section, 0);
  const UcDemoReaction *reaction;
  const UcDemoFile     *file;

  g_assert_cmpuint (script->conversations->len, ==, 2);
  g_assert_cmpstr (ward->name, ==, "ward-9");
  g_assert_cmpstr (ward->display_name, ==, "Ward 9");
  g_assert_cmpstr (ward->purpose, ==, "What for");
  g_assert_cmpstr (ward->header, ==, "Top | and more");
  g_assert_true (ward->is_private);
  /* Who is told of, who speaks, who reacts. */
  g_assert_cmpuint (ward->people->len, ==, 6);
  g_assert_cmpuint (section->days_ago, ==, 3);
  g_assert_cmpuint (section->messages->len, ==, 3);
  g_assert_cmpstr (message->text, ==, "One\nTwo: three");
  g_assert_cmpint (message->at, ==, 480);
  g_assert_null (message->root);

  message = get_message (section, 1);
  g_assert_cmpstr (message->author, ==, "samir.aziz");
  g_assert_true (message->is_pinned);
  g_assert_cmpstr (message->correction, ==, "Changed\nto this");
  g_assert_cmpuint (message->files->len, ==, 2);
  file = g_ptr_array_index (message->files, 0);
  g_assert_true (file->is_picture);
  g_assert_cmpstr (file->name, ==, "sunrise.png");
  g_assert_cmpstr (file->text, ==, "A title");
  file = g_ptr_array_index (message->files, 1);
  g_assert_false (file->is_picture);
  g_assert_cmpstr (file->text, ==, "One\nTwo");

  message = get_message (section, 2);
  g_assert_true (message->root == get_message (section, 0));
  g_assert_cmpuint (message->reactions->len, ==, 2);
  reaction = g_ptr_array_index (message->reactions, 0);
  g_assert_cmpstr (reaction->emoji, ==, "heart");
  g_assert_cmpuint (g_strv_length (reaction->names), ==, 2);

  g_assert_cmpstr (direct->name, ==, "");
  g_assert_cmpuint (direct->people->len, ==, 2);
  g_assert_cmpint (get_message (get_section (script, 1, 0), 0)->at, ==, 23 * 60 + 59);
}

static void
test_days (void)
{
  g_autoptr (UcDemoScript) script =
      parse ("== ward-9 | Ward 9 | open | |\n"
             "-- 9..2/3\n"
             "12:00 {anna.keller|ben.ortiz}: {1|2|3|4|5|6}{1|2|3|4|5|6}\n"
             "  > 12:10 clara.wu: Yes\n",
             UC_DEMO_HISTORY);
  static const guint days[] = { 9, 6, 3 };
  guint              n_equal = 0;

  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    const UcDemoSection *section = get_section (script, 0, i);
    const UcDemoMessage *first = get_message (section, 0);
    const UcDemoMessage *reply = get_message (section, 1);

    g_assert_cmpuint (section->days_ago, ==, days[i]);
    g_assert_cmpint (ABS (first->at - 720), <=, 8);
    g_assert_cmpint (reply->at - first->at, ==, 10);
    g_assert_true (reply->root == first);
    n_equal +=
        i > 0 && g_str_equal (first->text, get_message (get_section (script, 0, i - 1), 0)->text);
  }
  g_assert_cmpuint (
      ((UcDemoConversation *) g_ptr_array_index (script->conversations, 0))->sections->len, ==, 3);
  g_assert_cmpuint (n_equal, <, 2);
}

static void
test_scenes (void)
{
  g_autoptr (UcDemoScript) script = parse ("== ward-9\n"
                                           "--\n"
                                           "0s anna.keller: {a|b} stays\n"
                                           "  > 12s ben.ortiz: Yes\n"
                                           "--\n"
                                           "3s clara.wu: Next\n",
                                           UC_DEMO_SCENES);

  g_assert_cmpstr (get_message (get_section (script, 0, 0), 0)->text, ==, "{a|b} stays");
  g_assert_cmpint (get_message (get_section (script, 0, 0), 1)->at, ==, 12);
  g_assert_cmpstr (get_message (get_section (script, 0, 1), 0)->author, ==, "clara.wu");
}

static void
test_broken (void)
{
#define TOP "== ward-9 | Ward 9 | open | | \n-- 3\n"
  static const struct {
    const char *text;
    const char *line;
  } broken[] = {
    { "08:00 anna.keller: x", "test:1:" },
    { "-- 3\n08:00 anna.keller: x", "test:1:" },
    { "== ward-9 | Ward 9 | open\n", "test:1:" },
    { "== ward-9 | Ward 9 | secret | | \n", "test:1:" },
    { "== Ward 9 | Ward 9 | open | | \n", "test:1:" },
    { "== @anna.keller\n", "test:1:" },
    { "== @anna.keller @nobody\n", "test:1:" },
    { "== @anna.keller ben.ortiz\n", "test:1:" },
    { "== @anna.keller @anna.keller\n", "test:1:" },
    { "== @anna.keller @ben.ortiz\n-- 1\n08:00 clara.wu: x", "test:3:" },
    { "== w9 | W | open | | \n== w9 | W | open | | \n", "test:2:" },
    { TOP "08:00 anna.keller: x\n& ben.ortiz", "test:4:" },
    { "& ben.ortiz\n", "test:1:" },
    { TOP "8:00 anna.keller: x", "test:3:" },
    { TOP "24:00 anna.keller: x", "test:3:" },
    { TOP "08:60 anna.keller: x", "test:3:" },
    { TOP "12s anna.keller: x", "test:3:" },
    { TOP "08:00 anna.keller x", "test:3:" },
    { TOP "08:00 anna.keller:", "test:3:" },
    { TOP "08:00 nobody: x", "test:3:" },
    { TOP "08:00 anna.keller: {a|b", "test:3:" },
    { TOP "09:00 anna.keller: x\n08:00 anna.keller: y", "test:4:" },
    { TOP "09:00 anna.keller: x\n  > 08:59 anna.keller: y", "test:4:" },
    { TOP "  > 08:59 anna.keller: y", "test:3:" },
    { TOP "  + heart anna.keller", "test:3:" },
    { TOP "  ~ x", "test:3:" },
    { TOP "09:00 anna.keller: x\n  + heart", "test:4:" },
    { TOP "09:00 anna.keller: x\n  + heart nobody", "test:4:" },
    { TOP "09:00 anna.keller: x\n  + he!rt anna.keller", "test:4:" },
    { TOP "09:00 anna.keller: x\n  ! picture moonrise.png | x", "test:4:" },
    { TOP "09:00 anna.keller: x\n  ! file x.txt", "test:4:" },
    { TOP "09:00 anna.keller: x\n  ! sound x.txt | x", "test:4:" },
    { TOP "09:00 anna.keller: x\n  ? x", "test:4:" },
    { TOP "-- 2\n09:00 anna.keller: x", "test:3:" },
    { TOP "09:00 anna.keller: x\n-- tomorrow\n09:00 anna.keller: x", "test:4:" },
    { TOP "09:00 anna.keller: x\n-- 1..2\n09:00 anna.keller: x", "test:4:" },
    { TOP "09:00 anna.keller: x\n-- 2..1/0\n09:00 anna.keller: x", "test:4:" },
  };
#undef TOP
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (UcDemoScript) script =
        uc_demo_script_parse (broken[i].text, "test", UC_DEMO_HISTORY, rand, &error);

    g_test_message ("%s", broken[i].text);
    g_assert_null (script);
    g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
    g_test_message ("%s", error->message);
    g_assert_true (g_str_has_prefix (error->message, broken[i].line));
  }
}

/* -- The program's own text ------------------------------------------------------------ */

typedef struct {
  guint n_messages;
  guint n_replies;
  guint n_reactions;
  guint n_pictures;
  guint n_files;
  guint n_pinned;
  guint n_today;
  guint longest;
} Totals;

/* Whoever is called by name is somebody who can hear it. */
static void
check_names (const UcDemoConversation *conversation, const UcDemoMessage *message)
{
  g_autoptr (UcMentions) words = uc_mentions_new (message->text);
  GPtrArray *names = uc_mentions_get_names (words);

  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);

    if (g_str_equal (name, "channel") || g_str_equal (name, "all") || g_str_equal (name, "here"))
      continue;
    g_test_message ("@%s: %s", name, message->text);
    g_assert_nonnull (uc_demo_people_find (name));
    g_assert_true (
        g_ptr_array_find_with_equal_func (conversation->people, name, g_str_equal, NULL));
  }
}

static void
add_up (UcDemoScript *script, Totals *totals)
{
  for (guint i = 0; i < script->conversations->len; i++) {
    UcDemoConversation *conversation = g_ptr_array_index (script->conversations, i);
    guint               n_here = 0;

    for (guint j = 0; j < conversation->sections->len; j++) {
      UcDemoSection *section = g_ptr_array_index (conversation->sections, j);

      g_assert_cmpuint (section->messages->len, >, 0);
      for (guint k = 0; k < section->messages->len; k++) {
        UcDemoMessage *message = g_ptr_array_index (section->messages, k);

        check_names (conversation, message);
        g_assert_true (uc_text_fits (message->text, 4000));
        g_assert_cmpint (message->at, >=, 0);
        g_assert_cmpint (message->at, <, 24 * 60);
        n_here++;
        totals->n_today += section->days_ago == 0;
        totals->n_replies += message->root != NULL;
        totals->n_pinned += message->is_pinned;
        for (guint m = 0; m < message->reactions->len; m++)
          totals->n_reactions +=
              g_strv_length (((UcDemoReaction *) g_ptr_array_index (message->reactions, m))->names);
        for (guint m = 0; m < message->files->len; m++) {
          UcDemoFile *file = g_ptr_array_index (message->files, m);

          totals->n_pictures += file->is_picture;
          totals->n_files += !file->is_picture;
        }
      }
    }
    totals->n_messages += n_here;
    totals->longest = MAX (totals->longest, n_here);
  }
}

/* Whatever the choices are, it can be read, and there is something to look at. */
static void
test_talk (void)
{
  for (guint32 seed = 0; seed < 20; seed++) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
    g_autoptr (GError) error = NULL;
    g_autoptr (UcDemoScript) script =
        uc_demo_script_load ("talk.txt", UC_DEMO_HISTORY, rand, &error);
    Totals totals = { 0 };

    g_assert_no_error (error);
    add_up (script, &totals);
    if (seed == 0)
      g_test_message ("%u messages, %u replies, %u reactions, %u pictures, %u files, %u pinned, %u "
                      "today, longest %u",
                      totals.n_messages, totals.n_replies, totals.n_reactions, totals.n_pictures,
                      totals.n_files, totals.n_pinned, totals.n_today, totals.longest);
    g_assert_cmpuint (totals.n_messages, >=, 600);
    g_assert_cmpuint (totals.n_messages, <=, 800);
    g_assert_cmpuint (totals.longest, >=, 200);
    g_assert_cmpuint (totals.n_replies, >=, 200);
    g_assert_cmpuint (totals.n_reactions, >=, 200);
    g_assert_cmpuint (totals.n_pictures, >=, 8);
    g_assert_cmpuint (totals.n_files, >=, 3);
    g_assert_cmpuint (totals.n_pinned, >=, 3);
    g_assert_cmpuint (totals.n_today, >=, 10);
  }
}

/* Everybody of the team has something to say. */
static void
test_everybody (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (UcDemoScript) script = uc_demo_script_load ("talk.txt", UC_DEMO_HISTORY, rand, NULL);
  g_autoptr (GHashTable) authors = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < script->conversations->len; i++) {
    UcDemoConversation *conversation = g_ptr_array_index (script->conversations, i);

    for (guint j = 0; j < conversation->sections->len; j++) {
      GPtrArray *messages =
          ((UcDemoSection *) g_ptr_array_index (conversation->sections, j))->messages;

      for (guint k = 0; k < messages->len; k++)
        g_hash_table_add (authors, ((UcDemoMessage *) g_ptr_array_index (messages, k))->author);
    }
  }
  g_assert_cmpuint (g_hash_table_size (authors), ==, uc_demo_n_people);
}

static void
test_missing (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;

  g_assert_null (uc_demo_script_load ("nothing.txt", UC_DEMO_HISTORY, rand, &error));
  g_assert_error (error, G_RESOURCE_ERROR, G_RESOURCE_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/server/demo-script/everything", test_everything);
  g_test_add_func ("/server/demo-script/days", test_days);
  g_test_add_func ("/server/demo-script/scenes", test_scenes);
  g_test_add_func ("/server/demo-script/broken", test_broken);
  g_test_add_func ("/server/demo-script/talk", test_talk);
  g_test_add_func ("/server/demo-script/everybody", test_everybody);
  g_test_add_func ("/server/demo-script/missing", test_missing);
  return g_test_run ();
}
