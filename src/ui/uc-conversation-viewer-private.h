/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-conversation-gallery.h"
#include "uc-conversation-viewer.h"
#include "uc-conversation-zoom.h"
#include "uc-row-animation.h"

G_BEGIN_DECLS

struct _UcConversationViewer {
  AdwDialog parent_instance;

  AdwToastOverlay    *toasts;
  GtkStack           *stack;
  UcConversationZoom *zoom;
  GtkProgressBar     *progress;
  AdwStatusPage      *problem;
  GtkWidget          *previous_button;
  GtkWidget          *next_button;
  GtkWidget          *play_button;
  GtkButton          *percent_button;

  UcSession             *session;     /* (owned) */
  UcConversationGallery *gallery;     /* (owned) */
  UcFile                *file;        /* (owned) the one that is shown */
  GCancellable          *cancellable; /* (owned) of this one; cancelled in dispose */
  GdkTexture            *texture;     /* (owned) (nullable) */
  UcRowAnimation        *animation;   /* (owned) (nullable) */
};

/* uc-conversation-viewer.c */
void _uc_conversation_viewer_toast (UcConversationViewer *self, const char *text);
/* The picture at which the gallery stands. */
void _uc_conversation_viewer_load (UcConversationViewer *self);
void _uc_conversation_viewer_update_play (UcConversationViewer *self);

/* uc-conversation-viewer-actions.c */
void _uc_conversation_viewer_actions_class_init (GtkWidgetClass *widget_class);
void _uc_conversation_viewer_actions_init (UcConversationViewer *self);

G_END_DECLS
