/* SPDX-License-Identifier: GPL-3.0-or-later */

/* multipart/form-data (RFC 7578), streaming. Of the headers of a part only its
 * disposition is looked at; what a client says about types is not believed anyway. */

#define _GNU_SOURCE /* memmem */

#include "config.h"

#include "uc-multipart.h"

#include <string.h>

#define MAX_BOUNDARY 70
#define MAX_HEADER   8192
#define MAX_PARTS    64
#define MAX_PREAMBLE 1024

typedef enum {
  STATE_PREAMBLE, /* before the first boundary */
  STATE_MARK,     /* right after a boundary: another part, or the end */
  STATE_HEADER,
  STATE_BODY,
  STATE_END,
  STATE_BROKEN,
} State;

struct _UcMultipart {
  const UcMultipartFuncs *funcs;
  gpointer                user_data;
  GByteArray             *pending;   /* not taken apart yet; bounded */
  char                   *delimiter; /* "\r\n--boundary" */
  gsize                   delimiter_length;
  State                   state;
  guint                   n_parts;
  gboolean                is_body_begun;
};

/* -- Parameters of a header -------------------------------------------------------- */

/* One parameter from after its semicolon: name, value, and where it ends. */
static const char *
read_parameter (const char *at, char **name, char **value)
{
  const char *start;
  GString    *text;

  while (*at == ' ' || *at == '\t')
    at++;
  start = at;
  while (*at != '\0' && *at != '=' && *at != ';')
    at++;
  *name = g_ascii_strdown (start, at - start);
  g_strchomp (*name);
  text = g_string_new (NULL);
  if (*at == '=')
    at++;
  if (*at == '"') {
    for (at++; *at != '\0' && *at != '"'; at++) {
      /* Only a quote is ever escaped; a lone backslash is part of a path. */
      if (at[0] == '\\' && (at[1] == '"' || at[1] == '\\'))
        at++;
      g_string_append_c (text, *at);
    }
    at += *at == '"';
    at += strcspn (at, ";");
  } else {
    gsize length = strcspn (at, ";");

    g_string_append_len (text, at, (gssize) length);
    at += length;
  }
  *value = g_string_free (text, FALSE);
  return at;
}

/* The value of @wanted after the first semicolon of @header. */
static char *
dup_parameter (const char *header, const char *wanted)
{
  const char *at = strchr (header, ';');

  while (at != NULL && *at == ';') {
    g_autofree char *name = NULL;
    g_autofree char *value = NULL;

    at = read_parameter (at + 1, &name, &value);
    if (g_str_equal (name, wanted))
      return g_steal_pointer (&value);
  }
  return NULL;
}

/* filename*=UTF-8''r%C3%B6ntgen.png */
static char *
dup_extended (const char *header)
{
  g_autofree char *value = dup_parameter (header, "filename*");
  const char      *quote = value != NULL ? strchr (value, '\'') : NULL;

  quote = quote != NULL ? strchr (quote + 1, '\'') : NULL;
  return quote != NULL ? g_uri_unescape_string (quote + 1, NULL) : NULL;
}

static char *
dup_valid (const char *text)
{
  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

/* -- States ------------------------------------------------------------------------ */

static void
drop (UcMultipart *self, gsize n_bytes)
{
  g_byte_array_remove_range (self->pending, 0, (guint) n_bytes);
}

static gboolean
break_off (UcMultipart *self)
{
  self->state = STATE_BROKEN;
  return FALSE;
}

static const guint8 *
find (UcMultipart *self, const char *needle, gsize length)
{
  return memmem (self->pending->data, self->pending->len, needle, length);
}

/* The first boundary has no line break before it when nothing else has. */
static gboolean
read_preamble (UcMultipart *self, gboolean *needs_more)
{
  const char   *mark = self->delimiter + 2;
  gsize         length = self->delimiter_length - 2;
  const guint8 *found = find (self, mark, length);

  /* The limits are of what lies before the mark, however it comes in. */
  if (found == NULL) {
    *needs_more = TRUE;
    return self->pending->len < MAX_PREAMBLE + length || break_off (self);
  }
  if (found - self->pending->data > MAX_PREAMBLE ||
      (found != self->pending->data && found[-1] != '\n'))
    return break_off (self);
  drop (self, (gsize) (found - self->pending->data) + length);
  self->state = STATE_MARK;
  return TRUE;
}

static gboolean
read_mark (UcMultipart *self, gboolean *needs_more)
{
  const guint8 *bytes = self->pending->data;

  if (self->pending->len < 2) {
    *needs_more = TRUE;
    return TRUE;
  }
  if (memcmp (bytes, "--", 2) == 0) {
    self->state = STATE_END;
    return TRUE;
  }
  if (memcmp (bytes, "\r\n", 2) != 0 || ++self->n_parts > MAX_PARTS)
    return break_off (self);
  drop (self, 2);
  self->state = STATE_HEADER;
  return TRUE;
}

static gboolean
begin_part (UcMultipart *self, const char *headers)
{
  g_auto (GStrv) lines = g_strsplit (headers, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *field = NULL;
    g_autofree char *plain = NULL;
    g_autofree char *extended = NULL;
    g_autofree char *file_name = NULL;

    if (g_ascii_strncasecmp (lines[i], "Content-Disposition:", 20) != 0)
      continue;
    plain = dup_parameter (lines[i], "name");
    if (plain == NULL || *plain == '\0')
      return FALSE;
    field = dup_valid (plain);
    g_clear_pointer (&plain, g_free);
    plain = dup_parameter (lines[i], "filename");
    extended = dup_extended (lines[i]);
    file_name = dup_valid (extended != NULL ? extended : plain);
    return self->funcs->begin (field, file_name, self->user_data);
  }
  return FALSE;
}

static gboolean
read_header (UcMultipart *self, gboolean *needs_more)
{
  const guint8    *found = find (self, "\r\n\r\n", 4);
  g_autofree char *headers = NULL;
  gsize            length;

  if (found == NULL) {
    *needs_more = TRUE;
    return self->pending->len < MAX_HEADER + 4 || break_off (self);
  }
  length = (gsize) (found - self->pending->data);
  if (length > MAX_HEADER || memchr (self->pending->data, '\0', length) != NULL)
    return break_off (self);
  headers = g_strndup ((const char *) self->pending->data, length);
  /* The line break before the boundary of an empty part is the end of the headers. */
  drop (self, length + 2);
  if (!begin_part (self, headers))
    return break_off (self);
  self->state = STATE_BODY;
  return TRUE;
}

static gboolean
hand_on (UcMultipart *self, gsize skip, gsize length)
{
  return length == 0 || self->funcs->data (self->pending->data + skip, length, self->user_data);
}

/* The body begins with the line break that ended the headers: it may belong to the
 * boundary already, so it is cut off only with the first bytes. */
static gboolean
read_body (UcMultipart *self, gboolean *needs_more)
{
  gsize         skip = self->is_body_begun ? 0 : 2;
  const guint8 *found = find (self, self->delimiter, self->delimiter_length);
  gsize         length;

  if (found != NULL) {
    length = (gsize) (found - self->pending->data);
    if ((length > skip && !hand_on (self, skip, length - skip)) ||
        !self->funcs->end (self->user_data))
      return break_off (self);
    drop (self, length + self->delimiter_length);
    self->is_body_begun = FALSE;
    self->state = STATE_MARK;
    return TRUE;
  }
  *needs_more = TRUE;
  if (self->pending->len < skip + self->delimiter_length)
    return TRUE;
  /* The end could be the beginning of a delimiter. */
  length = self->pending->len - self->delimiter_length + 1;
  if (length <= skip)
    return TRUE;
  if (!hand_on (self, skip, length - skip))
    return break_off (self);
  drop (self, length);
  self->is_body_begun = TRUE;
  return TRUE;
}

/**
 * uc_multipart_new:
 * @content_type: (nullable): the header of the request
 * @funcs: (transfer none): a constant
 */
UcMultipart *
uc_multipart_new (const char *content_type, const UcMultipartFuncs *funcs, gpointer user_data)
{
  g_autofree char *boundary = NULL;
  UcMultipart     *self;

  if (content_type == NULL || g_ascii_strncasecmp (content_type, "multipart/form-data", 19) != 0)
    return NULL;
  boundary = dup_parameter (content_type, "boundary");
  if (boundary == NULL || *boundary == '\0' || strlen (boundary) > MAX_BOUNDARY)
    return NULL;
  self = g_new0 (UcMultipart, 1);
  self->funcs = funcs;
  self->user_data = user_data;
  self->pending = g_byte_array_new ();
  self->delimiter = g_strconcat ("\r\n--", boundary, NULL);
  self->delimiter_length = strlen (self->delimiter);
  return self;
}

/**
 * uc_multipart_push:
 */
gboolean
uc_multipart_push (UcMultipart *self, const guint8 *data, gsize length)
{
  gboolean needs_more = FALSE;
  gboolean is_fine = TRUE;

  if (self->state == STATE_BROKEN)
    return FALSE;
  if (self->state == STATE_END)
    return TRUE;
  g_byte_array_append (self->pending, data, (guint) length);
  while (is_fine && !needs_more && self->state < STATE_END) {
    switch (self->state) {
    case STATE_PREAMBLE:
      is_fine = read_preamble (self, &needs_more);
      break;
    case STATE_MARK:
      is_fine = read_mark (self, &needs_more);
      break;
    case STATE_HEADER:
      is_fine = read_header (self, &needs_more);
      break;
    case STATE_BODY:
      is_fine = read_body (self, &needs_more);
      break;
    case STATE_END:
    case STATE_BROKEN:
    default:
      break;
    }
  }
  return is_fine;
}

/**
 * uc_multipart_finish:
 */
gboolean
uc_multipart_finish (UcMultipart *self)
{
  return self->state == STATE_END;
}

/**
 * uc_multipart_free:
 * @self: (transfer full):
 */
void
uc_multipart_free (UcMultipart *self)
{
  g_byte_array_unref (self->pending);
  g_free (self->delimiter);
  g_free (self);
}
