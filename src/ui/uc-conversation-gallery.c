/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which picture comes before and behind another one. */

#include "config.h"

#include "uc-conversation-gallery.h"

#include "uc-row-picture.h"

/* Messages that are read at once, and how near the end of what is known that happens. */
#define WINDOW_MESSAGES 200
#define NEAR_END        3

struct _UcConversationGallery {
  GObject parent_instance;

  UcSession    *session;     /* (owned) */
  GCancellable *cancellable; /* (owned) cancelled in dispose */
  char         *channel_id;  /* (owned) (nullable) until the message is found */
  GPtrArray    *files;       /* (owned) (element-type UcFile) oldest first */
  guint         current;
  gint64        first_seq; /* of the messages that were looked through */
  gint64        last_seq;
  gboolean      has_older;
  gboolean      has_newer;
  gboolean      is_reading;
};

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcConversationGallery, uc_conversation_gallery, G_TYPE_OBJECT)

static void message_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void around_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static GPtrArray *
collect (UcWindow *window)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_file_unref);

  for (guint i = 0; i < window->messages->len; i++) {
    const UcMessage *message = g_ptr_array_index (window->messages, i);

    for (guint j = 0; message->post->delete_at_ms == 0 && j < message->post->files->len; j++) {
      UcFile *file = g_ptr_array_index (message->post->files, j);

      if (uc_row_picture_can_show (file))
        g_ptr_array_add (files, uc_file_ref (file));
    }
  }
  return files;
}

static gint64
get_seq (UcWindow *window, gboolean is_last)
{
  const UcMessage *message =
      g_ptr_array_index (window->messages, is_last ? window->messages->len - 1 : 0);

  return message->seq;
}

static void
older_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcConversationGallery) self = user_data;
  g_autoptr (UcWindow) window = uc_store_load_window_finish (UC_STORE (source), result, NULL);
  g_autoptr (GPtrArray) files = NULL;

  self->is_reading = FALSE;
  if (window == NULL || window->messages->len == 0) {
    self->has_older = FALSE;
    return;
  }
  files = collect (window);
  self->has_older = window->has_older;
  self->first_seq = get_seq (window, FALSE);
  self->current += files->len;
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_insert (self->files, (int) i, uc_file_ref (g_ptr_array_index (files, i)));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
newer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcConversationGallery) self = user_data;
  g_autoptr (UcWindow) window = uc_store_load_window_finish (UC_STORE (source), result, NULL);
  g_autoptr (GPtrArray) files = NULL;

  self->is_reading = FALSE;
  if (window == NULL || window->messages->len == 0) {
    self->has_newer = FALSE;
    return;
  }
  files = collect (window);
  self->has_newer = window->has_newer;
  self->last_seq = get_seq (window, TRUE);
  g_ptr_array_extend_and_steal (self->files, g_steal_pointer (&files));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
read_more (UcConversationGallery *self)
{
  const gboolean needs_older = self->has_older && self->current < NEAR_END;
  const gboolean needs_newer = self->has_newer && self->current + NEAR_END >= self->files->len;

  if (self->is_reading || self->channel_id == NULL || (!needs_older && !needs_newer))
    return;
  self->is_reading = TRUE;
  uc_store_load_window_async (uc_session_get_store (self->session), self->channel_id, "",
                              needs_older ? UC_WINDOW_BEFORE : UC_WINDOW_AFTER,
                              needs_older ? self->first_seq : self->last_seq, WINDOW_MESSAGES,
                              self->cancellable, needs_older ? older_cb : newer_cb,
                              g_object_ref (self));
}

static void
message_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcConversationGallery) self = user_data;
  g_autoptr (UcMessage) message = uc_store_load_message_finish (UC_STORE (source), result, NULL);

  if (message == NULL)
    return;
  self->channel_id = g_strdup (message->post->channel_id);
  self->is_reading = TRUE;
  uc_store_load_window_async (UC_STORE (source), self->channel_id, "", UC_WINDOW_AROUND,
                              message->seq, WINDOW_MESSAGES, self->cancellable, around_cb,
                              g_object_ref (self));
}

static void
around_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcConversationGallery) self = user_data;
  g_autoptr (UcWindow) window = uc_store_load_window_finish (UC_STORE (source), result, NULL);
  g_autoptr (GPtrArray) files = NULL;
  UcFile *file = uc_conversation_gallery_get_file (self);

  self->is_reading = FALSE;
  if (window == NULL || window->messages->len == 0)
    return;
  files = collect (window);
  for (guint i = 0; i < files->len; i++) {
    if (!g_str_equal (((UcFile *) g_ptr_array_index (files, i))->id, file->id))
      continue;
    self->current = i;
    self->has_older = window->has_older;
    self->has_newer = window->has_newer;
    self->first_seq = get_seq (window, FALSE);
    self->last_seq = get_seq (window, TRUE);
    g_ptr_array_unref (self->files);
    self->files = g_steal_pointer (&files);
    g_signal_emit (self, signals[CHANGED], 0);
    read_more (self);
    return;
  }
}

static void
uc_conversation_gallery_dispose (GObject *object)
{
  UcConversationGallery *self = UC_CONVERSATION_GALLERY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (uc_conversation_gallery_parent_class)->dispose (object);
}

static void
uc_conversation_gallery_finalize (GObject *object)
{
  UcConversationGallery *self = UC_CONVERSATION_GALLERY (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->files);
  g_free (self->channel_id);

  G_OBJECT_CLASS (uc_conversation_gallery_parent_class)->finalize (object);
}

static void
uc_conversation_gallery_class_init (UcConversationGalleryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_conversation_gallery_dispose;
  object_class->finalize = uc_conversation_gallery_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
uc_conversation_gallery_init (UcConversationGallery *self)
{
  self->cancellable = g_cancellable_new ();
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_file_unref);
}

/**
 * uc_conversation_gallery_new:
 * @session: the account
 * @file: a picture of a message
 *
 * Returns: (transfer full): a gallery that stands at @file, alone until the messages
 *   around it are read
 */
UcConversationGallery *
uc_conversation_gallery_new (UcSession *session, UcFile *file)
{
  UcConversationGallery *self = g_object_new (UC_TYPE_CONVERSATION_GALLERY, NULL);

  self->session = g_object_ref (session);
  g_ptr_array_add (self->files, uc_file_ref (file));
  if (*file->post_id != '\0')
    uc_store_load_message_async (uc_session_get_store (session), file->post_id, self->cancellable,
                                 message_cb, g_object_ref (self));

  return self;
}

UcFile *
uc_conversation_gallery_get_file (UcConversationGallery *self)
{
  g_return_val_if_fail (UC_IS_CONVERSATION_GALLERY (self), NULL);

  return g_ptr_array_index (self->files, self->current);
}

gboolean
uc_conversation_gallery_can_step (UcConversationGallery *self, int direction)
{
  g_return_val_if_fail (UC_IS_CONVERSATION_GALLERY (self), FALSE);

  return direction < 0 ? self->current > 0 : self->current + 1 < self->files->len;
}

/**
 * uc_conversation_gallery_step:
 * @self: a gallery
 * @direction: -1 or 1
 *
 * Returns: whether it stands at another picture now
 */
gboolean
uc_conversation_gallery_step (UcConversationGallery *self, int direction)
{
  if (!uc_conversation_gallery_can_step (self, direction))
    return FALSE;
  self->current = direction < 0 ? self->current - 1 : self->current + 1;
  read_more (self);
  return TRUE;
}
