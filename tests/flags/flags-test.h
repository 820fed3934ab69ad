/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-flags.h"

/* The environment of who runs the tests may hold flags. */
static inline void
flags_test_clear_environment (void)
{
  g_auto (GStrv) names = g_listenv ();

  for (guint i = 0; names[i] != NULL; i++) {
    if (g_str_has_prefix (names[i], "UNIFIED_CHAT_"))
      g_unsetenv (names[i]);
  }
}

/* A document with one flag. (transfer full) */
static inline char *
flags_test_document (int revision, const char *flag, const char *rule)
{
  return g_strdup_printf (
      "{\"revision\":%d,\"context\":{\"segments\":[\"heads\"]},\"flags\":{\"%s\":%s}}", revision,
      flag, rule);
}

static inline void
flags_test_take (UcFlags     *flags,
                 int          revision,
                 const char  *flag,
                 const char  *rule,
                 UcFlagSource source)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *document = flags_test_document (revision, flag, rule);

  g_assert_true (uc_flags_take_document (flags, document, source, 1000, NULL, &error));
  g_assert_no_error (error);
}
