/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* For tests only: here, and nowhere else, a main loop may be nested. */

typedef gboolean (*UcTestPredicate) (gpointer user_data);

/* Runs the default main context until @predicate holds; fails the test when it does
 * not within @limit_ms. */
void          uc_test_wait_until    (UcTestPredicate      predicate,
                                     gpointer             user_data,
                                     guint                limit_ms);
/* Waits for the one result that uc_test_result_cb() puts into *@result. */
GAsyncResult *uc_test_wait_result   (GAsyncResult       **result);
void          uc_test_result_cb     (GObject             *source,
                                     GAsyncResult        *result,
                                     gpointer             user_data /* GAsyncResult ** */);
/* A folder that is removed with all its content at the end of the process. */
char         *uc_test_dup_temp_dir  (void) G_GNUC_WARN_UNUSED_RESULT;
/* A file of tests/fixtures. */
char         *uc_test_dup_fixture   (const char          *name,
                                     gsize               *length) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
