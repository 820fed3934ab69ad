/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-change-set.h"
#include "uc-db.h"

G_BEGIN_DECLS

/**
 * UcRecorder:
 *
 * Notes what a batch changes while it is applied, each thing once, and makes the
 * change set of it before the commit. Messages are noted by their present seq.
 */
typedef struct _UcRecorder UcRecorder;

UcRecorder  *_uc_recorder_new             (void) G_GNUC_WARN_UNUSED_RESULT;
void         _uc_recorder_free            (UcRecorder  *self);

void         _uc_recorder_message_added   (UcRecorder  *self,
                                           gint64       seq);
void         _uc_recorder_message_changed (UcRecorder  *self,
                                           gint64       seq);
void         _uc_recorder_message_moved   (UcRecorder  *self,
                                           gint64       old_seq,
                                           gint64       seq);
/* @last_form: (transfer full): as it was before it went. */
void         _uc_recorder_message_removed (UcRecorder  *self,
                                           UcMessage   *last_form);
void         _uc_recorder_user            (UcRecorder  *self,
                                           const char  *id);
void         _uc_recorder_team            (UcRecorder  *self,
                                           const char  *id);
void         _uc_recorder_channel         (UcRecorder  *self,
                                           const char  *id);
void         _uc_recorder_span            (UcRecorder  *self,
                                           const char  *channel_id);
void         _uc_recorder_op              (UcRecorder  *self,
                                           const char  *op_id,
                                           gboolean     is_new);
void         _uc_recorder_file            (UcRecorder  *self,
                                           const char  *id);
void         _uc_recorder_preferences     (UcRecorder  *self);
void         _uc_recorder_flags           (UcRecorder  *self);
void         _uc_recorder_facts           (UcRecorder  *self);

/* (transfer full): NULL with @error when a message could not be read. */
UcChangeSet *_uc_recorder_finish          (UcRecorder  *self,
                                           UcDb        *db,
                                           GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/* Nothing to tell anybody. */
gboolean     _uc_change_set_is_empty      (const UcChangeSet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcRecorder, _uc_recorder_free)

G_END_DECLS
