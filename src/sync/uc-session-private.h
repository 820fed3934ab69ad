/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-engine-private.h"
#include "uc-file-ahead-private.h"
#include "uc-file-cache-private.h"
#include "uc-presence-watch-private.h"
#include "uc-search-server-private.h"
#include "uc-session.h"
#include "uc-typing-private.h"

G_BEGIN_DECLS

/* Shared by the files of the façade alone. */
struct _UcSession {
  GObject parent_instance;

  UcContext       *context;     /* (owned) */
  UcEngine        *engine;      /* (owned) */
  UcPresenceWatch *presence;    /* (owned) */
  UcTyping        *typing;      /* (owned) */
  UcFileCache     *files;       /* (owned) */
  UcFileAhead     *ahead;       /* (owned) */
  UcSearchServer  *search;      /* (owned) */
  GCancellable    *cancellable; /* (owned) of questions nobody waits for */
  gulong           changed_id;

  UcServerConfig *config;         /* (owned) (nullable) before the first answer */
  gint64          max_file_bytes; /* 0: never heard of */
  GPtrArray      *settling;       /* (owned) (element-type GTask) */

  char      *visible_id; /* (owned) (nullable) */
  gboolean   is_focused;
  guint      view_id;
  gint64     last_send_ms; /* provisional messages of one turn keep their order */
  UcActivity activity;
  guint      activity_id;
  gint64     trouble_at_ms; /* uptime, when somebody was last told of it; 0: never */
};

/* Something a person should read once. */
void _uc_session_notice (UcSession *self, const char *text);
/* Writes @batch; a failure becomes a notice. */
void _uc_session_apply (UcSession *self, UcBatch *batch);
/* Why waiting for the server makes no sense; NULL while it does. */
GError *_uc_session_dup_hopeless (UcSession *self) G_GNUC_WARN_UNUSED_RESULT;
/* Returns the tasks that wait until everything is done, when it is. */
void _uc_session_check_settled (UcSession *self);
/* Makes the parts that move files, and listens to them. */
void _uc_session_watch_files (UcSession *self);
/* What the server's configuration says of files is remembered. */
void _uc_session_take_limits (UcSession *self);
/* What a new connection has to be told. */
void _uc_session_announce_activity (UcSession *self);
/* Begins to mark as read what is written on screen. */
void _uc_session_watch_visible (UcSession *self);
/* Tells the screen of what is done about holes. */
void _uc_session_watch_holes (UcSession *self);
/* A preference here and on the server. */
void _uc_session_put_preference (UcSession  *self,
                                 const char *category,
                                 const char *name,
                                 const char *value);

G_END_DECLS
