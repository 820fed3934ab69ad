/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-access.h"
#include "uc-post.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Posts, without HTTP: for handlers and for the demo. All run on the worker and check
 * what the actor may do. */

typedef struct {
  const char *channel_id;
  const char *root_id; /* "" for a root */
  const char *message;
  const char *type;            /* "" */
  const char *pending_post_id; /* "" */
  JsonObject *props;           /* (nullable) */
  GPtrArray  *file_ids;        /* (nullable) (element-type utf8) */
  gint64      create_at_ms;    /* 0: now; honoured for administrators only */
  gboolean    is_pinned;
  gboolean    is_silent; /* leaves the author's status alone */
} UcNewPost;

/* A repetition gives the first post back and @is_repeat, and causes nothing. */
UcPost *uc_post_service_create (UcTxn           *txn,
                                const UcActor   *actor,
                                const UcNewPost *fields,
                                gboolean        *is_repeat,
                                GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* What the server itself has to say. @props is (transfer full). */
gboolean uc_post_service_create_system (UcTxn           *txn,
                                        const char      *user_id,
                                        const UcChannel *channel,
                                        const char      *type,
                                        const char      *message,
                                        JsonObject      *props,
                                        GError         **error);
/* Seen by one user only and never stored. */
UcPost *uc_post_service_say_ephemeral (UcTxn      *txn,
                                       const char *author_id,
                                       const char *user_id,
                                       const char *channel_id,
                                       const char *root_id,
                                       const char *message,
                                       JsonObject *props,
                                       GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Text, props and pin; members of @patch that are absent stay as they are. */
UcPost  *uc_post_service_change (UcTxn         *txn,
                                 const UcActor *actor,
                                 const char    *post_id,
                                 JsonObject    *patch,
                                 GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean uc_post_service_set_pinned (UcTxn         *txn,
                                     const UcActor *actor,
                                     const char    *post_id,
                                     gboolean       is_pinned,
                                     GError       **error);
gboolean
uc_post_service_delete (UcTxn *txn, const UcActor *actor, const char *post_id, GError **error);
gboolean
uc_post_service_react (UcTxn *txn, const UcActor *actor, UcReaction *reaction, GError **error);
gboolean
uc_post_service_unreact (UcTxn *txn, const UcActor *actor, UcReaction *reaction, GError **error);

/* The channel is unread from this post on, for the actor. */
gboolean uc_post_service_set_unread (UcTxn         *txn,
                                     const UcActor *actor,
                                     const char    *post_id,
                                     JsonObject   **answer,
                                     GError       **error);

/* The post, when the actor may read it. */
UcPost *uc_post_service_find (UcTxn *txn, const UcActor *actor, const char *post_id, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/* Puts files and reactions into the post. */
gboolean uc_post_service_fill (UcTxn *txn, UcPost *post, GError **error);
/* With metadata, as the API has it. */
JsonNode *
uc_post_service_to_json (UcTxn *txn, UcPost *post, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
