/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A queue of pictures that may be wanted. Forgetful: what does not come is fetched when
 * it is looked at. */

#include "config.h"

#include "uc-file-ahead-private.h"

#include <string.h>

#define MAX_QUEUED   100
#define MAX_MESSAGES 60
/* Of a picture without a preview of its own. */
#define MAX_WHOLE_BYTES (1024 * 1024)

struct _UcFileAhead {
  GObject parent_instance;

  UcContext    *context;     /* (owned) */
  UcFileCache  *cache;       /* (owned) */
  GCancellable *cancellable; /* (owned) cancelled in dispose */
  GQueue        files;       /* (owned) (element-type UcFile) the newest last */
  gboolean      is_allowed;
  gboolean      is_fetching;
};

G_DEFINE_FINAL_TYPE (UcFileAhead, uc_file_ahead, G_TYPE_OBJECT)

static void pump (UcFileAhead *self);

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcFileAhead) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = _uc_file_cache_fetch_finish (UC_FILE_CACHE (source), result, &error);

  if (path == NULL)
    g_debug ("A picture was not fetched ahead: %s", error->message);
  self->is_fetching = FALSE;
  pump (self);
}

static void
pump (UcFileAhead *self)
{
  g_autoptr (UcFile) file = NULL;

  if (self->is_fetching || !self->is_allowed || self->cache == NULL)
    return;
  /* What came last is looked at first. */
  file = g_queue_pop_tail (&self->files);
  if (file == NULL)
    return;
  self->is_fetching = TRUE;
  _uc_file_cache_fetch_async (self->cache, file->id, _uc_file_ahead_get_variant (file),
                              UC_LANE_BACKGROUND, self->cancellable, fetched_cb,
                              g_object_ref (self));
}

static void
take_file (UcFileAhead *self, UcFile *file)
{
  if (_uc_file_ahead_get_variant (file) == NULL)
    return;
  for (GList *link = self->files.head; link != NULL; link = link->next)
    if (g_str_equal (((UcFile *) link->data)->id, file->id))
      return;
  g_queue_push_tail (&self->files, uc_file_ref (file));
  if (self->files.length > MAX_QUEUED)
    uc_file_unref (g_queue_pop_head (&self->files));
}

static void
window_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcFileAhead) self = user_data;
  g_autoptr (UcWindow) window = uc_store_load_window_finish (UC_STORE (source), result, NULL);

  for (guint i = 0; window != NULL && i < window->messages->len; i++)
    _uc_file_ahead_take_message (self, g_ptr_array_index (window->messages, i));
}

static void
uc_file_ahead_dispose (GObject *object)
{
  UcFileAhead *self = UC_FILE_AHEAD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cache);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_file_ahead_parent_class)->dispose (object);
}

static void
uc_file_ahead_finalize (GObject *object)
{
  UcFileAhead *self = UC_FILE_AHEAD (object);

  g_object_unref (self->cancellable);
  g_queue_clear_full (&self->files, (GDestroyNotify) uc_file_unref);

  G_OBJECT_CLASS (uc_file_ahead_parent_class)->finalize (object);
}

static void
uc_file_ahead_class_init (UcFileAheadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_file_ahead_dispose;
  object_class->finalize = uc_file_ahead_finalize;
}

static void
uc_file_ahead_init (UcFileAhead *self)
{
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->files);
}

UcFileAhead *
_uc_file_ahead_new (UcContext *context, UcFileCache *cache)
{
  UcFileAhead *self = g_object_new (UC_TYPE_FILE_AHEAD, NULL);

  self->context = g_object_ref (context);
  self->cache = g_object_ref (cache);
  return self;
}

void
_uc_file_ahead_set_allowed (UcFileAhead *self, gboolean is_allowed)
{
  self->is_allowed = is_allowed;
  pump (self);
}

void
_uc_file_ahead_take_message (UcFileAhead *self, const UcMessage *message)
{
  for (guint i = 0; i < message->post->files->len; i++)
    take_file (self, g_ptr_array_index (message->post->files, i));
  pump (self);
}

/* Asked of the store also while nothing may be fetched: it may be in a moment. */
void
_uc_file_ahead_take_channel (UcFileAhead *self, const char *channel_id)
{
  uc_store_load_window_async (self->context->store, channel_id, "", UC_WINDOW_NEWEST, 0,
                              MAX_MESSAGES, self->cancellable, window_cb, g_object_ref (self));
}

const char *
_uc_file_ahead_get_variant (const UcFile *file)
{
  if (file->delete_at_ms > 0 || g_str_has_prefix (file->id, "local:"))
    return NULL;
  if (file->has_preview)
    return "preview";
  return file->width > 0 && file->size_bytes <= MAX_WHOLE_BYTES ? "" : NULL;
}
