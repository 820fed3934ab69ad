/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text, names of people and names of files from outside, made safe to show, to lay
 * out and to save under. What is stored and sent stays as it was written: this is
 * for the screen and the disk only. */

#include "config.h"

#include "uc-sanitize.h"

#include "uc-limits.h"

#include <string.h>

#define REPLACEMENT      0xFFFD
#define ZERO_WIDTH_SPACE 0x200B
#define BLACK_FLAG       0x1F3F4
#define MAX_NAME_CHARS   128

static gboolean
is_bidi_override (gunichar c)
{
  return c == 0x202D || c == 0x202E;
}

static gboolean
is_bidi_control (gunichar c)
{
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
         c == 0x200F || c == 0x061C;
}

static gboolean
is_tag (gunichar c)
{
  return c >= 0xE0000 && c <= 0xE007F;
}

static gboolean
is_joiner (gunichar c)
{
  return c == 0x200C || c == 0x200D;
}

static gboolean
is_combining (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK;
}

static gboolean
is_control (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_CONTROL;
}

/* Whether a line may be broken at @c without help. */
static gboolean
is_breakable (gunichar c)
{
  GUnicodeBreakType type;

  if (g_unichar_isspace (c) || c == ZERO_WIDTH_SPACE || c == '-')
    return TRUE;
  type = g_unichar_break_type (c);
  return type == G_UNICODE_BREAK_IDEOGRAPHIC;
}

/* @run counts the marks since the last letter. */
static void
append_limited (GString *out, gunichar c, guint *run)
{
  *run = is_combining (c) ? *run + 1 : 0;
  if (*run <= UC_LIMIT_COMBINING_MARKS)
    g_string_append_unichar (out, c);
}

/**
 * uc_sanitize_text:
 * @text: (nullable): the text of a message
 * @length: in bytes, -1 when it ends with a NUL
 *
 * Broken UTF-8, controls, direction overrides and hidden tag characters become
 * U+FFFD; line ends become newlines; at most eight marks stay on a letter. Joiners,
 * direction marks and balanced embeddings stay: right-to-left text needs them. Any
 * thread.
 *
 * Returns: (transfer full): the same to the eye, without the traps
 */
char *
uc_sanitize_text (const char *text, gssize length)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", text != NULL ? length : 0);
  GString         *out = g_string_sized_new (strlen (valid) + 1);
  guint            run = 0;
  gboolean         is_in_flag = FALSE;
  gboolean         was_hidden = FALSE;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    gboolean is_hidden = is_tag (c) && !is_in_flag;

    if (c == '\r') {
      if (p[1] != '\n')
        append_limited (out, '\n', &run);
    } else if (c == 0xFEFF) {
      /* A byte order mark in the middle shows as nothing. */
    } else if (is_hidden) {
      if (!was_hidden)
        append_limited (out, REPLACEMENT, &run);
    } else if (is_bidi_override (c) || (is_control (c) && c != '\n' && c != '\t')) {
      append_limited (out, REPLACEMENT, &run);
    } else {
      append_limited (out, c, &run);
    }
    /* The flags of England, Scotland and Wales are a black flag and tags. */
    is_in_flag = c == BLACK_FLAG || (is_in_flag && is_tag (c));
    was_hidden = is_hidden;
  }
  return g_string_free_and_steal (out);
}

/**
 * uc_sanitize_breaks:
 * @text: valid UTF-8
 *
 * Layout of one piece without a break takes time with the square of its length. The
 * result is for a layout, never for the clipboard. Any thread.
 *
 * Returns: (transfer full): @text with a zero width space after every
 *   %UC_LIMIT_UNBROKEN_CHARS characters that have no break among them
 */
char *
uc_sanitize_breaks (const char *text)
{
  GString *out;
  guint    n_unbroken = 0;

  g_return_val_if_fail (text != NULL, NULL);

  out = g_string_sized_new (strlen (text) + 16);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (is_breakable (c)) {
      n_unbroken = 0;
    } else if (n_unbroken >= UC_LIMIT_UNBROKEN_CHARS && !is_combining (c) && !is_joiner (c)) {
      g_string_append_unichar (out, ZERO_WIDTH_SPACE);
      n_unbroken = 1;
    } else {
      n_unbroken++;
    }
    g_string_append_unichar (out, c);
  }
  return g_string_free_and_steal (out);
}

/* A joiner shapes the letters of some scripts and joins emoji; between letters of
 * plain ASCII it only hides. */
static gboolean
is_useful_joiner (const char *start, const char *p)
{
  const char *next = g_utf8_next_char (p);

  return p > start && (guchar) *g_utf8_prev_char (p) >= 0x80 && (guchar) *next >= 0x80 &&
         !is_joiner (g_utf8_get_char (next)) && !is_joiner (g_utf8_get_char (g_utf8_prev_char (p)));
}

static char *
clean_name (const char *valid)
{
  g_autoptr (GString) visible = g_string_new (NULL);
  GString *out = g_string_new (NULL);
  guint    run = 0;
  guint    n_chars = 0;
  gboolean has_space = FALSE;

  /* Joiners are judged by their neighbours, so the rest goes first. */
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar     c = g_utf8_get_char (p);
    GUnicodeType type = g_unichar_type (c);

    if (g_unichar_isspace (c) || type == G_UNICODE_LINE_SEPARATOR ||
        type == G_UNICODE_PARAGRAPH_SEPARATOR)
      g_string_append_c (visible, ' ');
    else if (is_joiner (c) || (type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT))
      g_string_append_unichar (visible, c);
  }

  for (const char *p = visible->str; *p != '\0' && n_chars < MAX_NAME_CHARS;
       p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c == ' ') {
      has_space = out->len > 0;
    } else if (!is_joiner (c) || is_useful_joiner (visible->str, p)) {
      if (has_space)
        append_limited (out, ' ', &run);
      n_chars += has_space ? 2 : 1;
      has_space = FALSE;
      append_limited (out, c, &run);
    }
  }
  return g_string_free_and_steal (out);
}

/**
 * uc_sanitize_name:
 * @name: (nullable): what a person, channel or team is called
 *
 * Controls, direction characters and everything invisible are taken out, white space
 * becomes one space, and what is longer than 128 characters is cut. Any thread.
 *
 * Returns: (transfer full): one line; may be empty
 */
char *
uc_sanitize_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name != NULL ? name : "", -1);
  char            *clean = clean_name (valid);
  char            *again = clean_name (clean);

  /* A joiner may have lost its neighbour to one of the other rules. Each turn is
   * shorter than the one before. */
  while (strcmp (clean, again) != 0) {
    g_free (clean);
    clean = g_steal_pointer (&again);
    again = clean_name (clean);
  }
  g_free (again);
  return clean;
}

/**
 * uc_sanitize_name_isolated:
 * @name: (nullable): what a person, channel or team is called
 *
 * As uc_sanitize_name(), between U+2068 and U+2069, for a place inside a sentence.
 *
 * Returns: (transfer full): the isolated name; empty for an empty one
 */
char *
uc_sanitize_name_isolated (const char *name)
{
  g_autofree char *clean = uc_sanitize_name (name);

  return *clean != '\0' ? g_strconcat ("\u2068", clean, "\u2069", NULL) : g_steal_pointer (&clean);
}

/* Names that mean a device elsewhere; files travel. */
static gboolean
is_device_name (const char *name)
{
  static const char *const devices[] = { "con", "prn", "aux", "nul", "com", "lpt" };
  gsize                    stem = strcspn (name, ".");

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++) {
    if (g_ascii_strncasecmp (name, devices[i], 3) == 0 &&
        (stem == 3 || (stem == 4 && i >= 4 && g_ascii_isdigit (name[3]))))
      return TRUE;
  }
  return FALSE;
}

/* Cuts the stem, keeps a short extension. */
static void
shorten_file_name (GString *name)
{
  const char *dot = strrchr (name->str, '.');
  gsize       tail = dot != NULL ? name->len - (gsize) (dot - name->str) : 0;
  gsize       keep;

  if (name->len <= UC_LIMIT_FILE_NAME_BYTES)
    return;
  if (tail > UC_LIMIT_FILE_NAME_BYTES / 4)
    tail = 0;
  keep = UC_LIMIT_FILE_NAME_BYTES - tail;
  while (keep > 0 && ((guchar) name->str[keep] & 0xC0) == 0x80)
    keep--;
  g_string_erase (name, (gssize) keep, (gssize) (name->len - tail - keep));
}

static void
trim_end (GString *name)
{
  while (name->len > 0 &&
         (g_ascii_isspace (name->str[name->len - 1]) || name->str[name->len - 1] == '.'))
    g_string_truncate (name, name->len - 1);
}

/**
 * uc_sanitize_file_name:
 * @name: (nullable): what a file is called by who sent it
 *
 * Only the part after the last slash or backslash counts. Controls and slashes are
 * gone, direction characters are U+FFFD, it begins neither with a dot nor a dash,
 * is no device's name and at most %UC_LIMIT_FILE_NAME_BYTES long. Any thread.
 *
 * Returns: (transfer full): a name for a file inside a folder of our choice, never
 *   empty
 */
char *
uc_sanitize_file_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name != NULL ? name : "", -1);
  g_autoptr (GString) out = g_string_new (NULL);
  const char *base = valid;
  guint       run = 0;

  for (const char *p = valid; *p != '\0'; p++) {
    if (*p == '/' || *p == '\\')
      base = p + 1;
  }

  for (const char *p = base; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar     c = g_utf8_get_char (p);
    GUnicodeType type = g_unichar_type (c);

    if (is_bidi_control (c))
      append_limited (out, REPLACEMENT, &run);
    else if (type == G_UNICODE_CONTROL || type == G_UNICODE_LINE_SEPARATOR ||
             type == G_UNICODE_PARAGRAPH_SEPARATOR)
      append_limited (out, '_', &run);
    else if (is_joiner (c) || type != G_UNICODE_FORMAT)
      append_limited (out, c, &run);
  }

  trim_end (out);
  g_string_erase (out, 0, (gssize) strspn (out->str, " \t"));
  if (out->len > 0 && (out->str[0] == '.' || out->str[0] == '-'))
    out->str[0] = '_';
  if (is_device_name (out->str))
    g_string_prepend_c (out, '_');
  /* Last, because everything before may make it longer; the cut may leave a space. */
  shorten_file_name (out);
  trim_end (out);
  return out->len > 0 ? g_strdup (out->str) : g_strdup ("file");
}
