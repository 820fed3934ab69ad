/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-test-client.h"
#include "uc-test-server.h"

G_BEGIN_DECLS

/* What there is, as canonical rows, a line of text each: channels with their counts and
 * one's read state, and in them posts (also of the system) with text, thread, pin and
 * reactions. Deleted ones are not there. In an order of their own, so that two of them
 * can be compared. */

/* As the server tells @username. */
GStrv uc_test_truth_of_server (UcTestServer *server,
                               const char   *username) G_GNUC_WARN_UNUSED_RESULT;
/* As the store has it. Runs the main loop. */
GStrv uc_test_truth_of_client (UcTestClient *client) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable): the rows that only one of them has, a line each; NULL: there are none. */
char *uc_test_truth_dup_difference (const char *const *server,
                                    const char *const *client) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
