/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the people of the demo answer. A rule is about words, or about what kind of
 * message it is; the first that holds is taken. */

#include "config.h"

#include "uc-demo-answers.h"

#include "uc-demo-choice.h"
#include "uc-demo-people.h"
#include "uc-error.h"
#include "uc-server-resources.h"

#include <string.h>

#define RESOURCE "/com/example/UnifiedChat/server/demo/answers.txt"
/* "Thanks!" is thanks; a long message that begins so is about something else. */
#define MAX_SHORT_WORDS 5

typedef enum {
  RULE_WORDS,
  RULE_CATEGORY,
  RULE_ANY,
} RuleKind;

typedef struct {
  RuleKind   kind;
  gboolean   is_short;
  GStrv      words; /* each " in blanks ", as it stands in a folded message */
  UcCategory category;
  UcPriority priority; /* NONE: any */
  GStrv      people;   /* (nullable): who answers so */
  GPtrArray *answers;  /* (element-type utf8) */
  guint      last;     /* the answer given last, plus one */
} Rule;

struct _UcDemoAnswers {
  GPtrArray *rules; /* (owned) (element-type Rule) */
};

static void
rule_free (gpointer data)
{
  Rule *rule = data;

  g_strfreev (rule->words);
  g_strfreev (rule->people);
  g_ptr_array_unref (rule->answers);
  g_free (rule);
}

/* -- Reading ------------------------------------------------------------------------------ */

static gboolean
read_words (Rule *rule, char **names)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *word = g_utf8_casefold (names[i], -1);

    g_strdelimit (word, "_", ' ');
    g_strv_builder_take (words, g_strdup_printf (" %s ", word));
  }
  rule->words = g_strv_builder_end (words);
  return rule->words[0] != NULL;
}

static gboolean
read_category (Rule *rule, char **names)
{
  if (names[0] == NULL)
    return FALSE;
  rule->category = uc_category_from_string (names[0]);
  if (names[1] != NULL)
    rule->priority = uc_priority_from_string (names[1]);
  return rule->category != UC_CATEGORY_NONE &&
         (names[1] == NULL || (rule->priority != UC_PRIORITY_NONE && names[2] == NULL));
}

static gboolean
read_condition (Rule *rule, char **names)
{
  const char *kind = names[0] != NULL ? names[0] : "";

  if (g_str_equal (kind, "words") || g_str_equal (kind, "short")) {
    rule->kind = RULE_WORDS;
    rule->is_short = g_str_equal (kind, "short");
    return read_words (rule, names + 1);
  }
  if (g_str_equal (kind, "category")) {
    rule->kind = RULE_CATEGORY;
    return read_category (rule, names + 1);
  }
  rule->kind = RULE_ANY;
  return g_str_equal (kind, "any") && names[1] == NULL;
}

static gboolean
read_people (Rule *rule, const char *names)
{
  rule->people = g_strsplit (names, " ", -1);
  for (guint i = 0; rule->people[i] != NULL; i++) {
    if (uc_demo_people_find (rule->people[i]) == NULL)
      return FALSE;
  }
  return rule->people[0] != NULL;
}

static gboolean
begin_rule (UcDemoAnswers *self, const char *line)
{
  g_auto (GStrv) halves = g_strsplit (line, " | ", 2);
  g_auto (GStrv) names = g_strsplit (halves[0] != NULL ? halves[0] : "", " ", -1);
  Rule *rule = g_new0 (Rule, 1);

  rule->answers = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->rules, rule);
  return read_condition (rule, names) &&
         (g_strv_length (halves) < 2 || read_people (rule, halves[1]));
}

static Rule *
get_last_rule (UcDemoAnswers *self)
{
  return self->rules->len > 0 ? g_ptr_array_index (self->rules, self->rules->len - 1) : NULL;
}

static gboolean
add_answer (UcDemoAnswers *self, const char *line)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (0);
  g_autofree char *chosen = uc_demo_choose (line, rand, NULL);
  Rule            *rule = get_last_rule (self);

  if (rule == NULL || chosen == NULL)
    return FALSE;
  g_ptr_array_add (rule->answers, g_strdup (line));
  return TRUE;
}

/* The last rule holds always, and each has something to say. */
static gboolean
check_rules (UcDemoAnswers *self)
{
  Rule *last = get_last_rule (self);

  for (guint i = 0; i < self->rules->len; i++) {
    if (((Rule *) g_ptr_array_index (self->rules, i))->answers->len == 0)
      return FALSE;
  }
  return last != NULL && last->kind == RULE_ANY && last->people == NULL;
}

/**
 * uc_demo_answers_parse:
 *
 * Errors: UC_ERROR_INVALID, which names the line
 *
 * Returns: (transfer full) (nullable): the table
 */
UcDemoAnswers *
uc_demo_answers_parse (const char *text, GError **error)
{
  g_autoptr (UcDemoAnswers) self = g_new0 (UcDemoAnswers, 1);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  self->rules = g_ptr_array_new_with_free_func (rule_free);
  for (guint i = 0; lines[i] != NULL; i++) {
    const char *line = g_strstrip (lines[i]);

    if (*line == '\0' || *line == '#')
      continue;
    if (g_str_has_prefix (line, "== ") ? !begin_rule (self, line + 3) : !add_answer (self, line)) {
      g_set_error (error, UC_ERROR, UC_ERROR_INVALID, "answers.txt:%u: “%s”", i + 1, line);
      return NULL;
    }
  }
  if (!check_rules (self)) {
    g_set_error_literal (error, UC_ERROR, UC_ERROR_INVALID,
                         "answers.txt: a rule without answers, or no rule that always holds");
    return NULL;
  }
  return g_steal_pointer (&self);
}

/**
 * uc_demo_answers_load:
 *
 * Returns: (transfer full) (nullable): the table of the program
 */
UcDemoAnswers *
uc_demo_answers_load (GError **error)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (uc_server_get_resource (), RESOURCE, 0, error);
  g_autofree char *text = NULL;

  if (bytes == NULL)
    return NULL;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return uc_demo_answers_parse (text, error);
}

/**
 * uc_demo_answers_free:
 * @self: (transfer full):
 */
void
uc_demo_answers_free (UcDemoAnswers *self)
{
  g_ptr_array_unref (self->rules);
  g_free (self);
}

/* -- Choosing ------------------------------------------------------------------------------- */

/* The words of a message in small letters, one blank around each. */
static char *
dup_folded (const char *message, guint *n_words)
{
  g_autofree char *folded = g_utf8_casefold (message, -1);
  GString         *words = g_string_new (" ");

  *n_words = 0;
  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar letter = g_utf8_get_char (at);

    if (g_unichar_isalnum (letter) || letter == '-') {
      g_string_append_unichar (words, letter);
    } else if (words->str[words->len - 1] != ' ') {
      g_string_append_c (words, ' ');
      (*n_words)++;
    }
  }
  if (words->str[words->len - 1] != ' ') {
    g_string_append_c (words, ' ');
    (*n_words)++;
  }
  return g_string_free (words, FALSE);
}

static gboolean
holds (const Rule             *rule,
       const char             *username,
       const char             *folded,
       guint                   n_words,
       const UcClassification *about)
{
  if (rule->people != NULL && !g_strv_contains ((const char *const *) rule->people, username))
    return FALSE;
  switch (rule->kind) {
  case RULE_WORDS:
    for (guint i = 0; (!rule->is_short || n_words <= MAX_SHORT_WORDS) && rule->words[i] != NULL;
         i++) {
      if (strstr (folded, rule->words[i]) != NULL)
        return TRUE;
    }
    return FALSE;
  case RULE_CATEGORY:
    return rule->category == about->category &&
           (rule->priority == UC_PRIORITY_NONE || rule->priority == about->priority);
  case RULE_ANY:
  default:
    return TRUE;
  }
}

/* One of the answers, but not the last one again when there are others. */
static const char *
pick (Rule *rule, GRand *rand)
{
  guint n = rule->answers->len;
  guint i = (guint) g_rand_int_range (rand, 0, (gint32) (rule->last > 0 && n > 1 ? n - 1 : n));

  if (rule->last > 0 && n > 1 && i >= rule->last - 1)
    i++;
  rule->last = i + 1;
  return g_ptr_array_index (rule->answers, i);
}

/**
 * uc_demo_answers_choose:
 * @about: what the classifier says of the message
 *
 * Returns: (transfer full): an answer
 */
char *
uc_demo_answers_choose (UcDemoAnswers          *self,
                        const char             *username,
                        const char             *message,
                        const UcClassification *about,
                        GRand                  *rand)
{
  guint            n_words = 0;
  g_autofree char *folded = dup_folded (message, &n_words);

  for (guint i = 0; i < self->rules->len; i++) {
    Rule *rule = g_ptr_array_index (self->rules, i);

    if (holds (rule, username, folded, n_words, about))
      return uc_demo_choose (pick (rule, rand), rand, NULL);
  }
  g_assert_not_reached ();
}
