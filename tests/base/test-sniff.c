/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be opened without asking. */

#include "config.h"

#include "uc-sniff.h"

#include <string.h>

typedef struct {
  const char *name;
  const char *bytes;
  gsize       length;
  UcFileRisk  expected;
} Case;

#define CASE(name, bytes, expected)                                                                \
  {                                                                                                \
    name, bytes, sizeof bytes - 1, expected                                                        \
  }
#define PNG "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
#define PDF "%PDF-1.7\n"
#define ZIP "PK\x03\x04\x14\0\x06\0"
#define ELF "\x7f\x45LF\x02\x01\x01"

static const Case cases[] = {
  CASE ("photo.png", PNG, UC_FILE_PLAIN),
  CASE ("PHOTO.PNG", PNG, UC_FILE_PLAIN),
  CASE ("photo.JPG", "\xff\xd8\xff\xe0", UC_FILE_PLAIN),
  CASE ("Befund.pdf", PDF, UC_FILE_PLAIN),
  CASE ("Bericht.docx", ZIP, UC_FILE_PLAIN),
  CASE ("film.mp4",
        "\0\0\0\x18"
        "ftypmp42",
        UC_FILE_PLAIN),
  CASE ("notes.txt", "nothing in particular", UC_FILE_PLAIN),
  CASE ("notes", "nothing in particular", UC_FILE_PLAIN),
  CASE ("table.csv", "a;b\n1;2\n", UC_FILE_PLAIN),
  CASE ("unknown.xyz", "\x01\x02\x03", UC_FILE_PLAIN),
  CASE ("", "", UC_FILE_PLAIN),
  CASE ("photo.png", "", UC_FILE_PLAIN),
  /* Not what the name says. */
  CASE ("photo.png", "\xff\xd8\xff\xe0", UC_FILE_DISGUISED),
  CASE ("photo.png", "just text", UC_FILE_DISGUISED),
  CASE ("Befund.pdf", ZIP, UC_FILE_DISGUISED),
  CASE ("Befund.pdf ", ZIP, UC_FILE_DISGUISED),
  CASE ("Bericht.docx", PDF, UC_FILE_DISGUISED),
  /* Run by what they are, whatever they are called. */
  CASE ("photo.png", ELF, UC_FILE_RUNS),
  CASE ("notes.txt", "MZ\x90\0", UC_FILE_RUNS),
  CASE ("notes.txt", "#!/bin/sh\nrm -rf ~\n", UC_FILE_RUNS),
  CASE ("notes.txt", "[Desktop Entry]\nExec=sh\n", UC_FILE_RUNS),
  CASE ("notes.txt", "\xef\xbb\xbf \n<!DOCTYPE HTML>", UC_FILE_RUNS),
  CASE ("notes.txt", "<script>", UC_FILE_RUNS),
  CASE ("notes.txt", "<SVG onload=x>", UC_FILE_RUNS),
  CASE ("Befund.pdf", "<html>", UC_FILE_RUNS),
  /* Run by what they are called, also before a byte is there. */
  CASE ("invoice.pdf.exe", "", UC_FILE_RUNS),
  CASE ("invoice.EXE", "anything", UC_FILE_RUNS),
  CASE ("invoice.exe. .", "anything", UC_FILE_RUNS),
  CASE ("con.desktop", "anything", UC_FILE_RUNS),
  CASE ("page.html", "plain", UC_FILE_RUNS),
  CASE ("drawing.svg", "<?xml", UC_FILE_RUNS),
  CASE ("run.sh", "", UC_FILE_RUNS),
  CASE ("macro.xlsm", ZIP, UC_FILE_RUNS),
  CASE ("starter.lnk", "L\0\0\0\x01\x14\x02\0", UC_FILE_RUNS),
  CASE ("photo\xe2\x80\xaegnp.exe", "", UC_FILE_RUNS),
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    /* An exact copy, so that the sanitizer sees a read behind the end. */
    g_autofree guint8 *copy = g_memdup2 (cases[i].bytes, cases[i].length);

    g_test_message ("%s", cases[i].name);
    g_assert_cmpint (uc_sniff_judge (cases[i].name, copy, cases[i].length), ==, cases[i].expected);
  }
  g_assert_cmpint (uc_sniff_judge (NULL, NULL, 0), ==, UC_FILE_PLAIN);
}

/* Every beginning of every sample, so that none is read past its end. */
static void
test_short (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    for (gsize n = 1; n <= cases[i].length; n++) {
      g_autofree guint8 *copy = g_memdup2 (cases[i].bytes, n);

      g_assert_cmpint (uc_sniff_judge (cases[i].name, copy, n), <=, UC_FILE_RUNS);
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/sniff/table", test_table);
  g_test_add_func ("/base/sniff/short", test_short);
  return g_test_run ();
}
