/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The look at JSON text before the parser: one pass over the bytes that bounds size,
 * depth and number of values, and deals with what the parser would silently change:
 * integers past 64 bits (it wraps them), numbers past double (infinite), and \u0000
 * (it cuts the string there). It does not check grammar; that is the parser's. */

#include "config.h"

#include "uc-json-scan-private.h"

#include "uc-error.h"
#include "uc-limits.h"

#include <errno.h>
#include <math.h>
#include <string.h>

typedef struct {
  const char *text;
  gsize       length;
  gboolean    is_mending;
  GString    *rewritten; /* (owned) (nullable) */
  gsize       n_copied;  /* bytes of text that rewritten stands for */
  gsize       n_values;
  guint       depth;
} Scan;

/* Puts @replacement in the place of the bytes from @start up to @end. */
static void
replace (Scan *scan, gsize start, gsize end, const char *replacement)
{
  if (scan->rewritten == NULL)
    scan->rewritten = g_string_sized_new (scan->length + 64);
  g_string_append_len (scan->rewritten, scan->text + scan->n_copied, start - scan->n_copied);
  g_string_append (scan->rewritten, replacement);
  scan->n_copied = end;
}

/* From an opening quote to past the closing one. */
static gboolean
scan_string (Scan *scan, gsize *pos, GError **error)
{
  gsize i = *pos + 1;

  while (i < scan->length && scan->text[i] != '"') {
    if (scan->text[i] != '\\') {
      i++;
    } else if (scan->length - i >= 6 && memcmp (scan->text + i, "\\u0000", 6) == 0) {
      if (!scan->is_mending) {
        g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "JSON with a NUL in a string");
        return FALSE;
      }
      replace (scan, i, i + 6, "\\ufffd");
      i += 6;
    } else {
      i += 2;
    }
  }
  *pos = i + 1;
  return TRUE;
}

/* From the first character of a number to past its last. */
static void
scan_number (Scan *scan, gsize *pos)
{
  g_autofree char *token = NULL;
  gboolean         is_integer = TRUE;
  gsize            end = *pos;

  while (end < scan->length &&
         (g_ascii_isdigit (scan->text[end]) || strchr ("+-.eE", scan->text[end]) != NULL)) {
    is_integer = is_integer && strchr (".eE", scan->text[end]) == NULL;
    end++;
  }

  /* 18 digits always fit, and are the rule. */
  if (!is_integer || end - *pos > 18) {
    token = g_strndup (scan->text + *pos, end - *pos);
    errno = 0;
    if (is_integer)
      (void) g_ascii_strtoll (token, NULL, 10);
    if (!is_integer || errno == ERANGE) {
      if (!isfinite (g_ascii_strtod (token, NULL)))
        replace (scan, *pos, end, "null");
      else if (is_integer)
        replace (scan, end, end, ".0");
    }
  }
  *pos = end;
}

/* Past the bracket that closes the one at *@pos, without looking into what lies
 * between; to the end when there is none. */
static void
skip_nested (Scan *scan, gsize *pos)
{
  gsize i = *pos;
  gsize n_open = 0;

  do {
    char c = scan->text[i++];

    if (c == '"') {
      while (i < scan->length && scan->text[i] != '"')
        i += scan->text[i] == '\\' ? 2 : 1;
      i++;
    } else if (c == '[' || c == '{') {
      n_open++;
    } else if (c == ']' || c == '}') {
      n_open--;
    }
  } while (n_open > 0 && i < scan->length);

  *pos = MIN (i, scan->length);
}

static gboolean
scan_opening (Scan *scan, gsize *pos, GError **error)
{
  gsize start = *pos;

  scan->n_values++;
  if (scan->depth < UC_LIMIT_JSON_DEPTH) {
    scan->depth++;
    (*pos)++;
    return TRUE;
  }
  if (!scan->is_mending) {
    g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "JSON nested too deeply");
    return FALSE;
  }
  skip_nested (scan, pos);
  replace (scan, start, *pos, "null");
  return TRUE;
}

static gboolean
scan_all (Scan *scan, GError **error)
{
  gsize pos = 0;

  while (pos < scan->length) {
    switch (scan->text[pos]) {
    case '"':
      if (!scan_string (scan, &pos, error))
        return FALSE;
      break;
    case '[':
    case '{':
      if (!scan_opening (scan, &pos, error))
        return FALSE;
      break;
    case ']':
    case '}':
      scan->depth -= scan->depth > 0 ? 1 : 0;
      pos++;
      break;
    case ',':
      scan->n_values++;
      pos++;
      break;
    case '-':
    case '0' ... '9':
      scan_number (scan, &pos);
      break;
    default:
      pos++;
      break;
    }
  }

  if (scan->n_values > UC_LIMIT_JSON_VALUES) {
    g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "JSON with too many values");
    return FALSE;
  }
  return TRUE;
}

/* Documented in the header. */
gboolean
_uc_json_scan (const char *text,
               gsize       length,
               gboolean    is_mending,
               GString   **rewritten,
               GError    **error)
{
  Scan scan = { .text = text, .length = length, .is_mending = is_mending };

  *rewritten = NULL;
  if (length > UC_LIMIT_JSON_BYTES) {
    g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "JSON of %zu bytes is too large", length);
    return FALSE;
  }
  if (!g_utf8_validate_len (text, length, NULL)) {
    g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "JSON that is not valid UTF-8");
    return FALSE;
  }
  if (!scan_all (&scan, error)) {
    if (scan.rewritten != NULL)
      g_string_free (scan.rewritten, TRUE);
    return FALSE;
  }
  if (scan.rewritten != NULL && scan.n_copied < length)
    g_string_append_len (scan.rewritten, text + scan.n_copied, length - scan.n_copied);
  *rewritten = scan.rewritten;
  return TRUE;
}
