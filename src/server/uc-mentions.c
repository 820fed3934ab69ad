/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of a text that can call somebody. Pure. */

#include "config.h"

#include "uc-mentions.h"

#include <string.h>

/* Names looked up for one post at most. */
#define MAX_NAMES 100

struct _UcMentions {
  char       *plain;  /* folded text without code and addresses, for scripts without spaces */
  GHashTable *exact;  /* (element-type utf8) words as written */
  GHashTable *folded; /* (element-type utf8) words in any case */
  GPtrArray  *names;  /* (element-type utf8) */
};

/* -- What does not call: code and addresses ---------------------------------------- */

/* The length of a run of backticks. */
static gsize
count_ticks (const char *at)
{
  return strspn (at, "`");
}

/* From an opening run of backticks to past the same run; NULL when it never ends. */
static const char *
skip_code (const char *at)
{
  gsize n = count_ticks (at);

  at += n;
  while (*at != '\0') {
    gsize m = count_ticks (at);

    if (m == n || (m > n && n >= 3))
      return at + m;
    at += m > 0 ? m : 1;
  }
  /* A fence without an end holds the rest; a lone backtick is just one. */
  return n >= 3 ? at : NULL;
}

static const char *
skip_address (const char *at)
{
  static const char *const schemes[] = { "http://", "https://", "ftp://", "mailto:" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++) {
    gsize length = strlen (schemes[i]);

    if (g_ascii_strncasecmp (at, schemes[i], length) == 0)
      return at + length + strcspn (at + length, " \t\r\n)<>\"");
  }
  return NULL;
}

static char *
dup_prose (const char *text)
{
  GString *prose = g_string_sized_new (strlen (text));
  gboolean is_start = TRUE;

  while (*text != '\0') {
    const char *past = *text == '`' ? skip_code (text) : is_start ? skip_address (text) : NULL;

    if (past != NULL) {
      g_string_append_c (prose, ' ');
      text = past;
    } else {
      const char *next = g_utf8_next_char (text);

      /* U+FF20 is the @ of full-width keyboards. */
      if (g_utf8_get_char (text) == 0xff20)
        g_string_append_c (prose, '@');
      else
        g_string_append_len (prose, text, next - text);
      is_start = !g_ascii_isalnum (*text);
      text = next;
    }
  }
  return g_string_free (prose, FALSE);
}

/* -- Words ------------------------------------------------------------------------- */

static gboolean
is_joint (gunichar c)
{
  return c == '.' || c == '-' || c == '_' || c == ':';
}

static gboolean
is_part (gunichar c)
{
  return c == '@' || is_joint (c) || g_unichar_isalnum (c) || g_unichar_ismark (c);
}

static void
add_word (UcMentions *self, const char *word)
{
  char *folded = g_utf8_casefold (word, -1);

  g_hash_table_add (self->exact, g_strdup (word));
  if (*word == '@' && word[1] != '\0' && strchr (word + 1, '@') == NULL &&
      self->names->len < MAX_NAMES && !g_hash_table_contains (self->folded, folded))
    g_ptr_array_add (self->names, g_strdup (folded + 1));
  g_hash_table_add (self->folded, folded);
}

/* A run of parts: itself, without the marks at its end one by one, and, when it names
 * nobody, what its marks hold together. */
static void
take_run (UcMentions *self, const char *start, gsize length)
{
  g_autofree char *run = NULL;

  if (length > 1 && start[0] == ':' && start[length - 1] == ':')
    return; /* an emoji */
  while (length > 0 && is_joint ((guchar) *start)) {
    start++;
    length--;
  }
  run = g_strndup (start, length);
  for (; length > 0; length--) {
    run[length] = '\0';
    add_word (self, run);
    if (!is_joint ((guchar) run[length - 1]))
      break;
  }
  if (*run != '@' && strpbrk (run, ".-:") != NULL) {
    g_auto (GStrv) pieces = g_strsplit_set (run, ".-:", -1);

    for (guint i = 0; pieces[i] != NULL; i++) {
      if (*pieces[i] != '\0')
        add_word (self, pieces[i]);
    }
  }
}

/**
 * uc_mentions_new:
 *
 * Returns: (transfer full): what @text can call
 */
UcMentions *
uc_mentions_new (const char *text)
{
  UcMentions      *self = g_new0 (UcMentions, 1);
  g_autofree char *prose = dup_prose (text);
  const char      *at = prose;

  self->plain = g_utf8_casefold (prose, -1);
  self->exact = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->names = g_ptr_array_new_with_free_func (g_free);
  while (*at != '\0') {
    const char *start = at;

    while (*at != '\0' && is_part (g_utf8_get_char (at)))
      at = g_utf8_next_char (at);
    if (at > start)
      take_run (self, start, (gsize) (at - start));
    else
      at = g_utf8_next_char (at);
  }
  return self;
}

/**
 * uc_mentions_free:
 * @self: (transfer full):
 */
void
uc_mentions_free (UcMentions *self)
{
  g_free (self->plain);
  g_hash_table_unref (self->exact);
  g_hash_table_unref (self->folded);
  g_ptr_array_unref (self->names);
  g_free (self);
}

/**
 * uc_mentions_get_names:
 *
 * Returns: (transfer none) (element-type utf8): what could be user names
 */
GPtrArray *
uc_mentions_get_names (UcMentions *self)
{
  return self->names;
}

/**
 * uc_mentions_calls_all:
 */
gboolean
uc_mentions_calls_all (UcMentions *self)
{
  return g_hash_table_contains (self->folded, "@all") ||
         g_hash_table_contains (self->folded, "@channel");
}

/**
 * uc_mentions_calls_here:
 */
gboolean
uc_mentions_calls_here (UcMentions *self)
{
  return g_hash_table_contains (self->folded, "@here");
}

/* Scripts that write words without spaces between them. */
static gboolean
is_spaceless (const char *keyword)
{
  for (; *keyword != '\0'; keyword = g_utf8_next_char (keyword)) {
    gunichar c = g_utf8_get_char (keyword);

    if (c < 0x0e00 || !(g_unichar_iswide (c) || (c >= 0x0e00 && c < 0x1000)))
      return FALSE;
  }
  return TRUE;
}

/**
 * uc_mentions_calls_keyword:
 * @keyword: one word; blanks around it do not matter
 */
gboolean
uc_mentions_calls_keyword (UcMentions *self, const char *keyword)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (keyword));
  g_autofree char *folded = NULL;

  if (*trimmed == '\0')
    return FALSE;
  folded = g_utf8_casefold (trimmed, -1);
  return g_hash_table_contains (self->folded, folded) ||
         (is_spaceless (folded) && strstr (self->plain, folded) != NULL);
}

/**
 * uc_mentions_calls_first_name:
 */
gboolean
uc_mentions_calls_first_name (UcMentions *self, const char *first_name)
{
  return *first_name != '\0' && g_hash_table_contains (self->exact, first_name);
}
