/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads the texts of the demo. What belongs to one day is gathered first and read once
 * for every day it stands for, so that the choices in it fall anew each time. */

#include "config.h"

#include "uc-demo-script-private.h"

#include "uc-demo-choice.h"
#include "uc-server-resources.h"
#include "uc-text.h"

#define RESOURCE_FOLDER "/com/example/UnifiedChat/server/demo/"
/* Talk of several days does not begin at the same minute on each. */
#define JITTER_MINUTES 8

/* -- Records ------------------------------------------------------------------------- */

static void
section_free (gpointer data)
{
  UcDemoSection *self = data;

  g_ptr_array_unref (self->messages);
  g_free (self);
}

static void
conversation_free (gpointer data)
{
  UcDemoConversation *self = data;

  g_free (self->name);
  g_free (self->display_name);
  g_free (self->purpose);
  g_free (self->header);
  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->sections);
  g_free (self);
}

/**
 * uc_demo_script_free:
 * @self: (transfer full):
 */
void
uc_demo_script_free (UcDemoScript *self)
{
  g_ptr_array_unref (self->conversations);
  g_free (self);
}

/* -- Sections -------------------------------------------------------------------------- */

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const UcDemoMessage *const *first = a;
  const UcDemoMessage *const *second = b;

  return (*first)->at - (*second)->at;
}

static gboolean
read_day (UcDemoReader *self, guint days_ago, GError **error)
{
  gboolean is_repeated = self->first_day != self->last_day;
  int jitter = is_repeated ? g_rand_int_range (self->rand, -JITTER_MINUTES, JITTER_MINUTES + 1) : 0;

  self->section = g_new0 (UcDemoSection, 1);
  self->section->days_ago = days_ago;
  self->section->messages = g_ptr_array_new_with_free_func (_uc_demo_message_free);
  g_ptr_array_add (self->conversation->sections, self->section);
  self->root = NULL;
  self->last = NULL;
  for (guint i = 0; i < self->lines->len; i++) {
    const UcDemoLine *line = &g_array_index (self->lines, UcDemoLine, i);
    g_autofree char  *chosen = NULL;

    self->line = line->number;
    chosen = uc_demo_choose (line->text, self->rand, error);
    if (chosen == NULL) {
      g_prefix_error (error, "%s:%u: ", self->name, self->line);
      return FALSE;
    }
    if (!_uc_demo_read_line (self, self->kind == UC_DEMO_HISTORY ? chosen : line->text, error))
      return FALSE;
  }
  for (guint i = 0; i < self->section->messages->len; i++) {
    UcDemoMessage *message = g_ptr_array_index (self->section->messages, i);

    if (self->kind == UC_DEMO_HISTORY)
      message->at = CLAMP (message->at + jitter, 0, 24 * 60 - 1);
  }
  g_ptr_array_sort (self->section->messages, compare_times);
  return TRUE;
}

static gboolean
end_section (UcDemoReader *self, GError **error)
{
  guint number = self->line;

  if (!self->has_days)
    return TRUE;
  if (self->lines->len == 0)
    return _uc_demo_refuse (self, error, "nothing is said above this line");
  for (guint day = self->first_day;; day -= self->step) {
    if (!read_day (self, day, error))
      return FALSE;
    if (day < self->last_day + self->step)
      break;
  }
  self->line = number;
  self->has_days = FALSE;
  g_array_set_size (self->lines, 0);
  return TRUE;
}

/* "--", "-- 4", "-- 46..4", "-- 46..4/7" */
static gboolean
begin_section (UcDemoReader *self, const char *line, GError **error)
{
  g_autoptr (GRegex) form =
      g_regex_new ("^-- (\\d{1,3})(?:\\.\\.(\\d{1,3})(?:/(\\d{1,2}))?)?$", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint numbers[3] = { 0, 0, 1 };

  if (!end_section (self, error))
    return FALSE;
  if (self->conversation == NULL)
    return _uc_demo_refuse (self, error, "this belongs to no conversation");
  if (self->kind == UC_DEMO_SCENES ? !g_str_equal (line, "--")
                                   : !g_regex_match (form, line, 0, &match))
    return _uc_demo_refuse (self, error, "“%s” says no days like -- 4 or -- 46..4/7", line);
  for (int i = 0; match != NULL && i < 3; i++) {
    g_autofree char *number = g_match_info_fetch (match, i + 1);

    if (number != NULL && *number != '\0')
      numbers[i] = (guint) g_ascii_strtoull (number, NULL, 10);
    else if (i == 1)
      numbers[1] = numbers[0];
  }
  if (numbers[1] > numbers[0] || numbers[2] == 0)
    return _uc_demo_refuse (self, error, "“%s” goes from the older day to the newer one", line);
  self->has_days = TRUE;
  self->first_day = numbers[0];
  self->last_day = numbers[1];
  self->step = numbers[2];
  return TRUE;
}

/* -- Conversations ----------------------------------------------------------------------- */

static gboolean
read_people (UcDemoReader *self, const char *line, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  GPtrArray *people = self->conversation->people;

  for (guint i = 0; words[i] != NULL; i++) {
    if (*words[i] != '@' || !_uc_demo_check_person (self, words[i] + 1, error))
      return *words[i] != '@' ? _uc_demo_refuse (self, error, "“%s” is nobody's name", words[i])
                              : FALSE;
    if (g_ptr_array_find_with_equal_func (people, words[i] + 1, g_str_equal, NULL))
      return _uc_demo_refuse (self, error, "%s stands here twice", words[i]);
    g_ptr_array_add (people, g_strdup (words[i] + 1));
  }
  return people->len >= 2 || _uc_demo_refuse (self, error, "nobody talks alone");
}

static gboolean
read_channel (UcDemoReader *self, const char *line, GError **error)
{
  UcDemoConversation *conversation = self->conversation;
  g_auto (GStrv) fields = g_strsplit (line, "|", self->kind == UC_DEMO_HISTORY ? 5 : 1);

  for (guint i = 0; fields[i] != NULL; i++)
    g_strstrip (fields[i]);
  if (self->kind == UC_DEMO_HISTORY && g_strv_length (fields) != 5)
    return _uc_demo_refuse (self, error,
                            "a channel has a name, a display name, a kind, a purpose and a header");
  if (!uc_text_is_name (fields[0]))
    return _uc_demo_refuse (self, error, "“%s” is no name of a channel", fields[0]);
  for (guint i = 0; i + 1 < self->script->conversations->len; i++) {
    UcDemoConversation *other = g_ptr_array_index (self->script->conversations, i);

    if (g_str_equal (other->name, fields[0]))
      return _uc_demo_refuse (self, error, "there is a channel “%s” already", fields[0]);
  }
  g_set_str (&conversation->name, fields[0]);
  if (self->kind == UC_DEMO_SCENES)
    return TRUE;
  conversation->is_private = g_str_equal (fields[2], "private");
  if (!conversation->is_private && !g_str_equal (fields[2], "open"))
    return _uc_demo_refuse (self, error, "a channel is open or private, not “%s”", fields[2]);
  g_set_str (&conversation->display_name, fields[1]);
  g_set_str (&conversation->purpose, fields[3]);
  g_set_str (&conversation->header, fields[4]);
  return TRUE;
}

static gboolean
begin_conversation (UcDemoReader *self, const char *line, GError **error)
{
  UcDemoConversation *conversation;

  if (!end_section (self, error))
    return FALSE;
  conversation = g_new0 (UcDemoConversation, 1);
  conversation->name = g_strdup ("");
  conversation->display_name = g_strdup ("");
  conversation->purpose = g_strdup ("");
  conversation->header = g_strdup ("");
  conversation->people = g_ptr_array_new_with_free_func (g_free);
  conversation->sections = g_ptr_array_new_with_free_func (section_free);
  g_ptr_array_add (self->script->conversations, conversation);
  self->conversation = conversation;
  return *line == '@' ? read_people (self, line, error) : read_channel (self, line, error);
}

/* "& name name": members who say nothing. */
static gboolean
read_members (UcDemoReader *self, const char *line, GError **error)
{
  g_auto (GStrv) names = g_strsplit (line, " ", -1);

  if (self->conversation == NULL || self->conversation->sections->len > 0 || self->has_days)
    return _uc_demo_refuse (self, error, "members stand right below the name of a channel");
  for (guint i = 0; names[i] != NULL; i++) {
    if (!_uc_demo_take_member (self, names[i], error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_text (UcDemoReader *self, char **lines, GError **error)
{
  for (guint i = 0; lines[i] != NULL; i++) {
    const char      *line = g_strchomp (lines[i]);
    const UcDemoLine kept = { line, i + 1 };
    gboolean         is_read = TRUE;

    self->line = i + 1;
    if (*line == '\0' || *line == '#')
      continue;
    if (g_str_has_prefix (line, "== "))
      is_read = begin_conversation (self, line + 3, error);
    else if (g_str_has_prefix (line, "& "))
      is_read = read_members (self, line + 2, error);
    else if (g_str_has_prefix (line, "--"))
      is_read = begin_section (self, line, error);
    else if (!self->has_days)
      is_read = _uc_demo_refuse (self, error, "“%s” stands below no day", line);
    else
      g_array_append_val (self->lines, kept);
    if (!is_read)
      return FALSE;
  }
  return end_section (self, error);
}

/**
 * uc_demo_script_parse:
 * @name: what errors call the text
 * @rand: makes the choices
 *
 * Errors: UC_ERROR_INVALID, which names the line
 *
 * Returns: (transfer full) (nullable): all that is said
 */
UcDemoScript *
uc_demo_script_parse (const char      *text,
                      const char      *name,
                      UcDemoScriptKind kind,
                      GRand           *rand,
                      GError         **error)
{
  g_autoptr (UcDemoScript) script = g_new0 (UcDemoScript, 1);
  g_autoptr (GArray) gathered = g_array_new (FALSE, FALSE, sizeof (UcDemoLine));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  UcDemoReader reader = {
    .name = name, .kind = kind, .rand = rand, .script = script, .lines = gathered
  };

  script->conversations = g_ptr_array_new_with_free_func (conversation_free);
  return read_text (&reader, lines, error) ? g_steal_pointer (&script) : NULL;
}

/**
 * uc_demo_script_load:
 * @name: "talk.txt" or "scenes.txt"
 *
 * Returns: (transfer full) (nullable): all that is said in a text of the program
 */
UcDemoScript *
uc_demo_script_load (const char *name, UcDemoScriptKind kind, GRand *rand, GError **error)
{
  g_autofree char *path = g_strconcat (RESOURCE_FOLDER, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (uc_server_get_resource (), path, 0, error);
  g_autofree char *text = NULL;

  if (bytes == NULL)
    return NULL;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return uc_demo_script_parse (text, name, kind, rand, error);
}
