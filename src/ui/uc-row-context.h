/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "uc-directory.h"
#include "uc-row-images.h"
#include "uc-timeline.h"

G_BEGIN_DECLS

/* What a row cannot do by itself. */
typedef enum {
  UC_ROW_REQUEST_REPLY,  /* write a reply to it */
  UC_ROW_REQUEST_THREAD, /* show the thread of this message */
  UC_ROW_REQUEST_EDIT,   /* put it into the composer */
} UcRowRequest;

/**
 * UcRowContext:
 *
 * What all rows of a list share: the account, how things are shown, and whom to ask
 * for what a row cannot do by itself. Main thread.
 *
 * Properties: "show-flags", "use-24h"
 * Signals:
 *   "changed" (UcRowContext *)                       how things are shown: bind again
 *   "request" (UcRowContext *, guint UcRowRequest, gpointer UcMessage *)
 *   "view-picture" (UcRowContext *, gpointer UcFile *)
 *   "follow" (UcRowContext *, guint run_flags, const char *target)
 *   "retry" (UcRowContext *, UcTimelineItem *)       ask once more for a hole
 *   "notice" (UcRowContext *, const char *text)
 */
#define UC_TYPE_ROW_CONTEXT (uc_row_context_get_type ())
G_DECLARE_FINAL_TYPE (UcRowContext, uc_row_context, UC, ROW_CONTEXT, GObject)

/* @is_thread: the rows are those of one thread. */
UcRowContext *uc_row_context_new (UcSession   *session,
                                  UcDirectory *directory,
                                  gboolean     is_thread) G_GNUC_WARN_UNUSED_RESULT;

UcSession   *uc_row_context_get_session (UcRowContext *self);
UcDirectory *uc_row_context_get_directory (UcRowContext *self);
UcRowImages *uc_row_context_get_images (UcRowContext *self);
gboolean     uc_row_context_is_thread (UcRowContext *self);
gboolean     uc_row_context_get_flags (UcRowContext *self);
gboolean     uc_row_context_get_24h (UcRowContext *self);
/* The address of the server, (nullable) until it is known: for links to messages. */
const char *uc_row_context_get_site (UcRowContext *self);

void uc_row_context_request (UcRowContext *self, UcRowRequest request, UcMessage *message);
void uc_row_context_view_picture (UcRowContext *self, UcFile *file);
void uc_row_context_follow (UcRowContext *self, guint run_flags, const char *target);
void uc_row_context_retry (UcRowContext *self, UcTimelineItem *hole);
void uc_row_context_notice (UcRowContext *self, const char *text);

G_END_DECLS
