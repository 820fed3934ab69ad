/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Gathers the changes of one batch. The same message may be added, changed, moved
 * and removed in one batch; what comes out is the difference between before and
 * after. */

#include "config.h"

#include "uc-recorder-private.h"

#include "uc-store-messages-private.h"

typedef struct {
  UcMessageChangeKind kind;
  gint64              old_seq;   /* before the batch; 0 when it was not there */
  gint64              seq;       /* now; 0 when it is gone */
  UcMessage          *last_form; /* (owned) (nullable) of a removed one */
} Entry;

struct _UcRecorder {
  GPtrArray   *entries; /* (owned) of Entry, in order of writing */
  GHashTable  *by_seq;  /* (owned) present seq -> Entry (unowned) */
  GHashTable  *seen;    /* (owned) set of "kind:id" that are in the lists */
  UcChangeSet *set;     /* (owned) */
};

static void
entry_free (Entry *entry)
{
  g_clear_pointer (&entry->last_form, uc_message_unref);
  g_free (entry);
}

UcRecorder *
_uc_recorder_new (void)
{
  UcRecorder *self = g_new0 (UcRecorder, 1);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->by_seq = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->set = uc_change_set_new ();
  return self;
}

void
_uc_recorder_free (UcRecorder *self)
{
  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->by_seq);
  g_hash_table_unref (self->seen);
  uc_change_set_unref (self->set);
  g_free (self);
}

/* -- Messages ----------------------------------------------------------------------- */

static void
put_at (UcRecorder *self, gint64 seq, Entry *entry)
{
  gint64 *key = g_new (gint64, 1);

  *key = seq;
  entry->seq = seq;
  g_hash_table_replace (self->by_seq, key, entry);
}

static Entry *
add_entry (UcRecorder *self, UcMessageChangeKind kind, gint64 old_seq)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->kind = kind;
  entry->old_seq = old_seq;
  g_ptr_array_add (self->entries, entry);
  return entry;
}

static Entry *
ensure_entry (UcRecorder *self, gint64 seq)
{
  Entry *entry = g_hash_table_lookup (self->by_seq, &seq);

  if (entry == NULL) {
    entry = add_entry (self, UC_MESSAGE_CHANGED, seq);
    put_at (self, seq, entry);
  }
  return entry;
}

void
_uc_recorder_message_added (UcRecorder *self, gint64 seq)
{
  put_at (self, seq, add_entry (self, UC_MESSAGE_ADDED, 0));
}

void
_uc_recorder_message_changed (UcRecorder *self, gint64 seq)
{
  ensure_entry (self, seq);
}

void
_uc_recorder_message_moved (UcRecorder *self, gint64 old_seq, gint64 seq)
{
  Entry *entry = ensure_entry (self, old_seq);

  if (old_seq == seq)
    return;
  g_hash_table_remove (self->by_seq, &old_seq);
  put_at (self, seq, entry);
}

void
_uc_recorder_message_removed (UcRecorder *self, UcMessage *last_form)
{
  Entry *entry = ensure_entry (self, last_form->seq);

  g_hash_table_remove (self->by_seq, &entry->seq);
  entry->seq = 0;
  entry->last_form = last_form;
  /* Nobody has seen what came and went within the batch. */
  if (entry->kind == UC_MESSAGE_ADDED)
    g_ptr_array_remove (self->entries, entry);
  else
    entry->kind = UC_MESSAGE_REMOVED;
}

/* -- Everything else ---------------------------------------------------------------- */

static void
add_once (UcRecorder *self, GPtrArray *list, char kind, const char *id)
{
  g_autofree char *mark = g_strdup_printf ("%c:%s", kind, id);

  if (g_hash_table_add (self->seen, g_steal_pointer (&mark)))
    g_ptr_array_add (list, g_strdup (id));
}

void
_uc_recorder_user (UcRecorder *self, const char *id)
{
  add_once (self, self->set->user_ids, 'u', id);
}

void
_uc_recorder_team (UcRecorder *self, const char *id)
{
  add_once (self, self->set->team_ids, 't', id);
}

void
_uc_recorder_channel (UcRecorder *self, const char *id)
{
  add_once (self, self->set->channel_ids, 'c', id);
}

void
_uc_recorder_span (UcRecorder *self, const char *channel_id)
{
  add_once (self, self->set->span_channels, 's', channel_id);
}

void
_uc_recorder_op (UcRecorder *self, const char *op_id, gboolean is_new)
{
  add_once (self, self->set->op_ids, 'o', op_id);
  if (is_new)
    self->set->outbox_added = TRUE;
}

void
_uc_recorder_file (UcRecorder *self, const char *id)
{
  add_once (self, self->set->file_ids, 'f', id);
}

void
_uc_recorder_preferences (UcRecorder *self)
{
  self->set->preferences = TRUE;
}

void
_uc_recorder_flags (UcRecorder *self)
{
  self->set->flags = TRUE;
}

void
_uc_recorder_facts (UcRecorder *self)
{
  self->set->facts = TRUE;
}

UcChangeSet *
_uc_recorder_finish (UcRecorder *self, UcDb *db, GError **error)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);
    g_autoptr (UcMessage) message = g_steal_pointer (&entry->last_form);
    UcMessageChange *change;

    if (message == NULL)
      message = _uc_message_load (db, entry->seq, error);
    if (message == NULL)
      return NULL;
    change = g_new0 (UcMessageChange, 1);
    change->kind = entry->kind;
    change->channel_id = g_strdup (message->post->channel_id);
    change->old_seq = entry->old_seq;
    change->message = g_steal_pointer (&message);
    g_ptr_array_add (self->set->messages, change);
  }
  return uc_change_set_ref (self->set);
}
