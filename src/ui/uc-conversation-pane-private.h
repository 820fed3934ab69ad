/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "uc-conversation-list.h"
#include "uc-conversation-pane.h"

G_BEGIN_DECLS

/* Where one was. */
typedef struct {
  char  *key;      /* of the message that stood lowest; NULL: the end */
  double distance; /* of its end from the lower edge, in pixels */
} UcConversationPlace;

struct _UcConversationPane {
  GtkWidget parent_instance;

  GtkOverlay  *overlay;
  GtkRevealer *jump_revealer;
  GtkWidget   *jump_button;
  GtkLabel    *jump_label;
  GtkRevealer *unread_revealer;
  GtkLabel    *unread_label;
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
  GPtrArray          *places;      /* (owned) (element-type UcConversationPlace), last one last */
  guint               n_missed;    /* posted by others while the end was not seen */
};

/* uc-conversation-pane.c */
void _uc_conversation_pane_show_jump (UcConversationPane *self);
void _uc_conversation_pane_show_unread (UcConversationPane *self);
void _uc_conversation_pane_show_typing (UcConversationPane *self);

/* uc-conversation-pane-open.c */
void _uc_conversation_pane_set_timeline (UcConversationPane *self, UcTimeline *timeline);

/* uc-conversation-pane-jump.c */
void _uc_conversation_place_free (gpointer data);
void _uc_conversation_pane_keep_place (UcConversationPane *self);

G_END_DECLS
