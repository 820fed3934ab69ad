/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-store-types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  UC_MESSAGE_ADDED,
  UC_MESSAGE_CHANGED, /* also: its seq changed, @old_seq is the one before */
  UC_MESSAGE_REMOVED, /* a tombstone now, or a discarded message */
} UcMessageChangeKind;

typedef struct
{
  UcMessageChangeKind kind;
  char               *channel_id;
  gint64              old_seq;  /* of CHANGED and REMOVED */
  UcMessage          *message;  /* as it is after the commit; of REMOVED its last form */
} UcMessageChange;

/**
 * UcChangeSet:
 *
 * What one committed batch changed. Immutable, lent to the handlers of
 * #UcStore::changed. Arrays hold each id once and are never NULL.
 */
typedef struct
{
  GPtrArray *messages;      /* (element-type UcMessageChange), in order of writing */
  GPtrArray *user_ids;      /* (element-type utf8) */
  GPtrArray *team_ids;
  GPtrArray *channel_ids;   /* record, membership, counts, newest post, draft mark */
  GPtrArray *span_channels; /* channels whose spans changed */
  GPtrArray *op_ids;        /* outbox rows added, changed or gone */
  GPtrArray *file_ids;
  gboolean   preferences;
  gboolean   flags;
  gboolean   facts;
  gboolean   outbox_added;  /* there is something new to send */
} UcChangeSet;

#define UC_TYPE_CHANGE_SET (uc_change_set_get_type ())

GType        uc_change_set_get_type     (void);
UcChangeSet *uc_change_set_new          (void) G_GNUC_WARN_UNUSED_RESULT;
UcChangeSet *uc_change_set_ref          (UcChangeSet *self);
void         uc_change_set_unref        (UcChangeSet *self);

gboolean     uc_change_set_has_channel  (UcChangeSet *self,
                                         const char  *channel_id);
gboolean     uc_change_set_has_user     (UcChangeSet *self,
                                         const char  *user_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcChangeSet, uc_change_set_unref)

G_END_DECLS
