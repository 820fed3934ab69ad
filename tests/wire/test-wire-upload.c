/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a server says of a file that comes in pieces. */

#include "config.h"

#include "uc-error.h"
#include "uc-wire.h"

#include <string.h>

#define ID "kcrkmti6tby5tdcqco5pnrkpca"

static void
check (const char *text, gint64 expected_offset)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (UcUploadState) state = uc_wire_parse_upload (body, &error);

  g_test_message ("%s", text);
  if (expected_offset < 0) {
    g_assert_null (state);
    g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpstr (state->id, ==, ID);
  g_assert_cmpint (state->offset_bytes, ==, expected_offset);
}

static void
test_state (void)
{
  check ("{\"id\":\"" ID "\",\"file_size\":10,\"file_offset\":0}", 0);
  check ("{\"id\":\"" ID "\",\"file_size\":10,\"file_offset\":10}", 10);
  /* Reading there would leave the file. */
  check ("{\"id\":\"" ID "\",\"file_size\":10,\"file_offset\":11}", -1);
  check ("{\"id\":\"" ID "\",\"file_size\":10,\"file_offset\":-1}", -1);
  check ("{\"id\":\"" ID "\",\"file_size\":10,\"file_offset\":1e300}", -1);
  check ("{\"id\":\"" ID "\",\"file_size\":0,\"file_offset\":0}", -1);
  check ("{\"id\":\"" ID "\",\"file_size\":10}", -1);
  check ("{\"id\":\"../../x\",\"file_size\":10,\"file_offset\":0}", -1);
  check ("[]", -1);
  check ("null", -1);
}

static void
test_piece (void)
{
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) wrong = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) whole = g_bytes_new_static ("{\"id\":\"" ID "\",\"name\":\"a\"}",
                                                 strlen ("{\"id\":\"" ID "\",\"name\":\"a\"}"));
  g_autoptr (GError) error = NULL;
  g_autoptr (UcFile) file = NULL;

  g_assert_null (uc_wire_parse_piece (empty, &error));
  g_assert_no_error (error);
  g_assert_null (uc_wire_parse_piece (wrong, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  file = uc_wire_parse_piece (whole, NULL);
  g_assert_cmpstr (file->id, ==, ID);
}

static void
test_build (void)
{
  g_autofree char *body = uc_wire_build_upload (ID, "gestückelt \"1\".txt", 5000000000);

  g_assert_cmpstr (body, ==,
                   "{\"channel_id\":\"" ID "\",\"filename\":\"gestückelt \\\"1\\\".txt\","
                   "\"file_size\":5000000000}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/wire/upload/state", test_state);
  g_test_add_func ("/wire/upload/piece", test_piece);
  g_test_add_func ("/wire/upload/build", test_build);
  return g_test_run ();
}
