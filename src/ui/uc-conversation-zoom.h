/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UcConversationZoom:
 *
 * A picture that is as large as one likes: the wheel and two fingers zoom where they
 * are, dragging moves it. It begins as large as it fits, never larger than it is.
 *
 * Signals: "zoom-changed" (UcConversationZoom *)
 */
#define UC_TYPE_CONVERSATION_ZOOM (uc_conversation_zoom_get_type ())
G_DECLARE_FINAL_TYPE (UcConversationZoom, uc_conversation_zoom, UC, CONVERSATION_ZOOM, GtkWidget)

GtkWidget *uc_conversation_zoom_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @paintable: (nullable). @width and @height: of the picture in its own pixels, of which
 * @paintable may have fewer. As large as it fits again. */
void uc_conversation_zoom_set_paintable (UcConversationZoom *self,
                                         GdkPaintable       *paintable,
                                         int                 width,
                                         int                 height);
/* 1: a pixel of the picture is one of the screen. */
double   uc_conversation_zoom_get_zoom (UcConversationZoom *self);
gboolean uc_conversation_zoom_is_fitting (UcConversationZoom *self);
void     uc_conversation_zoom_set_zoom (UcConversationZoom *self, double zoom);
void     uc_conversation_zoom_step (UcConversationZoom *self, int direction);
void     uc_conversation_zoom_fit (UcConversationZoom *self);

G_END_DECLS
