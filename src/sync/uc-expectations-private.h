/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UcExpectations:
 *
 * Posts that somebody is to be told of when they turn out to be new, with whether they
 * mention one. Main thread.
 */
typedef struct _UcExpectations UcExpectations;

UcExpectations *_uc_expectations_new (void) G_GNUC_WARN_UNUSED_RESULT;
void            _uc_expectations_free (UcExpectations *self);

/* One that the next commit writes. */
void _uc_expectations_add (UcExpectations *self, const char *post_id, gboolean mentions_me);
/* One that was found by asking; whoever asked writes it. */
void _uc_expectations_find (UcExpectations *self, const char *post_id, gboolean mentions_me);
/* The commit begins, and has ended: what it did not add was stored already. */
void _uc_expectations_begin (UcExpectations *self);
void _uc_expectations_end (UcExpectations *self);
/* TRUE, once, when a post that has just been added was expected. */
gboolean _uc_expectations_take (UcExpectations *self, const char *post_id, gboolean *mentions_me);

G_END_DECLS
