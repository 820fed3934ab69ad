/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-flags.h"
#include "uc-store-read.h"

G_BEGIN_DECLS

/* Of net, which the rooms above this one do not see. */
typedef struct _UcApi     UcApi;
typedef struct _UcSecrets UcSecrets;

/**
 * UcSyncState:
 *
 * Where an account stands with its server. One transition function, in
 * uc-sync-state.c, with a table test.
 */
typedef enum
{
  UC_SYNC_STOPPED,
  UC_SYNC_OFFLINE,     /* no network or no server; waiting to try again */
  UC_SYNC_CONNECTING,
  UC_SYNC_CATCHING_UP,
  UC_SYNC_LIVE,        /* pushed over the socket */
  UC_SYNC_POLLING,     /* up to date, but by asking from time to time */
  UC_SYNC_NEEDS_TOKEN, /* keyring locked or empty: readable, queueing */
  UC_SYNC_NEEDS_LOGIN, /* the server ended the session: readable, queueing */
} UcSyncState;

/**
 * UcHoleState:
 *
 * What is being done about history that is missing.
 */
typedef enum
{
  UC_HOLE_IDLE,    /* nobody asked for it */
  UC_HOLE_FILLING,
  UC_HOLE_WAITING, /* for a connection, and is asked for again by itself */
  UC_HOLE_FAILED,
} UcHoleState;

/**
 * UcSession:
 *
 * The façade of an account: what the screen may ask for. Reads come from the
 * store; a command here writes the store first and returns, and the server hears
 * of it through the outbox. It joins the parts of the room (engine, catch-up,
 * ingest, outbox, presence, typing), which do not know it. Main thread.
 *
 * Signals:
 *   "state-changed" (UcSession *)
 *   "typing-changed" (UcSession *, const char *channel_id)
 *   "statuses-changed" (UcSession *)
 *   "notice" (UcSession *, const char *text)      something a person should read once
 *   "transfer-changed" (UcSession *, const char *file_id)   a few times a second at most
 *   "posted" (UcSession *, UcMessage *, gboolean mentions_me)   pushed, by somebody else
 *   "hole-changed" (UcSession *, const char *channel_id, gint64 before_seq)
 */
#define UC_TYPE_SESSION (uc_session_get_type ())
G_DECLARE_FINAL_TYPE (UcSession, uc_session, UC, SESSION, GObject)

/* @store is open; @api knows the site; the token is looked up in @secrets. */
UcSession       *uc_session_new               (UcStore             *store,
                                               UcApi               *api,
                                               UcSecrets           *secrets,
                                               UcFlags             *flags,
                                               UcClock             *clock,
                                               const char          *my_user_id) G_GNUC_WARN_UNUSED_RESULT;

void             uc_session_start             (UcSession           *self);
void             uc_session_stop              (UcSession           *self);
/* Try at once instead of at the end of the back-off. */
void             uc_session_retry_now         (UcSession           *self);

/* Of NEEDS_TOKEN: lets the desktop ask for the keyring's password, then tries again. A
 * keyring that is open and has no token leads to NEEDS_LOGIN. */
void             uc_session_unlock            (UcSession           *self);

UcStore         *uc_session_get_store         (UcSession           *self);
UcFlags         *uc_session_get_flags         (UcSession           *self);
const char      *uc_session_get_user_id       (UcSession           *self);
UcSyncState      uc_session_get_state         (UcSession           *self);
/* (nullable): why it is not LIVE, for a person. */
const char      *uc_session_get_state_reason  (UcSession           *self);
/* When it tries again, ms since 1970; 0: not waiting. */
gint64           uc_session_get_next_try_ms   (UcSession           *self);

UcPresence       uc_session_get_presence      (UcSession           *self,
                                               const char          *user_id);
/* (transfer container) user ids that type in @channel_id now; empty thread root: whole channel */
GPtrArray       *uc_session_dup_typing        (UcSession           *self,
                                               const char          *channel_id);

/* Somebody the screen names and the store does not know: fetched once, when it can be. */
void             uc_session_want_user         (UcSession           *self,
                                               const char          *user_id);
/* What is on screen: fetched first, marked read while @is_focused. NULL: nothing. */
void             uc_session_set_visible       (UcSession           *self,
                                               const char          *channel_id,
                                               gboolean             is_focused);
/* A hole came into view: fetch towards it from the named neighbour. @before_seq is
 * the oldest message above which history is missing. */
void             uc_session_fill_hole         (UcSession           *self,
                                               const char          *channel_id,
                                               gint64               before_seq);
UcHoleState      uc_session_get_hole          (UcSession           *self,
                                               const char          *channel_id,
                                               gint64               before_seq,
                                               const char         **reason);
/* Makes sure @post_id and its surroundings are stored: to jump to it. */
void             uc_session_load_around_async (UcSession           *self,
                                               const char          *post_id,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
UcMessage       *uc_session_load_around_finish (UcSession          *self,
                                               GAsyncResult        *result,
                                               GError             **error);
/* The first message not older than @time_ms, or else the newest: stored with its
 * surroundings. (transfer full) */
void             uc_session_load_date_async   (UcSession           *self,
                                               const char          *channel_id,
                                               gint64               time_ms,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
UcMessage       *uc_session_load_date_finish  (UcSession           *self,
                                               GAsyncResult        *result,
                                               GError             **error);
void             uc_session_load_thread       (UcSession           *self,
                                               const char          *root_id);

/* Writing. Each comes back when it is safely in the store (UC_ERROR_INVALID for what
 * no server would take, UC_ERROR_STORAGE when the disk refuses: the text is then
 * still the caller's). @paths (nullable) are local files, copied in at once. */
void             uc_session_send_async        (UcSession           *self,
                                               const char          *channel_id,
                                               const char          *root_key,
                                               const char          *text,
                                               const char * const  *paths,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
gboolean         uc_session_send_finish       (UcSession           *self,
                                               GAsyncResult        *result,
                                               GError             **error);
/* For what would be of no use later: UC_ERROR_OFFLINE without a connection. */
void             uc_session_send_now_async    (UcSession           *self,
                                               const char          *channel_id,
                                               const char          *text,
                                               const char          *props,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
gboolean         uc_session_send_now_finish   (UcSession           *self,
                                               GAsyncResult        *result,
                                               GError             **error);
void             uc_session_edit              (UcSession           *self,
                                               UcMessage           *message,
                                               const char          *text);
void             uc_session_delete            (UcSession           *self,
                                               UcMessage           *message);
void             uc_session_react             (UcSession           *self,
                                               UcMessage           *message,
                                               const char          *emoji_name,
                                               gboolean             add);
void             uc_session_pin               (UcSession           *self,
                                               UcMessage           *message,
                                               gboolean             pin);
void             uc_session_save              (UcSession           *self,
                                               UcMessage           *message,
                                               gboolean             save);
void             uc_session_mark_read         (UcSession           *self,
                                               const char          *channel_id);
void             uc_session_mark_unread       (UcSession           *self,
                                               UcMessage           *message);
void             uc_session_retry             (UcSession           *self,
                                               const char          *op_id);
void             uc_session_discard           (UcSession           *self,
                                               const char          *op_id);
void             uc_session_put_draft         (UcSession           *self,
                                               const char          *channel_id,
                                               const char          *root_id,
                                               const char          *text);
void             uc_session_type              (UcSession           *self,
                                               const char          *channel_id,
                                               const char          *root_id);
void             uc_session_set_favourite     (UcSession           *self,
                                               const char          *channel_id,
                                               gboolean             is_favourite);
/* Only mentions count in a muted channel. */
void             uc_session_set_muted         (UcSession           *self,
                                               const char          *channel_id,
                                               gboolean             is_muted);
/* Puts a direct or group channel away from the sidebar, or back. */
void             uc_session_set_hidden        (UcSession           *self,
                                               const char          *channel_id,
                                               gboolean             is_hidden);
void             uc_session_set_my_presence   (UcSession           *self,
                                               UcPresence           presence);
/* Where the person is, for others to see one as away. */
typedef enum
{
  UC_ACTIVITY_ELSEWHERE, /* in another window, or without one: the server judges */
  UC_ACTIVITY_HERE,
  UC_ACTIVITY_GONE,      /* the screen is locked */
} UcActivity;
void             uc_session_set_activity      (UcSession           *self,
                                               UcActivity           activity);
void             uc_session_set_custom_status_async (UcSession     *self,
                                               const char          *emoji,
                                               const char          *text,
                                               gint64               expires_ms,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
gboolean         uc_session_set_custom_status_finish (UcSession    *self,
                                               GAsyncResult        *result,
                                               GError             **error);

/* Needs the server. finish: the channel's id, (transfer full). */
void             uc_session_open_direct_async (UcSession           *self,
                                               const char          *user_id,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
char            *uc_session_open_direct_finish (UcSession          *self,
                                               GAsyncResult        *result,
                                               GError             **error);
void             uc_session_join_channel_async (UcSession          *self,
                                               const char          *channel_id,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
gboolean         uc_session_join_channel_finish (UcSession         *self,
                                               GAsyncResult        *result,
                                               GError             **error);
void             uc_session_leave_channel_async (UcSession         *self,
                                               const char          *channel_id,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
gboolean         uc_session_leave_channel_finish (UcSession        *self,
                                               GAsyncResult        *result,
                                               GError             **error);
/* The server's answer to a few letters ("" for the first page): public channels of a
 * team, (element-type UcChannel), and people, (element-type UcUser); people are also
 * stored. (transfer full) */
void             uc_session_find_channels_async (UcSession         *self,
                                               const char          *team_id,
                                               const char          *text,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
GPtrArray       *uc_session_find_channels_finish (UcSession        *self,
                                               GAsyncResult        *result,
                                               GError             **error);
void             uc_session_find_people_async (UcSession           *self,
                                               const char          *text,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
GPtrArray       *uc_session_find_people_finish (UcSession          *self,
                                               GAsyncResult        *result,
                                               GError             **error);
/* What the server finds beyond our own search, stored when it comes back. finish: ids of
 * posts, (transfer full). */
void             uc_session_search_server_async (UcSession         *self,
                                               const char          *query,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
GStrv            uc_session_search_server_finish (UcSession        *self,
                                               GAsyncResult        *result,
                                               GError             **error);
/* Everything: the whole history of every channel I am in (ctl sync --full). */
void             uc_session_sync_full_async   (UcSession           *self,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
gboolean         uc_session_sync_full_finish  (UcSession           *self,
                                               GAsyncResult        *result,
                                               GError             **error);
/* Comes back when the state is LIVE or POLLING and the outbox holds nothing that can
 * be sent now. */
void             uc_session_settle_async      (UcSession           *self,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
gboolean         uc_session_settle_finish     (UcSession           *self,
                                               GAsyncResult        *result,
                                               GError             **error);

/* Bytes of pictures and files: from the cache folder, else fetched into it.
 * @variant: "", "thumbnail", "preview". finish: a local path, (transfer full). */
void             uc_session_fetch_file_async  (UcSession           *self,
                                               const char          *file_id,
                                               const char          *variant,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
char            *uc_session_fetch_file_finish (UcSession           *self,
                                               GAsyncResult        *result,
                                               GError             **error);
/* Where files lie under their own names for other programs. (transfer full) */
char            *uc_session_dup_opened_folder (void);
/* FALSE: it does not move at this moment. @file_id as in the message. */
gboolean         uc_session_get_transfer      (UcSession           *self,
                                               const char          *file_id,
                                               gint64              *done_bytes,
                                               gint64              *total_bytes);
/* Its message waits then for uc_session_retry() or uc_session_discard(). */
void             uc_session_stop_upload       (UcSession           *self,
                                               const char          *file_id);
/* 0: not known. */
gint64           uc_session_get_max_file_bytes (UcSession          *self);
/* Room that fetched files take, never those that wait to be sent. finish: bytes. */
void             uc_session_set_cache_limit   (UcSession           *self,
                                               guint64              max_bytes);
void             uc_session_measure_cache_async (UcSession         *self,
                                               gboolean             do_clear,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
gint64           uc_session_measure_cache_finish (UcSession        *self,
                                               GAsyncResult        *result,
                                               GError             **error);
/* A system_admin changes a flag on a server with the extension. */
void             uc_session_put_flag_async    (UcSession           *self,
                                               const char          *name,
                                               const char          *partial_json,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
gboolean         uc_session_put_flag_finish   (UcSession           *self,
                                               GAsyncResult        *result,
                                               GError             **error);
gboolean         uc_session_has_extension     (UcSession           *self);

/* Devices that are signed in: (element-type UcLogin), (transfer full). Needs the server. */
void             uc_session_load_logins_async (UcSession           *self,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
GPtrArray       *uc_session_load_logins_finish (UcSession          *self,
                                               GAsyncResult        *result,
                                               GError             **error);
void             uc_session_revoke_login_async (UcSession          *self,
                                               const char          *login_id,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
gboolean         uc_session_revoke_login_finish (UcSession         *self,
                                               GAsyncResult        *result,
                                               GError             **error);

G_END_DECLS
