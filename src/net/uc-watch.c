/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The time limit and the cancellation of one operation. The caller's cancellable is
 * listened to from the main loop, not from within its own emission, where an
 * operation that ends at once would disconnect a handler that is running.
 *
 * And from a source that waits until everything of the usual priority is done. libsoup to
 * 3.6.5 ends a message twice that is cancelled after its answer was read and before it
 * was handed on, which is an idle source when the answer came at once; it then has freed
 * its features once too often. */

#include "config.h"

#include "uc-watch-private.h"

/* Behind what hands answers on. */
#define CANCEL_PRIORITY (G_PRIORITY_DEFAULT + 1)
/* What was cancelled ends at once, if it ends. */
#define LAST_WAIT_MS 2000

struct _UcWatch {
  GCancellable *inner;  /* (owned) */
  GSource      *cancel; /* (owned) (nullable) the caller's wish */
  GSource      *timer;  /* (owned) (nullable) */
  gboolean      is_timed_out;
  gboolean      is_ending; /* it was cancelled */

  UcWatchStuck stuck; /* (nullable) */
  gpointer     stuck_data;
};

static void
drop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* @self may be gone afterwards. */
static void
end (UcWatch *self)
{
  self->is_ending = TRUE;
  _uc_watch_arm (self, LAST_WAIT_MS);
  g_cancellable_cancel (self->inner);
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  end (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
timer_cb (gpointer user_data)
{
  UcWatch *self = user_data;

  if (!self->is_ending) {
    self->is_timed_out = TRUE;
    end (self);
  } else {
    g_source_set_ready_time (self->timer, -1);
    if (self->stuck != NULL)
      self->stuck (self->stuck_data);
  }
  return G_SOURCE_CONTINUE;
}

/* @outer: (nullable): cancels the operation */
UcWatch *
_uc_watch_new (GCancellable *outer)
{
  UcWatch *self = g_new0 (UcWatch, 1);

  self->inner = g_cancellable_new ();
  if (outer != NULL) {
    self->cancel = g_cancellable_source_new (outer);
    g_source_set_static_name (self->cancel, "UcWatch cancel");
    g_source_set_priority (self->cancel, CANCEL_PRIORITY);
    g_source_set_callback (self->cancel, G_SOURCE_FUNC (cancelled_cb), self, NULL);
    g_source_attach (self->cancel, g_main_context_get_thread_default ());
  }
  return self;
}

void
_uc_watch_free (UcWatch *self)
{
  if (self == NULL)
    return;

  _uc_watch_stop (self);
  g_clear_object (&self->inner);
  g_free (self);
}

/* @stuck: (nullable): called when the operation has not ended a while after it was
 * cancelled, or ran out of time */
void
_uc_watch_set_stuck (UcWatch *self, UcWatchStuck stuck, gpointer stuck_data)
{
  self->stuck = stuck;
  self->stuck_data = stuck_data;
}

/* From now on something must move, and arm again, within @limit_ms. */
void
_uc_watch_arm (UcWatch *self, guint limit_ms)
{
  if (self->timer == NULL) {
    self->timer = g_timeout_source_new (limit_ms);
    g_source_set_static_name (self->timer, "UcWatch timer");
    g_source_set_priority (self->timer, CANCEL_PRIORITY);
    g_source_set_callback (self->timer, timer_cb, self, NULL);
    g_source_attach (self->timer, g_main_context_get_thread_default ());
  }
  g_source_set_ready_time (self->timer, g_get_monotonic_time () + (gint64) limit_ms * 1000);
}

/* The operation is over. */
void
_uc_watch_stop (UcWatch *self)
{
  drop_source (&self->cancel);
  drop_source (&self->timer);
}

GCancellable *
_uc_watch_get_cancellable (UcWatch *self)
{
  return self->inner;
}

gboolean
_uc_watch_is_timed_out (UcWatch *self)
{
  return self->is_timed_out;
}
