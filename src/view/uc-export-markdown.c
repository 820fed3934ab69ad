/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Markdown files, to be read as text or shown by anything that knows it: each message is
 * a quotation under its author's name, word for word as it was written, so that no
 * message can end another or pass for one. A tag of HTML, which the program itself does
 * not know and shows as text, is kept from being one. */

#include "config.h"

#include "uc-export-private.h"

#include "uc-sanitize.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A name in a line of ours: nothing in it is markup. */
static void
append_name (GString *out, const char *name)
{
  g_autofree char *safe = uc_sanitize_name (name);

  for (const char *p = safe; *p != '\0'; p++) {
    if (strchr ("\\`*_{}[]<>()#+-.!|~&", *p) != NULL)
      g_string_append_c (out, '\\');
    g_string_append_c (out, *p);
  }
}

static gsize
count_run (const char *text, char c)
{
  gsize n = 0;

  while (text[n] == c)
    n++;
  return n;
}

/* The mark of a fence that @line begins or ends, or 0. */
static char
get_fence (const char *line, gsize *length)
{
  gsize indent = count_run (line, ' ');
  char  mark = line[MIN (indent, strlen (line))];

  *length = mark == '`' || mark == '~' ? count_run (line + indent, mark) : 0;
  return indent <= 3 && *length >= 3 ? mark : '\0';
}

/* Where the code that @text begins with ends, or NULL: it is none. */
static const char *
skip_code (const char *text)
{
  gsize length = count_run (text, '`');

  for (const char *p = text + length; *p != '\0';) {
    gsize n = count_run (p, '`');

    if (n == length)
      return p + n;
    p += MAX (n, 1);
  }
  return NULL;
}

/* What a renderer would take for a tag or an entity of HTML. */
static void
append_outside_code (GString *out, const char *line)
{
  for (const char *p = line; *p != '\0';) {
    const char *end = *p == '`' ? skip_code (p) : NULL;

    if (end != NULL) {
      g_string_append_len (out, p, end - p);
      p = end;
      continue;
    }
    if (*p == '<' && (g_ascii_isalpha (p[1]) || (p[1] != '\0' && strchr ("/!?", p[1]) != NULL)))
      g_string_append_c (out, '\\');
    g_string_append_c (out, *p++);
  }
}

static void
append_quoted (GString *out, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  char  fence = '\0';
  gsize fence_length = 0;

  for (guint i = 0; lines[i] != NULL; i++) {
    gsize length;
    char  mark = get_fence (lines[i], &length);

    g_string_append (out, *lines[i] != '\0' ? "> " : ">");
    if (fence != '\0' || mark != '\0')
      g_string_append (out, lines[i]);
    else
      append_outside_code (out, lines[i]);
    g_string_append_c (out, '\n');
    if (fence == '\0' && mark != '\0') {
      fence = mark;
      fence_length = length;
    } else if (fence != '\0' && mark == fence && length >= fence_length) {
      fence = '\0';
    }
  }
}

/* -- Messages ----------------------------------------------------------------------------- */

static void
append_file (UcExport *self, const UcFile *file, const char *path, GString *out)
{
  g_autofree char *name = uc_sanitize_file_name (file->name);
  g_autofree char *size = g_format_size ((guint64) MAX (file->size_bytes, 0));

  g_string_append (out, "- 📎 ");
  if (path != NULL)
    g_string_append_c (out, '[');
  append_name (out, name);
  if (path != NULL) {
    g_autofree char *uri = g_uri_escape_string (path, "/", FALSE);

    g_string_append_printf (out, "](<%s>)", uri);
  }
  g_string_append_printf (out, " (%s%s%s)\n", size, path == NULL && self->with_files ? ", " : "",
                          path == NULL && self->with_files ? _ ("not on this computer") : "");
}

static void
append_reactions (UcExport *self, const UcPost *post, GString *out)
{
  for (guint i = 0; i < post->reactions->len; i++) {
    const UcReaction *reaction = g_ptr_array_index (post->reactions, i);
    const char       *username = _uc_export_get_username (self, reaction->user_id);

    g_string_append (out, i > 0 ? ", " : "- ");
    append_name (out, reaction->emoji_name);
    g_string_append (out, ": ");
    append_name (out, *username != '\0' ? username : reaction->user_id);
  }
  if (post->reactions->len > 0)
    g_string_append_c (out, '\n');
}

static void
write_message (UcExport *self, const UcMessage *message, GPtrArray *paths, GString *out)
{
  const UcPost    *post = message->post;
  g_autofree char *author = _uc_export_dup_author (self, post);
  g_autofree char *time = _uc_export_dup_time (post->create_at_ms, "%Y-%m-%d %H:%M");
  g_autofree char *text = _uc_export_dup_text (message);
  const char      *note = _uc_export_get_note (message);

  g_string_append (out, *post->root_id != '\0' ? "**↳ " : "**");
  append_name (out, author);
  g_string_append_printf (out, "** · %s", time);
  if (post->edit_at_ms > 0)
    g_string_append_printf (out, " · %s", _ ("edited"));
  if (post->is_pinned)
    g_string_append_printf (out, " · %s", _ ("pinned"));
  if (note != NULL)
    g_string_append_printf (out, " · %s", note);
  g_string_append (out, "\n\n");
  if (*text != '\0') {
    append_quoted (out, text);
    g_string_append_c (out, '\n');
  }
  for (guint i = 0; i < post->files->len; i++)
    append_file (self, g_ptr_array_index (post->files, i), g_ptr_array_index (paths, i), out);
  append_reactions (self, post, out);
  if (post->files->len > 0 || post->reactions->len > 0)
    g_string_append_c (out, '\n');
}

/* -- Pages -------------------------------------------------------------------------------- */

static void
append_link (GString *out, const char *file_name, const char *text)
{
  g_autofree char *uri = g_uri_escape_string (file_name, NULL, FALSE);

  g_string_append_printf (out, "[%s](<%s>)", text, uri);
}

static void
begin_page (UcExport *self, const UcExportPage *page, GString *out)
{
  g_string_append (out, "# ");
  append_name (out, page->title);
  g_string_append_printf (out, "\n\n%s\n\n", page->label);
}

static void
end_page (UcExport *self, const UcExportPage *page, GString *out)
{
  g_string_append (out, "---\n\n");
  append_link (out, "index.md", _ ("All conversations"));
  if (page->previous != NULL) {
    g_string_append (out, " · ");
    append_link (out, page->previous, _ ("Earlier"));
  }
  if (page->next != NULL) {
    g_string_append (out, " · ");
    append_link (out, page->next, _ ("Later"));
  }
  g_string_append_c (out, '\n');
}

static void
write_index (UcExport *self, GPtrArray *pages, GPtrArray *drafts, GString *out)
{
  g_autofree char *time = _uc_export_dup_time (self->now_ms, "%Y-%m-%d %H:%M");
  const UcChannel *channel = NULL;

  g_string_append_printf (out, "# %s\n\n", _ ("Messages"));
  append_name (out, self->username);
  g_string_append (out, " · ");
  append_name (out, self->site);
  g_string_append_printf (out, " · %s\n\n", time);
  for (guint i = 0; i < pages->len; i++) {
    const UcExportPage *page = g_ptr_array_index (pages, i);

    if (page->channel != channel) {
      g_string_append (out, channel != NULL ? "\n## " : "## ");
      append_name (out, page->title);
      g_string_append (out, "\n\n");
      channel = page->channel;
    }
    g_string_append (out, "- ");
    append_link (out, page->file_name, page->label);
    g_string_append_printf (out, " (%" G_GINT64_FORMAT ")\n", page->n_messages);
  }
  if (drafts->len > 0)
    g_string_append_printf (out, "\n## %s\n\n", _ ("Drafts"));
  for (guint i = 0; i < drafts->len; i++) {
    const UcDraft   *draft = g_ptr_array_index (drafts, i);
    g_autofree char *text = uc_sanitize_text (draft->text, -1);

    append_quoted (out, text);
    g_string_append_c (out, '\n');
  }
}

const UcExportFormat _uc_export_markdown = {
  .name = "markdown",
  .extension = "md",
  .is_paged = TRUE,
  .begin_page = begin_page,
  .message = write_message,
  .end_page = end_page,
  .index = write_index,
};
