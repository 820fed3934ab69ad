/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is remembered of an upload between two tries. */

#include "config.h"

#include "uc-outbox-upload-private.h"

#define ID  "kcrkmti6tby5tdcqco5pnrkpca"
#define MIB (1024 * 1024)

static void
check_text (const char *text, gboolean is_good)
{
  g_auto (UcUploadMemory) memory = { NULL, -1, FALSE };

  g_assert_cmpint (_uc_upload_memory_parse (&memory, text), ==, is_good);
  if (is_good) {
    g_autofree char *again = _uc_upload_memory_to_text (&memory);

    g_assert_cmpstr (again, ==, text);
  }
}

static void
test_text (void)
{
  check_text (ID " -1 0", TRUE);
  check_text (ID " 5242880 1", TRUE);
  check_text (NULL, FALSE);
  check_text ("", FALSE);
  check_text (ID, FALSE);
  check_text (ID " 0", FALSE);
  check_text (ID " -2 0", FALSE);
  check_text (ID " 0 2", FALSE);
  check_text (ID " x 0", FALSE);
  check_text ("../../x 0 0", FALSE);
}

/* begun, suspect before, the server's word, suspect after */
static void
test_resume (void)
{
  static const struct {
    gint64   begun;
    gboolean was_suspect;
    gint64   offset;
    gboolean is_suspect;
  } cases[] = {
    /* It goes on where the broken piece began: part of that may lie behind. */
    { 5 * MIB, FALSE, 5 * MIB, TRUE },
    /* It noted what came of the piece. */
    { 5 * MIB, FALSE, 7 * MIB, FALSE },
    { 5 * MIB, FALSE, 10 * MIB, FALSE },
    /* Nothing of a piece went out. */
    { -1, FALSE, 5 * MIB, FALSE },
    /* From the very beginning it writes over what it has. */
    { 0, FALSE, 0, FALSE },
    { 0, TRUE, 0, FALSE },
    { 5 * MIB, TRUE, 0, FALSE },
    /* Once in doubt, always. */
    { 10 * MIB, TRUE, 12 * MIB, TRUE },
    { -1, TRUE, 10 * MIB, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    UcUploadMemory memory = { NULL, cases[i].begun, cases[i].was_suspect };

    _uc_upload_memory_resume (&memory, cases[i].offset);
    g_assert_cmpint (memory.is_suspect, ==, cases[i].is_suspect);
    g_assert_cmpint (memory.begun_bytes, ==, -1);
  }
}

/* The first piece is the whole file or as long as a server demands. */
static void
test_pieces (void)
{
  g_assert_cmpint (_uc_upload_get_piece (0, 1), ==, 1);
  g_assert_cmpint (_uc_upload_get_piece (0, 5 * MIB), ==, 5 * MIB);
  g_assert_cmpint (_uc_upload_get_piece (0, 5 * MIB + 1), ==, 5 * MIB);
  g_assert_cmpint (_uc_upload_get_piece (5 * MIB, 5 * MIB + 1), ==, 1);
  g_assert_cmpint (_uc_upload_get_piece (7 * MIB, 20 * MIB), ==, 5 * MIB);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/outbox-upload-memory/text", test_text);
  g_test_add_func ("/sync/outbox-upload-memory/resume", test_resume);
  g_test_add_func ("/sync/outbox-upload-memory/pieces", test_pieces);
  return g_test_run ();
}
