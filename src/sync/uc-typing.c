/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps who types, and forgets it in time. */

#include "config.h"

#include "uc-typing-private.h"

/* Announced anew every 5 s while somebody types; one announcement may be late. */
#define HOLDS_FOR_MS 7000

struct _UcTyping {
  GObject parent_instance;

  UcContext *context;       /* (owned) */
  GPtrArray *announcements; /* (owned) (element-type Announcement), oldest first */
  guint      expire_id;
  char      *own_channel_id; /* (owned) (nullable) where one was announced oneself */
  gint64     own_at_ms;      /* uptime */
};

typedef struct {
  char  *channel_id;
  char  *user_id;
  gint64 until_ms; /* uptime */
} Announcement;

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcTyping, uc_typing, G_TYPE_OBJECT)

static void schedule (UcTyping *self);

static void
announcement_free (gpointer data)
{
  Announcement *announcement = data;

  g_free (announcement->channel_id);
  g_free (announcement->user_id);
  g_free (announcement);
}

static void
tell (UcTyping *self, const char *channel_id)
{
  g_signal_emit (self, signals[CHANGED], 0, channel_id);
}

static void
expire_cb (gpointer user_data)
{
  g_autoptr (UcTyping) self = g_object_ref (user_data);
  gint64 now_ms = uc_clock_get_uptime_ms (self->context->clock);

  self->expire_id = 0;
  for (guint i = 0; i < self->announcements->len;) {
    Announcement    *announcement = g_ptr_array_index (self->announcements, i);
    g_autofree char *channel_id = NULL;

    if (announcement->until_ms > now_ms) {
      i++;
      continue;
    }
    channel_id = g_strdup (announcement->channel_id);
    g_ptr_array_remove_index (self->announcements, i);
    tell (self, channel_id);
  }
  schedule (self);
}

static void
schedule (UcTyping *self)
{
  gint64 earliest_ms = G_MAXINT64;
  gint64 now_ms = uc_clock_get_uptime_ms (self->context->clock);

  for (guint i = 0; i < self->announcements->len; i++) {
    Announcement *announcement = g_ptr_array_index (self->announcements, i);

    earliest_ms = MIN (earliest_ms, announcement->until_ms);
  }
  if (self->expire_id == 0 && earliest_ms != G_MAXINT64)
    self->expire_id = g_timeout_add_once ((guint) MAX (1, earliest_ms - now_ms), expire_cb, self);
}

static Announcement *
find (UcTyping *self, const char *channel_id, const char *user_id, guint *index)
{
  for (guint i = 0; i < self->announcements->len; i++) {
    Announcement *announcement = g_ptr_array_index (self->announcements, i);

    if (g_str_equal (announcement->channel_id, channel_id) &&
        g_str_equal (announcement->user_id, user_id)) {
      *index = i;
      return announcement;
    }
  }
  return NULL;
}

static void
uc_typing_dispose (GObject *object)
{
  UcTyping *self = UC_TYPING (object);

  g_clear_handle_id (&self->expire_id, g_source_remove);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_typing_parent_class)->dispose (object);
}

static void
uc_typing_finalize (GObject *object)
{
  UcTyping *self = UC_TYPING (object);

  g_ptr_array_unref (self->announcements);
  g_free (self->own_channel_id);

  G_OBJECT_CLASS (uc_typing_parent_class)->finalize (object);
}

static void
uc_typing_class_init (UcTypingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_typing_dispose;
  object_class->finalize = uc_typing_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
uc_typing_init (UcTyping *self)
{
  self->announcements = g_ptr_array_new_with_free_func (announcement_free);
}

UcTyping *
_uc_typing_new (UcContext *context)
{
  UcTyping *self = g_object_new (UC_TYPE_TYPING, NULL);

  self->context = g_object_ref (context);
  return self;
}

void
_uc_typing_take (UcTyping *self, const char *channel_id, const char *user_id)
{
  guint         index;
  Announcement *announcement;
  gint64        until_ms;

  if (channel_id == NULL || user_id == NULL || g_str_equal (user_id, self->context->my_user_id))
    return;

  until_ms = uc_clock_get_uptime_ms (self->context->clock) + HOLDS_FOR_MS;
  announcement = find (self, channel_id, user_id, &index);
  if (announcement != NULL) {
    announcement->until_ms = until_ms;
    return;
  }
  announcement = g_new0 (Announcement, 1);
  announcement->channel_id = g_strdup (channel_id);
  announcement->user_id = g_strdup (user_id);
  announcement->until_ms = until_ms;
  g_ptr_array_add (self->announcements, announcement);
  schedule (self);
  tell (self, channel_id);
}

void
_uc_typing_end (UcTyping *self, const char *channel_id, const char *user_id)
{
  guint index;

  if (find (self, channel_id, user_id, &index) == NULL)
    return;
  g_ptr_array_remove_index (self->announcements, index);
  tell (self, channel_id);
}

GPtrArray *
_uc_typing_dup (UcTyping *self, const char *channel_id)
{
  GPtrArray *user_ids = g_ptr_array_new_with_free_func (g_free);
  gint64     now_ms = uc_clock_get_uptime_ms (self->context->clock);

  for (guint i = 0; i < self->announcements->len; i++) {
    Announcement *announcement = g_ptr_array_index (self->announcements, i);

    if (g_str_equal (announcement->channel_id, channel_id) && announcement->until_ms > now_ms)
      g_ptr_array_add (user_ids, g_strdup (announcement->user_id));
  }
  return user_ids;
}

gboolean
_uc_typing_may_announce (UcTyping *self, const char *channel_id, int interval_ms)
{
  gint64 now_ms = uc_clock_get_uptime_ms (self->context->clock);

  if (g_strcmp0 (self->own_channel_id, channel_id) == 0 && now_ms - self->own_at_ms < interval_ms)
    return FALSE;
  g_set_str (&self->own_channel_id, channel_id);
  self->own_at_ms = now_ms;
  return TRUE;
}
