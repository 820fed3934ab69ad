/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps for each channel the moment up to which it is known. It asks the server
 * nothing. */

#include "config.h"

#include "uc-watermarks-private.h"

#include "uc-join.h"

#define FLUSH_AFTER_S 30

typedef struct {
  gint64   written_ms;
  gint64   seen_ms; /* at least written_ms */
  gboolean is_verified;
} Mark;

struct _UcWatermarks {
  GObject parent_instance;

  UcContext  *context; /* (owned) */
  GHashTable *marks;   /* (owned) channel id to Mark */
  guint       flush_id;
};

G_DEFINE_FINAL_TYPE (UcWatermarks, uc_watermarks, G_TYPE_OBJECT)

typedef struct {
  UcJoin *join; /* (owned) one part */
  char   *channel_id;
} Load;

static char *
dup_fact_key (const char *channel_id)
{
  return g_strconcat ("since:", channel_id, NULL);
}

static Mark *
ensure_mark (UcWatermarks *self, const char *channel_id)
{
  Mark *mark = g_hash_table_lookup (self->marks, channel_id);

  if (mark == NULL) {
    mark = g_new0 (Mark, 1);
    g_hash_table_insert (self->marks, g_strdup (channel_id), mark);
  }
  return mark;
}

static void
put_fact (const char *channel_id, gint64 mark_ms, UcBatch *batch)
{
  g_autofree char *key = dup_fact_key (channel_id);
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, mark_ms);

  uc_batch_put_fact (batch, key, value);
}

static void
write_mark (const char *channel_id, Mark *mark, UcBatch *batch)
{
  put_fact (channel_id, mark->seen_ms, batch);
  mark->written_ms = mark->seen_ms;
}

static void
flush_cb (gpointer user_data)
{
  UcWatermarks *self = user_data;
  UcBatch      *batch = uc_batch_new ();

  self->flush_id = 0;
  _uc_watermarks_flush (self, batch);
  _uc_context_apply (self->context, batch);
}

static void
uc_watermarks_dispose (GObject *object)
{
  UcWatermarks *self = UC_WATERMARKS (object);

  g_clear_handle_id (&self->flush_id, g_source_remove);

  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_watermarks_parent_class)->dispose (object);
}

static void
uc_watermarks_finalize (GObject *object)
{
  UcWatermarks *self = UC_WATERMARKS (object);

  g_hash_table_unref (self->marks);

  G_OBJECT_CLASS (uc_watermarks_parent_class)->finalize (object);
}

static void
uc_watermarks_class_init (UcWatermarksClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_watermarks_dispose;
  object_class->finalize = uc_watermarks_finalize;
}

static void
uc_watermarks_init (UcWatermarks *self)
{
  self->marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

UcWatermarks *
_uc_watermarks_new (UcContext *context)
{
  UcWatermarks *self = g_object_new (UC_TYPE_WATERMARKS, NULL);

  self->context = g_object_ref (context);
  return self;
}

static void
fact_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Load         *load = user_data;
  UcWatermarks *self = g_task_get_source_object (uc_join_get_task (load->join));
  g_autoptr (GError) error = NULL;
  g_autofree char *value = uc_store_load_fact_finish (UC_STORE (source), result, &error);

  if (error == NULL && value != NULL) {
    gint64 mark_ms = g_ascii_strtoll (value, NULL, 10);

    /* The channel may have been read while this was under way. */
    if (!g_hash_table_contains (self->marks, load->channel_id) && mark_ms > 0) {
      Mark *mark = ensure_mark (self, load->channel_id);

      mark->written_ms = mark->seen_ms = mark_ms;
    }
  }
  uc_join_done (load->join, g_steal_pointer (&error));
  g_free (load->channel_id);
  g_free (load);
}

void
_uc_watermarks_load_async (UcWatermarks       *self,
                           GPtrArray          *channel_ids,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  GTask  *task = g_task_new (self, cancellable, callback, user_data);
  UcJoin *join;

  g_task_set_source_tag (task, _uc_watermarks_load_async);
  join = uc_join_new (task);
  for (guint i = 0; i < channel_ids->len; i++) {
    const char      *channel_id = g_ptr_array_index (channel_ids, i);
    g_autofree char *key = dup_fact_key (channel_id);
    Load            *load;

    if (g_hash_table_contains (self->marks, channel_id))
      continue;
    load = g_new0 (Load, 1);
    load->join = uc_join_part (join);
    load->channel_id = g_strdup (channel_id);
    uc_store_load_fact_async (self->context->store, key, cancellable, fact_cb, load);
  }
  uc_join_release (join);
}

gboolean
_uc_watermarks_load_finish (UcWatermarks *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gint64
_uc_watermarks_get (UcWatermarks *self, const char *channel_id)
{
  Mark *mark = g_hash_table_lookup (self->marks, channel_id);

  return mark != NULL ? mark->seen_ms : 0;
}

gboolean
_uc_watermarks_is_verified (UcWatermarks *self, const char *channel_id)
{
  Mark *mark = g_hash_table_lookup (self->marks, channel_id);

  return mark != NULL && mark->is_verified;
}

void
_uc_watermarks_verify (UcWatermarks *self, const char *channel_id, gint64 mark_ms, UcBatch *batch)
{
  Mark *mark = ensure_mark (self, channel_id);

  mark->is_verified = TRUE;
  mark->seen_ms = MAX (mark->seen_ms, mark_ms);
  if (mark->seen_ms > mark->written_ms)
    write_mark (channel_id, mark, batch);
}

void
_uc_watermarks_begin (const char *channel_id, gint64 mark_ms, UcBatch *batch)
{
  put_fact (channel_id, mark_ms, batch);
}

void
_uc_watermarks_raise (UcWatermarks *self, const char *channel_id, gint64 mark_ms)
{
  Mark *mark = g_hash_table_lookup (self->marks, channel_id);

  if (mark == NULL || !mark->is_verified || mark_ms <= mark->seen_ms)
    return;
  mark->seen_ms = mark_ms;
  /* A mark that is too low only costs a question, so it need not be written at once. */
  if (self->flush_id == 0)
    self->flush_id = g_timeout_add_seconds_once (FLUSH_AFTER_S, flush_cb, self);
}

void
_uc_watermarks_flush (UcWatermarks *self, UcBatch *batch)
{
  GHashTableIter iter;
  const char    *channel_id;
  Mark          *mark;

  g_clear_handle_id (&self->flush_id, g_source_remove);
  g_hash_table_iter_init (&iter, self->marks);
  while (g_hash_table_iter_next (&iter, (gpointer *) &channel_id, (gpointer *) &mark))
    if (mark->seen_ms > mark->written_ms)
      write_mark (channel_id, mark, batch);
}

void
_uc_watermarks_doubt (UcWatermarks *self)
{
  GHashTableIter iter;
  Mark          *mark;

  g_hash_table_iter_init (&iter, self->marks);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &mark))
    mark->is_verified = FALSE;
}

void
_uc_watermarks_forget (UcWatermarks *self)
{
  /* What a lost batch would have written is not known to be there either: read all
   * of it anew when it is next needed. */
  g_hash_table_remove_all (self->marks);
}

void
_uc_watermarks_leave (UcWatermarks *self, const char *channel_id, UcBatch *batch)
{
  Mark *mark = g_hash_table_lookup (self->marks, channel_id);

  if (mark == NULL)
    return;
  mark->is_verified = FALSE;
  if (mark->seen_ms > mark->written_ms)
    write_mark (channel_id, mark, batch);
}
