/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads one line of what the people of the demo say: a message, and what belongs to it. */

#include "config.h"

#include "uc-demo-script-private.h"

#include "uc-demo-people.h"
#include "uc-demo-picture.h"
#include "uc-error.h"
#include "uc-text.h"

#include <string.h>

static void
reaction_free (gpointer data)
{
  UcDemoReaction *self = data;

  g_free (self->emoji);
  g_strfreev (self->names);
  g_free (self);
}

static void
file_free (gpointer data)
{
  UcDemoFile *self = data;

  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

void
_uc_demo_message_free (gpointer data)
{
  UcDemoMessage *self = data;

  g_free (self->author);
  g_free (self->text);
  g_free (self->correction);
  g_ptr_array_unref (self->reactions);
  g_ptr_array_unref (self->files);
  g_free (self);
}

/* -- Parts of a line ----------------------------------------------------------------- */

gboolean
_uc_demo_refuse (UcDemoReader *self, GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, UC_ERROR, UC_ERROR_INVALID, "%s:%u: %s", self->name, self->line, text);
  return FALSE;
}

static char *
dup_unescaped (const char *text)
{
  g_autoptr (GString) plain = g_string_new (text);

  g_string_replace (plain, "\\n", "\n", 0);
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

/* "HH:MM" or "Ns", up to the blank behind it. */
static gboolean
read_time (UcDemoReader *self, const char *word, int *at, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (word, ":", -1);
  guint64 hour = 0;
  guint64 minute = 0;

  if (self->kind == UC_DEMO_SCENES) {
    g_autofree char *number =
        g_str_has_suffix (word, "s") ? g_strndup (word, strlen (word) - 1) : NULL;

    if (number == NULL || !g_ascii_string_to_unsigned (number, 10, 0, 600, &minute, NULL))
      return _uc_demo_refuse (self, error, "“%s” is no time like 12s", word);
    *at = (int) minute;
    return TRUE;
  }
  if (g_strv_length (parts) != 2 || strlen (parts[0]) != 2 || strlen (parts[1]) != 2 ||
      !g_ascii_string_to_unsigned (parts[0], 10, 0, 23, &hour, NULL) ||
      !g_ascii_string_to_unsigned (parts[1], 10, 0, 59, &minute, NULL))
    return _uc_demo_refuse (self, error, "“%s” is no time like 08:15", word);
  *at = (int) (hour * 60 + minute);
  return TRUE;
}

gboolean
_uc_demo_check_person (UcDemoReader *self, const char *name, GError **error)
{
  if (uc_demo_people_find (name) == NULL)
    return _uc_demo_refuse (self, error, "nobody is called “%s”", name);
  return TRUE;
}

static gboolean
is_direct (const UcDemoConversation *conversation)
{
  return *conversation->name == '\0';
}

/* Who speaks or reacts in a channel is in it; a direct conversation names its people. */
gboolean
_uc_demo_take_member (UcDemoReader *self, const char *name, GError **error)
{
  GPtrArray *people = self->conversation->people;

  if (!_uc_demo_check_person (self, name, error))
    return FALSE;
  if (g_ptr_array_find_with_equal_func (people, name, g_str_equal, NULL))
    return TRUE;
  if (is_direct (self->conversation))
    return _uc_demo_refuse (self, error, "%s is not in this conversation", name);
  g_ptr_array_add (people, g_strdup (name));
  return TRUE;
}

/* -- Lines of a section --------------------------------------------------------------- */

static gboolean
read_message (UcDemoReader *self, const char *line, gboolean is_reply, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  UcDemoMessage *message;
  int            at = 0;
  char          *author;

  if (g_strv_length (words) != 3 || !g_str_has_suffix (words[1], ":") || *words[2] == '\0')
    return _uc_demo_refuse (self, error, "“%s” is no message like 08:15 name: text", line);
  author = words[1];
  author[strlen (author) - 1] = '\0';
  if (!read_time (self, words[0], &at, error) || !_uc_demo_take_member (self, author, error))
    return FALSE;
  if (is_reply && self->root == NULL)
    return _uc_demo_refuse (self, error, "there is nothing to reply to");
  if (self->last != NULL && at < (is_reply ? self->last : self->root)->at)
    return _uc_demo_refuse (self, error, "this was written before the line above it");

  message = g_new0 (UcDemoMessage, 1);
  message->root = is_reply ? self->root : NULL;
  message->author = g_strdup (author);
  message->text = dup_unescaped (words[2]);
  message->at = at;
  message->reactions = g_ptr_array_new_with_free_func (reaction_free);
  message->files = g_ptr_array_new_with_free_func (file_free);
  g_ptr_array_add (self->section->messages, message);
  self->last = message;
  if (!is_reply)
    self->root = message;
  return TRUE;
}

static gboolean
read_reaction (UcDemoReader *self, const char *line, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  UcDemoReaction *reaction;

  if (words[0] == NULL || words[1] == NULL || !uc_text_is_emoji_name (words[0]))
    return _uc_demo_refuse (self, error, "“%s” is no reaction like emoji name", line);
  for (guint i = 1; words[i] != NULL; i++) {
    if (!_uc_demo_take_member (self, words[i], error))
      return FALSE;
  }
  reaction = g_new0 (UcDemoReaction, 1);
  reaction->emoji = g_strdup (words[0]);
  reaction->names = g_strdupv (words + 1);
  g_ptr_array_add (self->last->reactions, reaction);
  return TRUE;
}

static gboolean
read_file (UcDemoReader *self, const char *line, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (line, " | ", 2);
  gboolean    is_picture = g_str_has_prefix (line, "picture ");
  const char *name;
  UcDemoFile *file;

  if ((!is_picture && !g_str_has_prefix (line, "file ")) || g_strv_length (parts) != 2)
    return _uc_demo_refuse (self, error, "“%s” is no file like picture NAME | TITLE", line);
  name = strchr (parts[0], ' ') + 1;
  if (is_picture && !uc_demo_picture_exists (name))
    return _uc_demo_refuse (self, error, "nobody can draw “%s”", name);

  file = g_new0 (UcDemoFile, 1);
  file->is_picture = is_picture;
  file->name = g_strdup (name);
  file->text = dup_unescaped (parts[1]);
  g_ptr_array_add (self->last->files, file);
  return TRUE;
}

gboolean
_uc_demo_read_line (UcDemoReader *self, const char *line, GError **error)
{
  const char *text = line;

  while (*text == ' ')
    text++;
  if (text == line)
    return read_message (self, text, FALSE, error);
  if (g_str_has_prefix (text, "> "))
    return read_message (self, text + 2, TRUE, error);
  if (self->last == NULL)
    return _uc_demo_refuse (self, error, "there is no message for this");
  if (g_str_has_prefix (text, "+ "))
    return read_reaction (self, text + 2, error);
  if (self->kind == UC_DEMO_SCENES)
    return _uc_demo_refuse (self, error, "scenes have no “%s”", text);
  if (g_str_has_prefix (text, "! "))
    return read_file (self, text + 2, error);
  if (g_str_has_prefix (text, "~ ")) {
    g_free (self->last->correction);
    self->last->correction = dup_unescaped (text + 2);
    return TRUE;
  }
  if (!g_str_equal (text, "^"))
    return _uc_demo_refuse (self, error, "what is “%s”?", text);
  self->last->is_pinned = TRUE;
  return TRUE;
}
