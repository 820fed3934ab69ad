/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-post.h"

G_BEGIN_DECLS

/**
 * UcEarly:
 *
 * What the stream told of posts that are not stored. A page with them may be on its way
 * that the server made before: when it comes, the post must not be as it was then. Kept
 * in memory, of a bounded number of posts, while the stream is continuous; after a gap
 * everything is read anew. On the writer's thread.
 */
typedef struct _UcEarly UcEarly;

typedef enum {
  UC_EARLY_REACTED,
  UC_EARLY_UNREACTED,
  UC_EARLY_REPLIES, /* the root of a thread has so many */
} UcEarlyKind;

typedef struct {
  UcEarlyKind kind;
  UcReaction *reaction; /* (owned) (nullable) */
  int         count;
  gint64      at_ms; /* by the server's clock; 0: it did not say */
} UcEarlyNews;

UcEarly *_uc_early_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void     _uc_early_free (UcEarly *self);

void _uc_early_note_reaction (UcEarly *self, UcReaction *reaction, gboolean is_on);
void _uc_early_note_replies  (UcEarly *self, const char *root_id, int count, gint64 at_ms);
void _uc_early_note_removal  (UcEarly *self, const char *post_id);

gboolean   _uc_early_is_removed (UcEarly *self, const char *post_id);
/* (element-type UcEarlyNews) (nullable): in their order, for a post that is stored now. */
GPtrArray *_uc_early_take       (UcEarly *self, const char *post_id);

/* The transaction ended: what was taken is used up, or it is there still. */
void _uc_early_settle (UcEarly *self, gboolean is_committed);
/* The stream broke. */
void _uc_early_clear  (UcEarly *self);

G_END_DECLS
