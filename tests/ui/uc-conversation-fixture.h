/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "uc-account-fixture.h"
#include "uc-row-context.h"

G_BEGIN_DECLS

/* For tests: talk of every kind in a channel of the account fixture. */

/* Ten plain messages and the special ones come after it. */
#define UC_CONVERSATION_FIXTURE_MIDDLE_MS                                                          \
  (G_GINT64_CONSTANT (1795168800000) - (60 + 14 * 7) * (gint64) 60000)

/* Fills the private channel, read to its end: @n_plain messages over some days, then one of
 * each kind that looks different. */
void uc_conversation_fixture_fill (UcAccountFixture *account, guint n_plain);
/* Applies what a test has put together. */
void uc_conversation_fixture_apply (UcAccountFixture *account, UcBatch *batch);
/* One more message of @user_id, as if pushed. (transfer full): its id */
char *uc_conversation_fixture_post (UcAccountFixture *account,
                                    const char       *user_id,
                                    const char       *root_id,
                                    const char       *text);
/* The first descendant of @type that is mapped, in the order of the tree; (nullable) */
GtkWidget *uc_conversation_fixture_find (GtkWidget *root, GType type);
/* Sets the window's width and waits until it has it. */
void uc_conversation_fixture_resize (GtkWidget *window, int width, int height);
/* What a key does to @widget, by the shortcuts of its class; FALSE for nothing. */
gboolean uc_conversation_fixture_press (GtkWidget *widget, guint key, GdkModifierType modifiers);

G_END_DECLS
