/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads on and on, and writes one thing after the other. What the bytes mean its owner
 * knows. */

#include "config.h"

#include "uc-fault-pump.h"

void
uc_fault_pump_init (UcFaultPump            *self,
                    gpointer                owner,
                    const UcFaultPumpClass *klass,
                    GIOStream              *from,
                    GIOStream              *to,
                    GCancellable           *cancellable)
{
  self->owner = owner;
  self->klass = klass;
  self->from = g_io_stream_get_input_stream (from);
  self->to = g_io_stream_get_output_stream (to);
  self->cancellable = cancellable;
  self->in = g_byte_array_new ();
  self->out = g_byte_array_new ();
}

void
uc_fault_pump_clear (UcFaultPump *self)
{
  g_clear_pointer (&self->in, g_byte_array_unref);
  g_clear_pointer (&self->out, g_byte_array_unref);
  g_clear_pointer (&self->writing, g_byte_array_unref);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcFaultPump *self = user_data;
  gpointer     owner = self->owner;
  gssize       length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (g_cancellable_is_cancelled (self->cancellable)) {
    /* Nobody is there any more. */
  } else if (length <= 0) {
    self->klass->ended (owner, self);
  } else {
    g_byte_array_append (self->in, self->buffer, (guint) length);
    self->klass->came (owner, self);
    if (!g_cancellable_is_cancelled (self->cancellable))
      uc_fault_pump_read (self);
  }
  self->klass->unref (owner);
}

void
uc_fault_pump_read (UcFaultPump *self)
{
  g_rc_box_acquire (self->owner);
  g_input_stream_read_async (self->from, self->buffer, sizeof self->buffer, G_PRIORITY_DEFAULT,
                             self->cancellable, read_cb, self);
}

static void write_on (UcFaultPump *self);

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcFaultPump *self = user_data;
  gpointer     owner = self->owner;

  g_clear_pointer (&self->writing, g_byte_array_unref);
  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    self->klass->failed (owner);
  else if (self->out->len > 0)
    write_on (self);
  else
    self->klass->left (owner, self);
  self->klass->unref (owner);
}

static void
write_on (UcFaultPump *self)
{
  if (self->writing != NULL || self->out->len == 0 ||
      g_cancellable_is_cancelled (self->cancellable))
    return;
  self->writing = g_steal_pointer (&self->out);
  self->out = g_byte_array_new ();
  g_rc_box_acquire (self->owner);
  g_output_stream_write_all_async (self->to, self->writing->data, self->writing->len,
                                   G_PRIORITY_DEFAULT, self->cancellable, written_cb, self);
}

void
uc_fault_pump_put (UcFaultPump *self, gconstpointer data, gsize length)
{
  g_byte_array_append (self->out, data, (guint) length);
  write_on (self);
}

void
uc_fault_pump_take (UcFaultPump *self, gsize length)
{
  g_byte_array_remove_range (self->in, 0, (guint) length);
}
