/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The two clocks of polling. What is read when they strike is the reader's matter. */

#include "config.h"

#include "uc-polling-private.h"

struct _UcPolling {
  GObject parent_instance;

  guint tick_id;
  guint n_ticks;
};

enum {
  LOOK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcPolling, uc_polling, G_TYPE_OBJECT)

static gboolean
tick_cb (gpointer user_data)
{
  UcPolling *self = user_data;

  self->n_ticks++;
  g_signal_emit (self, signals[LOOK], 0,
                 self->n_ticks % (UC_POLLING_LISTS_S / UC_POLLING_VISIBLE_S) == 0);
  return G_SOURCE_CONTINUE;
}

static void
uc_polling_dispose (GObject *object)
{
  UcPolling *self = UC_POLLING (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);

  G_OBJECT_CLASS (uc_polling_parent_class)->dispose (object);
}

static void
uc_polling_class_init (UcPollingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_polling_dispose;

  signals[LOOK] = g_signal_new ("look", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
uc_polling_init (UcPolling *self)
{
}

UcPolling *
_uc_polling_new (void)
{
  return g_object_new (UC_TYPE_POLLING, NULL);
}

void
_uc_polling_set_active (UcPolling *self, gboolean is_active)
{
  if (is_active == (self->tick_id != 0))
    return;
  g_clear_handle_id (&self->tick_id, g_source_remove);
  self->n_ticks = 0;
  if (is_active)
    self->tick_id = g_timeout_add_seconds (UC_POLLING_VISIBLE_S, tick_cb, self);
}

gboolean
_uc_polling_is_active (UcPolling *self)
{
  return self->tick_id != 0;
}
