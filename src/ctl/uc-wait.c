/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Waiting for one asynchronous call: a command does one thing after the other, so the
 * loop runs only here and never inside itself. */

#include "config.h"

#include "uc-ctl.h"

/* For the callback of an asynchronous call, with the address of a zeroed UcWait. */
void
uc_wait_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcWait *self = user_data;

  self->result = g_object_ref (result);
  if (self->loop != NULL)
    g_main_loop_quit (self->loop);
}

/* (transfer none): the result, once it is there */
GAsyncResult *
uc_wait_for (UcWait *self)
{
  if (self->result == NULL) {
    self->loop = g_main_loop_new (NULL, FALSE);
    g_main_loop_run (self->loop);
    g_clear_pointer (&self->loop, g_main_loop_unref);
  }
  return self->result;
}

void
uc_wait_clear (UcWait *self)
{
  g_clear_object (&self->result);
}
