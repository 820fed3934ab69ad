/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-sidebar.h"

G_BEGIN_DECLS

typedef enum
{
  UC_COMPLETE_USER,
  UC_COMPLETE_GROUP, /* @here, @channel, @all */
  UC_COMPLETE_CHANNEL,
  UC_COMPLETE_EMOJI,
} UcCompletionKind;

#define UC_TYPE_COMPLETION_ITEM (uc_completion_item_get_type ())
G_DECLARE_FINAL_TYPE (UcCompletionItem, uc_completion_item, UC, COMPLETION_ITEM, GObject)

UcCompletionKind uc_completion_item_get_kind   (UcCompletionItem *self);
const char      *uc_completion_item_get_id     (UcCompletionItem *self); /* user or channel id, or "" */
const char      *uc_completion_item_get_insert (UcCompletionItem *self); /* "@anna ", "~town ", "😀 " */
const char      *uc_completion_item_get_title  (UcCompletionItem *self);
const char      *uc_completion_item_get_detail (UcCompletionItem *self);

/* The word at @cursor (bytes) that can be completed: TRUE with its bounds and the
 * character that began it ('@', '~', ':'). Pure. */
gboolean    uc_completion_find_word (const char  *text,
                                     guint        cursor,
                                     guint       *start,
                                     guint       *end,
                                     char        *trigger);

/**
 * UcCompletion:
 *
 * Suggestions for a word as a #GListModel of #UcCompletionItem; from the store,
 * people of the conversation first. Main thread.
 */
#define UC_TYPE_COMPLETION (uc_completion_get_type ())
G_DECLARE_FINAL_TYPE (UcCompletion, uc_completion, UC, COMPLETION, GObject)

UcCompletion *uc_completion_new      (UcSession    *session,
                                      UcDirectory  *directory,
                                      UcSidebar    *sidebar) G_GNUC_WARN_UNUSED_RESULT;
/* @word is what stands behind the trigger, up to the cursor. */
void          uc_completion_set_word (UcCompletion *self,
                                      const char   *channel_id,
                                      char          trigger,
                                      const char   *word);

G_END_DECLS
