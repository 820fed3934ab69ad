/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a flags document: a refused one changes nothing, a taken one can be
 * taken again, and every flag has an answer and a reason. */

#include "config.h"

#include "uc-fuzz-run.h"

#include "uc-flags.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (UcFlags) flags = uc_flags_new ();
  g_autoptr (UcFlags) again = uc_flags_new ();
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_newer;
  gboolean is_taken;

  uc_flags_set_user (flags, "9bq3fsyo1jyojxp5y4y8sf7zqe", "system_user system_admin");
  uc_flags_set_user (again, "9bq3fsyo1jyojxp5y4y8sf7zqe", "system_user system_admin");
  is_taken =
      uc_flags_take_document (flags, text, UC_FLAG_FROM_SERVER, 1795174917363, &is_newer, &error);
  kept = uc_flags_dup_document (flags);
  g_assert_cmpint (is_taken, ==, error == NULL);
  g_assert_cmpint (is_taken, ==, is_newer);
  g_assert_cmpint (is_taken, ==, kept != NULL);
  g_assert_cmpint (uc_flags_get_revision (flags) >= 0, ==, is_taken);
  if (kept != NULL)
    g_assert_true (
        uc_flags_take_document (again, kept, UC_FLAG_FROM_CACHE, 1795174917363, NULL, NULL));

  for (guint i = 0; i < UC_N_FLAGS; i++) {
    g_autofree char *reason = uc_flags_dup_reason (flags, (UcFlagId) i);

    g_assert_true (g_utf8_validate (reason, -1, NULL));
    g_assert_cmpint (uc_flags_is_on (flags, (UcFlagId) i), ==,
                     uc_flags_is_on (again, (UcFlagId) i));
  }
  return 0;
}
