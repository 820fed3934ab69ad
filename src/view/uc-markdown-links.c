/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Addresses inside a line: bare ones, those in angle brackets, mail addresses, and the
 * part in parentheses of [label](address "title"). What uc_sanitize_link() refuses is
 * no link and stays text.
 */

#include "config.h"

#include "uc-markdown-private.h"

#include "uc-sanitize.h"

#include <string.h>

#define MAX_LOCAL_PART  64
#define MAX_PAREN_DEPTH 16

static gboolean
has_prefix (const char *text, gsize length, const char *prefix)
{
  gsize n = strlen (prefix);

  return length > n && g_ascii_strncasecmp (text, prefix, n) == 0;
}

/* Punctuation at the end belongs to the sentence, a parenthesis too unless it was
 * opened inside the address. */
static gsize
trim_url (const char *text, gsize length)
{
  gssize n_open = 0;

  for (gsize i = 0; i < length; i++)
    n_open += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
  while (length > 0) {
    char last = text[length - 1];

    if (last == ')' && n_open < 0)
      n_open++;
    else if (strchr ("?!.,:;*_~'\"", last) == NULL)
      break;
    length--;
  }
  return length;
}

/* A bare address beginning at @text. TRUE length with @target NULL: it looks like one
 * but may not be followed. */
gsize
_uc_markdown_scan_url (UcMarkdownState *state, const char *text, gsize length, char **target)
{
  g_autofree char *address = NULL;
  const char      *scheme;
  gsize            n = 0;

  if (has_prefix (text, length, "http://") || has_prefix (text, length, "https://") ||
      has_prefix (text, length, "mailto:"))
    scheme = "";
  else if (has_prefix (text, length, "www."))
    scheme = "http://";
  else
    return 0;

  while (n < length && (guchar) text[n] > ' ' && strchr ("<>\"`[]\\", text[n]) == NULL)
    n++;
  state->n_steps += 2 * n;
  n = trim_url (text, n);
  address = g_strdup_printf ("%s%.*s", scheme, (int) n, text);
  *target = uc_sanitize_dup_link (address);
  return n;
}

/* <address> */
gsize
_uc_markdown_scan_angle (UcMarkdownState *state, const char *text, gsize length, char **target)
{
  g_autofree char *address = NULL;
  gsize            n = 1;

  while (n < length && (guchar) text[n] > ' ' && text[n] != '<' && text[n] != '>')
    n++;
  state->n_steps += n;
  if (n < 4 || n >= length || text[n] != '>')
    return 0;
  address = g_strndup (text + 1, n - 1);
  if (strchr (address, ':') == NULL && strchr (address, '@') != NULL) {
    g_autofree char *mail = g_strconcat ("mailto:", address, NULL);

    *target = uc_sanitize_dup_link (mail);
  } else {
    *target = uc_sanitize_dup_link (address);
  }
  return *target != NULL ? n + 1 : 0;
}

static gboolean
is_local_char (char c)
{
  return g_ascii_isalnum (c) || strchr ("._+-", c) != NULL;
}

/* A mail address around the @ at @at; it begins not before @lower_bound. Returns the
 * length of the whole, which begins at @start. */
gsize
_uc_markdown_scan_mail (UcMarkdownState *state,
                        const char      *text,
                        gsize            length,
                        gsize            at,
                        gsize            lower_bound,
                        gsize           *start,
                        char           **target)
{
  g_autofree char *address = NULL;
  gsize            first = at;
  gsize            end = at + 1;
  gsize            dot = 0;

  while (first > lower_bound && at - first < MAX_LOCAL_PART && text[first - 1] != '\0' &&
         is_local_char (text[first - 1]))
    first--;
  while (first < at && !g_ascii_isalnum (text[first]))
    first++;
  while (end < length && text[end] != '\0' &&
         (g_ascii_isalnum (text[end]) || text[end] == '-' || text[end] == '.')) {
    if (text[end] == '.' && end + 1 < length && g_ascii_isalpha (text[end + 1]))
      dot = end;
    end++;
  }
  state->n_steps += end - first;
  while (end > at + 1 && !g_ascii_isalnum (text[end - 1]))
    end--;
  if (first == at || dot == 0 || end < dot + 3)
    return 0;
  address = g_strdup_printf ("mailto:%.*s", (int) (end - first), text + first);
  *target = uc_sanitize_dup_link (address);
  *start = first;
  return *target != NULL ? end - first : 0;
}

static gsize
skip_space (UcMarkdownState *state, const char *text, gsize length, gsize at)
{
  gsize first = at;

  while (at < length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n'))
    at++;
  state->n_steps += at - first + 1;
  return at;
}

/* Where the address ends that begins at @at; @length when it does not. */
static gsize
find_address_end (UcMarkdownState *state, const char *text, gsize length, gsize at)
{
  gsize first = at;
  guint depth = 0;

  if (at < length && text[at] == '<') {
    for (at++; at < length && text[at] != '>' && text[at] != '<' && text[at] != '\n';)
      at++;
    state->n_steps += at - first;
    return at < length && text[at] == '>' ? at + 1 : length;
  }
  for (; at < length && (guchar) text[at] > ' '; at++) {
    if (text[at] == '\\' && at + 1 < length && g_ascii_ispunct (text[at + 1]))
      at++;
    else if (text[at] == '(' && ++depth > MAX_PAREN_DEPTH)
      break;
    else if (text[at] == ')' && depth-- == 0)
      return at;
  }
  state->n_steps += at - first;
  return depth == 0 ? at : length;
}

/* Behind a title "…", '…' or (…) and behind a size =WxH; @length when one does not end. */
static gsize
skip_title (UcMarkdownState *state, const char *text, gsize length, gsize at)
{
  if (at < length && (text[at] == '"' || text[at] == '\'' || text[at] == '(')) {
    char  open = text[at];
    char  close = open == '(' ? ')' : open;
    gsize first = at;

    for (at++; at < length && text[at] != close; at++) {
      if (open == '(' && text[at] == '(')
        return length;
      if (text[at] == '\\' && at + 1 < length)
        at++;
    }
    state->n_steps += at - first;
    if (at >= length)
      return length;
    at = skip_space (state, text, length, at + 1);
  }
  if (at < length && text[at] == '=') {
    while (at < length && (g_ascii_isdigit (text[at]) || text[at] == '=' || text[at] == 'x'))
      at++;
    at = skip_space (state, text, length, at);
  }
  return at;
}

static char *
dup_unescaped (const char *text, gsize length)
{
  GString *out = g_string_sized_new (length + 1);

  for (gsize i = 0; i < length; i++) {
    if (text[i] == '\\' && i + 1 < length && g_ascii_ispunct (text[i + 1]))
      i++;
    g_string_append_c (out, text[i]);
  }
  return g_string_free_and_steal (out);
}

/* An address without a scheme is taken for a web address if it begins like a host. */
static char *
dup_with_scheme (const char *address)
{
  gsize host = strcspn (address, "/?#:");

  if (address[host] == ':' || memchr (address, '.', host) == NULL || address[0] == '.')
    return g_strdup (address);
  return g_strconcat ("http://", address, NULL);
}

/* "(address "title")" at @text. */
gsize
_uc_markdown_scan_destination (UcMarkdownState *state,
                               const char      *text,
                               gsize            length,
                               char           **target)
{
  g_autofree char *address = NULL;
  g_autofree char *full = NULL;
  gsize            first, end, at;

  first = skip_space (state, text, length, 1);
  end = find_address_end (state, text, length, first);
  if (end >= length || end == first)
    return 0;
  at = skip_space (state, text, length, end);
  if (at > end)
    at = skip_title (state, text, length, at);
  if (at >= length || text[at] != ')')
    return 0;

  if (text[first] == '<')
    address = dup_unescaped (text + first + 1, end - first - 2);
  else
    address = dup_unescaped (text + first, end - first);
  full = dup_with_scheme (address);
  *target = uc_sanitize_dup_link (full);
  return *target != NULL ? at + 1 : 0;
}
