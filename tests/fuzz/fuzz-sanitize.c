/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a text, a name, a file's name, a link and a log line: what comes out is
 * valid UTF-8, the same when done twice, and where it must be, harmless. */

#include "config.h"

#include "uc-fuzz-run.h"

#include "uc-id.h"
#include "uc-json.h"
#include "uc-limits.h"
#include "uc-log.h"
#include "uc-sanitize.h"

#include <string.h>

static char *
sanitize_text (const char *text)
{
  return uc_sanitize_text (text, -1);
}

static void
check_twice (char *(*sanitize) (const char *), const char *text)
{
  g_autofree char *once = sanitize (text);
  g_autofree char *twice = sanitize (once);

  g_assert_true (g_utf8_validate (once, -1, NULL));
  g_assert_cmpstr (once, ==, twice);
}

static void
check_link (const char *text)
{
  g_autofree char *host = NULL;
  g_autofree char *opened = uc_sanitize_dup_link (text);

  if (uc_sanitize_link (text, &host)) {
    g_assert_true (g_str_is_ascii (host));
    g_assert_nonnull (strchr (host, '.'));
    g_assert_null (strpbrk (text, " \\\"<>\n"));
    g_assert_nonnull (opened);
  }
  if (opened != NULL)
    g_assert_true (uc_sanitize_link (opened, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autofree char *whole = uc_sanitize_text ((const char *) data, (gssize) size);
  g_autofree char *broken = uc_sanitize_breaks (whole);
  g_autofree char *file_name = uc_sanitize_file_name (text);
  g_autofree char *redacted = uc_log_redact (text);
  g_autoptr (JsonNode) node = uc_json_parse_mended ((const char *) data, (gssize) size, NULL);
  g_autoptr (JsonNode) strict = uc_json_parse ((const char *) data, (gssize) size, NULL);

  g_assert_true (g_utf8_validate (whole, -1, NULL));
  g_assert_true (g_utf8_validate (broken, -1, NULL));
  check_twice (sanitize_text, text);
  check_twice (uc_sanitize_name, text);
  check_twice (uc_sanitize_name_isolated, text);
  check_twice (uc_sanitize_file_name, text);
  check_twice (uc_sanitize_breaks, whole);
  check_link (text);

  g_assert_cmpuint (strlen (file_name), >, 0);
  g_assert_cmpuint (strlen (file_name), <=, UC_LIMIT_FILE_NAME_BYTES);
  g_assert_null (strpbrk (file_name, "/\\\n\r"));
  g_assert_cmpint (file_name[0], !=, '.');
  g_assert_cmpint (file_name[0], !=, '-');

  (void) uc_id_is_valid (text);
  (void) uc_id_is_path_part (text);
  /* What the strict reader takes, the other takes too. */
  g_assert_true (strict == NULL || node != NULL);
  return 0;
}
