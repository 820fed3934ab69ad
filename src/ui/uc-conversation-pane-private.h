/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "uc-conversation-list.h"
#include "uc-conversation-pane.h"

G_BEGIN_DECLS

struct _UcConversationPane {
  GtkWidget parent_instance;

  GtkOverlay  *overlay;
  GtkRevealer *jump_revealer;
  GtkLabel    *jump_label;
  GtkLabel    *typing;
  AdwClamp    *clamp;

  UcSession          *session;   /* (owned) */
  UcDirectory        *directory; /* (owned) */
  UcRowContext       *context;   /* (owned) */
  UcConversationList *list;
  UcComposer         *composer;
  UcTimeline         *timeline;    /* (owned) (nullable) */
  GCancellable       *cancellable; /* (owned) (nullable) of opening; cancelled in dispose */
  char               *channel_id;  /* (owned) "" for none */
  char               *root_id;     /* (owned) */
  guint               n_missed;    /* posted by others while the end was not seen */
};

/* uc-conversation-pane.c */
void _uc_conversation_pane_show_jump (UcConversationPane *self);
void _uc_conversation_pane_show_typing (UcConversationPane *self);

G_END_DECLS
