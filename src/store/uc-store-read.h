/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-store.h"

G_BEGIN_DECLS

/* The reads. All run on the reader's thread against the last commit; all keep
 * GTask's default of honouring a cancellable. Lists are (transfer full). */

/**
 * UcWindow:
 *
 * A stretch of a conversation, oldest first, with the spans that cover it.
 */
typedef struct
{
  GPtrArray *messages;  /* (element-type UcMessage) */
  GArray    *spans;     /* (element-type UcSpan): all that touch the stretch */
  gboolean   has_older; /* stored messages lie before */
  gboolean   has_newer;
} UcWindow;

void         uc_window_free                      (UcWindow            *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcWindow, uc_window_free)

typedef enum
{
  UC_WINDOW_NEWEST, /* the newest @limit */
  UC_WINDOW_BEFORE, /* @limit older than @seq */
  UC_WINDOW_AFTER,  /* @limit newer than @seq */
  UC_WINDOW_AROUND, /* @limit on either side of @seq, the row itself included */
} UcWindowKind;

/* @root_id "" reads the channel as a whole, an id only that thread. */
void         uc_store_load_window_async          (UcStore             *self,
                                                  const char          *channel_id,
                                                  const char          *root_id,
                                                  UcWindowKind         kind,
                                                  gint64               seq,
                                                  guint                limit,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
UcWindow    *uc_store_load_window_finish         (UcStore             *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

/* By the server's id or by key; UC_ERROR_NOT_FOUND. */
void         uc_store_load_message_async         (UcStore             *self,
                                                  const char          *post_id_or_key,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
UcMessage   *uc_store_load_message_finish        (UcStore             *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

/* (element-type UcChannelState); @channel_id NULL: all of them. */
void         uc_store_load_channels_async        (UcStore             *self,
                                                  const char          *channel_id,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
GPtrArray   *uc_store_load_channels_finish       (UcStore             *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

/* (element-type UcTeam) */
void         uc_store_load_teams_async           (UcStore             *self,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
GPtrArray   *uc_store_load_teams_finish          (UcStore             *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

/* (element-type UcUser). @ids NULL: everybody stored. */
void         uc_store_load_users_async           (UcStore             *self,
                                                  const char * const  *ids,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
GPtrArray   *uc_store_load_users_finish          (UcStore             *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);
/* (element-type UcUser): names beginning with @prefix, best first. */
void         uc_store_complete_users_async       (UcStore             *self,
                                                  const char          *prefix,
                                                  guint                limit,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
GPtrArray   *uc_store_complete_users_finish      (UcStore             *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

/* (element-type UcPreference) */
void         uc_store_load_preferences_async     (UcStore             *self,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
GPtrArray   *uc_store_load_preferences_finish    (UcStore             *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

/* (transfer full) (nullable): NULL without error when there is none. */
void         uc_store_load_fact_async            (UcStore             *self,
                                                  const char          *key,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
char        *uc_store_load_fact_finish           (UcStore             *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);
void         uc_store_load_draft_async           (UcStore             *self,
                                                  const char          *channel_id,
                                                  const char          *root_id,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
char        *uc_store_load_draft_finish          (UcStore             *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

/* (element-type UcOutboxRow): everything not DONE, in order of queueing. */
void         uc_store_load_outbox_async          (UcStore             *self,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
GPtrArray   *uc_store_load_outbox_finish         (UcStore             *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

/* (element-type UcSpan), oldest first. */
void         uc_store_load_spans_async           (UcStore             *self,
                                                  const char          *channel_id,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
GArray      *uc_store_load_spans_finish          (UcStore             *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

/* Last known flags document and its revision; NULL when there never was one. */
void         uc_store_load_flags_async           (UcStore             *self,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
char        *uc_store_load_flags_finish          (UcStore             *self,
                                                  GAsyncResult        *result,
                                                  gint64              *revision,
                                                  GError             **error);

/* (element-type UcMessage): messages without an annotation or with a placeholder,
 * newest first, for the background classification. */
void         uc_store_load_unclassified_async    (UcStore             *self,
                                                  guint                limit,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
GPtrArray   *uc_store_load_unclassified_finish   (UcStore             *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

G_END_DECLS
