/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-multipart.h"

#include <string.h>

#define FORM "multipart/form-data; boundary=XX"

/* What came, as text: "<field|file name>content;" for each part. */
typedef struct {
  GString *text;
  guint    refuse_after; /* bytes */
} Sink;

static gboolean
begin (const char *field, const char *file_name, gpointer user_data)
{
  Sink *sink = user_data;

  g_string_append_printf (sink->text, "<%s|%s>", field, file_name != NULL ? file_name : "-");
  return TRUE;
}

static gboolean
data (const guint8 *bytes, gsize length, gpointer user_data)
{
  Sink *sink = user_data;

  g_assert_cmpuint (length, >, 0);
  g_string_append_len (sink->text, (const char *) bytes, (gssize) length);
  return sink->refuse_after == 0 || sink->text->len < sink->refuse_after;
}

static gboolean
end (gpointer user_data)
{
  Sink *sink = user_data;

  g_string_append_c (sink->text, ';');
  return TRUE;
}

static const UcMultipartFuncs funcs = { begin, data, end };

/* In pieces of @piece bytes; NULL when it is refused. */
static char *
parse (const char *type, const char *body, gsize length, gsize piece)
{
  Sink sink = { g_string_new (NULL), 0 };
  g_autoptr (UcMultipart) multipart = uc_multipart_new (type, &funcs, &sink);
  gboolean is_good = multipart != NULL;

  for (gsize i = 0; is_good && i < length; i += piece)
    is_good = uc_multipart_push (multipart, (const guint8 *) body + i, MIN (piece, length - i));
  is_good = is_good && uc_multipart_finish (multipart);
  return g_string_free (sink.text, !is_good);
}

static void
check (const char *type, const char *body, const char *expected)
{
  gsize length = strlen (body);

  for (gsize piece = 1; piece <= length + 1; piece++) {
    g_autofree char *got = parse (type, body, length, piece);

    g_assert_cmpstr (got, ==, expected);
  }
}

static void
test_forms (void)
{
  check (FORM,
         "--XX\r\nContent-Disposition: form-data; name=\"channel_id\"\r\n\r\nabc\r\n"
         "--XX\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n"
         "Content-Type: text/plain\r\n\r\nline\r\n\r\n--X\r\n--XXX no\r\n--XX--\r\n",
         NULL);
  check (FORM,
         "--XX\r\nContent-Disposition: form-data; name=\"channel_id\"\r\n\r\nabc\r\n"
         "--XX\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n"
         "Content-Type: text/plain\r\n\r\nline\r\n\r\n--X\r\n-XX\r\n--XX--\r\n",
         "<channel_id|->abc;<files|a.txt>line\r\n\r\n--X\r\n-XX;");
  check (FORM, "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--XX--", "<a|->;");
  check (FORM, "--XX--\r\n", "");
  check (FORM, "preamble\r\n--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--XX--",
         "<a|->b;");
  check ("Multipart/Form-Data; charset=utf-8; Boundary=\"a b;c\"",
         "--a b;c\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--a b;c--", "<a|->b;");
}

static void
test_names (void)
{
  static const char *const cases[][2] = {
    { "name=\"files\"; filename=\"a;b.txt\"", "<files|a;b.txt>x;" },
    { "name=\"files\"; filename=\"a\\\"b.txt\"", "<files|a\"b.txt>x;" },
    { "name=\"files\"; filename=\"C:\\dir\\b.txt\"", "<files|C:\\dir\\b.txt>x;" },
    { "name=\"files\"; filename=\"old\"; filename*=UTF-8''r%C3%B6.png", "<files|r\303\266.png>x;" },
    { "name=\"files\"; filename=\"r\303\266.png\"", "<files|r\303\266.png>x;" },
    { "name=\"files\"; filename=\"\"", "<files|>x;" },
    { "filename=\"a\"; name=f", "<f|a>x;" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *body = g_strdup_printf (
        "--XX\r\nContent-Disposition: form-data; %s\r\n\r\nx\r\n--XX--\r\n", cases[i][0]);

    check (FORM, body, cases[i][1]);
  }
}

/* Bytes that are no text, and a name that is none. */
static void
test_binary (void)
{
  static const char body[] = "--XX\r\nContent-Disposition: form-data; name=a; filename=\"\xff\"\r\n"
                             "\r\n\0\xff\r\r\n\r\n--XX--";
  g_autofree char  *got = parse (FORM, body, sizeof body - 1, 3);
  const char       *content;

  g_assert_nonnull (got);
  content = strchr (got, '>') + 1;
  g_assert_cmpmem (content, 5, "\0\xff\r\r\n", 5);
  g_assert_true (g_utf8_validate (got, content - got, NULL));
}

static void
test_broken (void)
{
  static const char *const bodies[] = {
    "",
    "--XX",
    "--XX\r\n",
    "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n",
    "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nb",
    "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--XX",
    "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--XX-",
    "--XX\r\nContent-Type: text/plain\r\n\r\nb\r\n--XX--",
    "--XX\r\nContent-Disposition: form-data\r\n\r\nb\r\n--XX--",
    "--XXjunk\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--XX--",
  };
  static const char *const types[] = {
    "application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary="
    "1234567890123456789012345678901234567890123456789012345678901234567890x",
    "multipart/mixed; boundary=XX",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_test_message ("%s", bodies[i]);
    check (FORM, bodies[i], NULL);
  }
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    g_autoptr (UcMultipart) multipart = uc_multipart_new (types[i], &funcs, NULL);

    g_assert_null (multipart);
  }
  g_assert_null (uc_multipart_new (NULL, &funcs, NULL));
}

/* Neither headers nor the number of parts can fill the memory. */
static void
test_bounds (void)
{
  g_autofree char *filler = g_strnfill (100000, 'x');
  g_autofree char *header = g_strdup_printf (
      "--XX\r\nX: %s\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--XX--", filler);
  g_autofree char *preamble = g_strdup_printf (
      "%s\r\n--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--XX--", filler);
  g_autofree char *large = g_strdup_printf (
      "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n%s\r\n--XX--", filler);
  g_autofree char *expected = g_strdup_printf ("<a|->%s;", filler);
  g_autofree char *header_got = parse (FORM, header, strlen (header), 1000);
  g_autofree char *preamble_got = parse (FORM, preamble, strlen (preamble), 1000);
  g_autofree char *large_got = parse (FORM, large, strlen (large), 1000);
  g_autoptr (GString) many = g_string_new (NULL);
  g_autofree char *many_got = NULL;

  g_assert_null (header_got);
  g_assert_null (preamble_got);
  g_assert_cmpstr (large_got, ==, expected);
  for (guint i = 0; i < 1000; i++)
    g_string_append (many, "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n");
  g_string_append (many, "--XX--");
  many_got = parse (FORM, many->str, many->len, 1000);
  g_assert_null (many_got);
}

/* Once the taker has enough, nothing more is handed on. */
static void
test_refusing (void)
{
  Sink sink = { g_string_new (NULL), 20 };
  g_autoptr (UcMultipart) multipart = uc_multipart_new (FORM, &funcs, &sink);
  const char *body = "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n"
                     "a long content that nobody wants\r\n--XX--";
  gsize       length;

  g_assert_false (uc_multipart_push (multipart, (const guint8 *) body, strlen (body)));
  length = sink.text->len;
  g_assert_false (uc_multipart_push (multipart, (const guint8 *) body, strlen (body)));
  g_assert_false (uc_multipart_finish (multipart));
  g_assert_cmpuint (sink.text->len, ==, length);
  g_string_free (sink.text, TRUE);
}

/* What is just allowed and what is just too long, whatever the pieces it comes in. */
static void
test_limits_in_pieces (void)
{
  const gsize pieces[] = { 1, 3, 7, 1000, 20000 };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++) {
    for (int excess = 0; excess < 2; excess++) {
      g_autofree char *preamble = g_strnfill ((gsize) (1022 + excess), 'p');
      g_autofree char *header = g_strnfill ((gsize) (8192 + excess - 42), 'h');
      g_autofree char *late = g_strconcat (
          preamble, "\r\n--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--XX--", NULL);
      g_autofree char *large =
          g_strconcat ("--XX\r\nContent-Disposition: form-data; name=a\r\nX:", header,
                       "\r\n\r\nb\r\n--XX--", NULL);
      g_autofree char *late_got = parse (FORM, late, strlen (late), pieces[i]);
      g_autofree char *large_got = parse (FORM, large, strlen (large), pieces[i]);

      g_assert_cmpstr (late_got, ==, excess == 0 ? "<a|->b;" : NULL);
      g_assert_cmpstr (large_got, ==, excess == 0 ? "<a|->b;" : NULL);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/multipart/forms", test_forms);
  g_test_add_func ("/multipart/names", test_names);
  g_test_add_func ("/multipart/binary", test_binary);
  g_test_add_func ("/multipart/broken", test_broken);
  g_test_add_func ("/multipart/bounds", test_bounds);
  g_test_add_func ("/multipart/limits-in-pieces", test_limits_in_pieces);
  g_test_add_func ("/multipart/refusing", test_refusing);
  return g_test_run ();
}
