/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-message.h"
#include "uc-store-types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UcDraft:
 *
 * What was typed and not sent, in a conversation or (@root_id not "") a thread.
 */
typedef struct
{
  char  *channel_id;
  char  *root_id;
  char  *text;
  gint64 update_at_ms;
} UcDraft;

void            uc_draft_free                 (UcDraft         *self);

/**
 * UcExportReader:
 *
 * Reads a store page by page from a thread of the caller's, beside whoever has it open,
 * on a connection of its own. All of these block; one thread at a time.
 */
typedef struct _UcExportReader UcExportReader;

/* UC_ERROR_INVALID for a store of an older version, UC_ERROR_SCHEMA_TOO_NEW. */
UcExportReader *uc_export_reader_open         (const char      *path,
                                               GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void            uc_export_reader_free         (UcExportReader  *self);

/* *@value (transfer full) is NULL when there is none. */
gboolean        uc_export_reader_load_fact    (UcExportReader  *self,
                                               const char      *key,
                                               char           **value,
                                               GError         **error);
/* (element-type UcUser) */
GPtrArray      *uc_export_reader_load_users   (UcExportReader  *self,
                                               GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* In what follows @channel_id is (nullable): all of them. (element-type UcChannel), also
 * those that were left, whose messages are still here. */
GPtrArray      *uc_export_reader_load_channels (UcExportReader *self,
                                               const char      *channel_id,
                                               GError         **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean        uc_export_reader_count        (UcExportReader  *self,
                                               const char      *channel_id,
                                               gint64          *n_messages,
                                               GError         **error);
/* (element-type UcMessage): the next @limit after @after_seq, oldest first, with what
 * waits in the outbox laid over them; fewer: these were the last. */
GPtrArray      *uc_export_reader_load_messages (UcExportReader *self,
                                               const char      *channel_id,
                                               gint64           after_seq,
                                               guint            limit,
                                               GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type UcDraft) */
GPtrArray      *uc_export_reader_load_drafts  (UcExportReader  *self,
                                               const char      *channel_id,
                                               GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type UcOutboxRow): of all conversations, in order of queueing. */
GPtrArray      *uc_export_reader_load_outbox  (UcExportReader  *self,
                                               GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcDraft, uc_draft_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcExportReader, uc_export_reader_free)

G_END_DECLS
