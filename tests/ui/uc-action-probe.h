/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For tests: stands for the actions of window and program and tells what was asked of it last, as
 * "open-channel 'abc'", "" for nothing. */
typedef struct {
  GSimpleActionGroup *actions;
  char               *last;
} UcActionProbe;

UcActionProbe *uc_action_probe_new (GtkWidget *widget) G_GNUC_WARN_UNUSED_RESULT;
void           uc_action_probe_free (UcActionProbe *self);
/* The first visible widget of @type below @root; NULL when there is none. */
GtkWidget *uc_action_probe_find (GtkWidget *root, GType type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcActionProbe, uc_action_probe_free)

G_END_DECLS
