/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a form that somebody uploads: whole or in pieces it is the same form, or
 * none, and never more comes out than went in. */

#include "config.h"

#include "uc-fuzz-run.h"

#include "uc-multipart.h"

#include <string.h>

typedef struct {
  GString *text;
  gsize    n_bytes;
  gboolean is_open;
} Sink;

static gboolean
begin (const char *field, const char *file_name, gpointer user_data)
{
  Sink *sink = user_data;

  g_assert_false (sink->is_open);
  g_assert_true (g_utf8_validate (field, -1, NULL));
  g_assert_true (file_name == NULL || g_utf8_validate (file_name, -1, NULL));
  sink->is_open = TRUE;
  g_string_append_printf (sink->text, "<%s|%s>", field, file_name != NULL ? file_name : "-");
  return TRUE;
}

static gboolean
data (const guint8 *bytes, gsize length, gpointer user_data)
{
  Sink *sink = user_data;

  g_assert_true (sink->is_open);
  sink->n_bytes += length;
  g_string_append_len (sink->text, (const char *) bytes, (gssize) length);
  return TRUE;
}

static gboolean
end (gpointer user_data)
{
  Sink *sink = user_data;

  g_assert_true (sink->is_open);
  sink->is_open = FALSE;
  g_string_append_c (sink->text, ';');
  return TRUE;
}

static const UcMultipartFuncs funcs = { begin, data, end };

static gboolean
parse (const char *type, const uint8_t *body, size_t size, size_t piece, Sink *sink)
{
  g_autoptr (UcMultipart) multipart = uc_multipart_new (type, &funcs, sink);
  gboolean is_good = TRUE;

  if (multipart == NULL)
    return FALSE;
  for (size_t i = 0; is_good && i < size; i += piece)
    is_good = uc_multipart_push (multipart, body + i, MIN (piece, size - i));
  return is_good && uc_multipart_finish (multipart);
}

/* The first line is the type, the rest the body. */
int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t size)
{
  const uint8_t   *line_end = size > 0 ? memchr (bytes, '\n', size) : NULL;
  size_t           n_type = line_end != NULL ? (size_t) (line_end - bytes) : 0;
  g_autofree char *type = g_strndup ((const char *) bytes, n_type);
  const uint8_t   *body = bytes + n_type + (line_end != NULL);
  size_t           n_body = size - n_type - (line_end != NULL);
  Sink             whole = { g_string_new (NULL), 0, FALSE };
  Sink             pieces = { g_string_new (NULL), 0, FALSE };
  gboolean         is_whole = parse (type, body, n_body, MAX (n_body, 1), &whole);
  gboolean         is_pieces = parse (type, body, n_body, 1 + size % 7, &pieces);

  g_assert_cmpuint (whole.n_bytes, <=, n_body);
  g_assert_cmpuint (pieces.n_bytes, <=, n_body);
  g_assert_cmpint (is_whole, ==, is_pieces);
  if (is_whole) {
    g_assert_false (whole.is_open);
    g_assert_cmpmem (whole.text->str, whole.text->len, pieces.text->str, pieces.text->len);
  }
  g_string_free (whole.text, TRUE);
  g_string_free (pieces.text, TRUE);
  return 0;
}
