/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a file is by its first bytes, held against what its name says. Pure; what cannot
 * be told is left alone. */

#include "config.h"

#include "uc-sniff.h"

#include <string.h>

typedef enum {
  KIND_UNKNOWN,
  KIND_PNG,
  KIND_JPEG,
  KIND_GIF,
  KIND_RIFF,
  KIND_PDF,
  KIND_ZIP,
  KIND_GZIP,
  KIND_BZIP2,
  KIND_XZ,
  KIND_SEVEN_ZIP,
  KIND_OGG,
  KIND_MP4,
  KIND_OLE,
  KIND_PROGRAM,
} Kind;

typedef struct {
  Kind        kind;
  gsize       offset;
  const char *bytes;
  gsize       length;
} Magic;

#define MAGIC(kind, offset, bytes)                                                                 \
  {                                                                                                \
    kind, offset, bytes, sizeof bytes - 1                                                          \
  }

static const Magic magics[] = {
  MAGIC (KIND_PNG, 0, "\x89PNG\r\n\x1a\n"),
  MAGIC (KIND_JPEG, 0, "\xff\xd8\xff"),
  MAGIC (KIND_GIF, 0, "GIF87a"),
  MAGIC (KIND_GIF, 0, "GIF89a"),
  MAGIC (KIND_RIFF, 0, "RIFF"),
  MAGIC (KIND_PDF, 0, "%PDF-"),
  MAGIC (KIND_ZIP, 0, "PK\x03\x04"),
  MAGIC (KIND_ZIP, 0, "PK\x05\x06"),
  MAGIC (KIND_GZIP, 0, "\x1f\x8b"),
  MAGIC (KIND_BZIP2, 0, "BZh"),
  MAGIC (KIND_XZ, 0, "\xfd\x37zXZ"),
  MAGIC (KIND_SEVEN_ZIP, 0, "7z\xbc\xaf\x27\x1c"),
  MAGIC (KIND_OGG, 0, "OggS"),
  MAGIC (KIND_MP4, 4, "ftyp"),
  MAGIC (KIND_OLE, 0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
  MAGIC (KIND_PROGRAM, 0, "\x7f\x45LF"),
  MAGIC (KIND_PROGRAM, 0, "MZ"),
  MAGIC (KIND_PROGRAM, 0, "#!"),
  MAGIC (KIND_PROGRAM, 0, "\xca\xfe\xba\xbe"),
  MAGIC (KIND_PROGRAM, 0, "\xcf\xfa\xed\xfe"),
  MAGIC (KIND_PROGRAM, 0, "\xce\xfa\xed\xfe"),
  MAGIC (KIND_PROGRAM, 0, "L\0\0\0\x01\x14\x02\0"),
};

/* What a file with this ending begins like. */
static const struct {
  const char *extension;
  Kind        kind;
} promises[] = {
  { "png", KIND_PNG },  { "jpg", KIND_JPEG },  { "jpeg", KIND_JPEG },    { "jpe", KIND_JPEG },
  { "gif", KIND_GIF },  { "webp", KIND_RIFF }, { "wav", KIND_RIFF },     { "avi", KIND_RIFF },
  { "pdf", KIND_PDF },  { "zip", KIND_ZIP },   { "docx", KIND_ZIP },     { "xlsx", KIND_ZIP },
  { "pptx", KIND_ZIP }, { "odt", KIND_ZIP },   { "ods", KIND_ZIP },      { "odp", KIND_ZIP },
  { "epub", KIND_ZIP }, { "gz", KIND_GZIP },   { "tgz", KIND_GZIP },     { "bz2", KIND_BZIP2 },
  { "xz", KIND_XZ },    { "txz", KIND_XZ },    { "7z", KIND_SEVEN_ZIP }, { "ogg", KIND_OGG },
  { "oga", KIND_OGG },  { "ogv", KIND_OGG },   { "opus", KIND_OGG },     { "mp4", KIND_MP4 },
  { "m4a", KIND_MP4 },  { "m4v", KIND_MP4 },   { "doc", KIND_OLE },      { "xls", KIND_OLE },
  { "ppt", KIND_OLE },
};

/* Endings of what is run, here or elsewhere. */
static const char *const running[] = {
  "appimage",    "apk",    "app",     "applescript", "bash", "bat",    "bin",     "class",
  "cmd",         "com",    "command", "cpl",         "csh",  "deb",    "desktop", "dll",
  "dmg",         "docm",   "dotm",    "elf",         "exe",  "fish",   "flatpak", "flatpakref",
  "flatpakrepo", "gadget", "hta",     "htm",         "html", "inf",    "jar",     "js",
  "jse",         "jsp",    "ksh",     "lnk",         "lua",  "mht",    "mhtml",   "mjs",
  "msc",         "msi",    "msp",     "out",         "php",  "pif",    "pkg",     "pl",
  "potm",        "ppam",   "ppsm",    "pptm",        "ps1",  "psm1",   "py",      "pyc",
  "pyw",         "rb",     "reg",     "rpm",         "run",  "scf",    "scr",     "service",
  "sh",          "shtml",  "slk",     "snap",        "so",   "svg",    "svgz",    "swf",
  "tcl",         "url",    "vb",      "vbe",         "vbs",  "webloc", "ws",      "wsf",
  "wsh",         "xhtml",  "xlam",    "xlsm",        "xltm", "zsh",
};

static Kind
find_kind (const guint8 *bytes, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++) {
    const Magic *magic = &magics[i];

    if (length >= magic->offset + magic->length &&
        memcmp (bytes + magic->offset, magic->bytes, magic->length) == 0)
      return magic->kind;
  }
  return KIND_UNKNOWN;
}

/* Texts that a program would take as more than that. A byte order mark or white space
 * may come before. */
static gboolean
is_running_text (const guint8 *bytes, gsize length)
{
  static const char *const heads[] = { "<!doctype html", "<html",           "<head",
                                       "<body",          "<script",         "<svg",
                                       "<!doctype svg",  "[desktop entry]", "[internetshortcut]" };
  gsize                    at = length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  while (at < length && g_ascii_isspace ((char) bytes[at]))
    at++;
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++) {
    if (length - at >= strlen (heads[i]) &&
        g_ascii_strncasecmp ((const char *) bytes + at, heads[i], strlen (heads[i])) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Spaces and dots at the end are no part of it where such files are run. */
static char *
dup_extension (const char *name)
{
  g_autofree char *base = g_utf8_casefold (name, -1);
  gsize            length = strlen (base);
  const char      *dot;

  while (length > 0 && (base[length - 1] == '.' || g_ascii_isspace (base[length - 1])))
    base[--length] = '\0';
  dot = strrchr (base, '.');
  return g_strdup (dot != NULL ? dot + 1 : "");
}

/**
 * uc_sniff_judge:
 * @name: what the file is called by who sent it
 * @bytes: how it begins; %UC_SNIFF_BYTES are enough
 * @length: of @bytes; 0 when only the name is known
 *
 * Any thread.
 *
 * Returns: what opening it could do
 */
UcFileRisk
uc_sniff_judge (const char *name, const guint8 *bytes, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid (name != NULL ? name : "", -1);
  g_autofree char *extension = dup_extension (valid);
  Kind             kind = length > 0 ? find_kind (bytes, length) : KIND_UNKNOWN;

  if (kind == KIND_PROGRAM || (kind == KIND_UNKNOWN && is_running_text (bytes, length)))
    return UC_FILE_RUNS;
  for (guint i = 0; i < G_N_ELEMENTS (running); i++) {
    if (g_str_equal (extension, running[i]))
      return UC_FILE_RUNS;
  }
  for (guint i = 0; length > 0 && i < G_N_ELEMENTS (promises); i++) {
    if (g_str_equal (extension, promises[i].extension) && promises[i].kind != kind)
      return UC_FILE_DISGUISED;
  }
  return UC_FILE_PLAIN;
}
