/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum {
  UC_PUSH_EVENT,
  UC_PUSH_CLOSE_SESSION, /* drops the sockets of one session; @event is its id */
  UC_PUSH_CLOSE_USER,    /* drops all sockets of one user; @event is the user's id */
} UcPushKind;

/**
 * UcPush:
 *
 * Something that goes out to sockets once the transaction that caused it is
 * committed. The frame is built once: @head is all of it up to the number that
 * each connection counts for itself, and is shared by all that get it.
 */
typedef struct {
  UcPushKind kind;
  char      *event;
  GBytes    *head;         /* (nullable): closing has none */
  GPtrArray *user_ids;     /* (nullable) (element-type utf8): NULL is everybody */
  char      *omit_user_id; /* (nullable) */
  gboolean   is_droppable; /* may be left out for a reader who is too slow */
} UcPush;

/* Whom a frame is for, as it says itself. */
typedef struct {
  const char *user_id;
  const char *channel_id;
  const char *team_id;
  const char *omit_user_id;
} UcAudience;

UcPush *uc_push_new_event (const char       *event,
                           JsonObject       *data,
                           const UcAudience *audience,
                           GPtrArray        *user_ids) G_GNUC_WARN_UNUSED_RESULT;
UcPush *uc_push_new_close (UcPushKind kind, const char *id) G_GNUC_WARN_UNUSED_RESULT;
UcPush *uc_push_ref (UcPush *self);
void    uc_push_unref (UcPush *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcPush, uc_push_unref)

G_END_DECLS
