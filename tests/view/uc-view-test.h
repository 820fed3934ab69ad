/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-directory.h"
#include "uc-store-test.h"

G_BEGIN_DECLS

/* An account whose session is not started, over a real store: what the models of this
 * room stand on. */
typedef struct
{
  UcTestStore *store;     /* (owned) */
  UcFlags     *flags;     /* (owned) */
  UcSession   *session;   /* (owned) */
  UcDirectory *directory; /* (owned) */
} UcViewTest;

UcViewTest *uc_view_test_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void        uc_view_test_free   (UcViewTest *self);
/* Until the main loop has nothing to do and the store has nothing to say. */
void        uc_view_test_settle (UcViewTest *self);

/* Each takes what it puts, and comes back when it is committed. */
void        uc_view_test_put    (UcViewTest *self,
                                 UcPost     *post);
void        uc_view_test_push   (UcViewTest *self,
                                 UcPost     *post);
/* The id of the post "p<number>" of a page. */
char       *uc_view_test_id     (int         number) G_GNUC_WARN_UNUSED_RESULT;
/* "p0 p1 …" as one page: @n posts by turns of Anna and Ben, @step_ms apart. */
void        uc_view_test_page   (UcViewTest *self,
                                 int         first,
                                 int         n,
                                 gint64      step_ms,
                                 UcPageKind  kind,
                                 int         anchor,
                                 gboolean    reaches_start,
                                 gboolean    reaches_tip);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcViewTest, uc_view_test_free)

G_END_DECLS
