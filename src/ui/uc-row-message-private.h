/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-row-actions.h"
#include "uc-row-message.h"
#include "uc-row-text.h"

G_BEGIN_DECLS

struct _UcRowMessage {
  GtkWidget       parent_instance;
  UcRowContext   *context;    /* (owned) */
  UcTimelineItem *item;       /* (owned) (nullable) */
  UcMessage      *message;    /* (owned) (nullable) as it is shown */
  gulong          changed_id; /* of @item */
  gboolean        is_grouped;
  gboolean        is_hovered;
  gboolean        is_focused; /* itself or something in it */

  char        *author;   /* (owned) */
  char        *initials; /* (owned) */
  char        *time;     /* (owned) */
  PangoLayout *head;     /* (owned) (nullable) author and time */
  PangoLayout *gutter;   /* (owned) (nullable) the time of a grouped one */

  /* parts, from top to bottom; all but the first (nullable) */
  GtkWidget *text;
  GtkWidget *files;
  GtkWidget *badges; /* beside the head when there is one */
  GtkWidget *call; /* what can be done with a call that goes on */
  GtkWidget *chips;
  GtkWidget *failed;
  GtkWidget *actions; /* (nullable) while the pointer or the focus is here */
  GtkWidget *popover; /* (nullable) menu or emoji chooser */
};

/* uc-row-message-layout.c */
void _uc_row_message_layout_class_init (GtkWidgetClass *widget_class);
void _uc_row_message_drop_layouts (UcRowMessage *self);

/* uc-row-message-actions.c */
void _uc_row_message_actions_class_init (GtkWidgetClass *widget_class);
void _uc_row_message_update_actions (UcRowMessage *self);

/* uc-row-message-menu.c */
void _uc_row_message_menu_class_init (GtkWidgetClass *widget_class);
void _uc_row_message_menu_init (UcRowMessage *self);
void _uc_row_message_show_actions (UcRowMessage *self, gboolean show);
void _uc_row_message_choose_emoji (UcRowMessage *self);
void _uc_row_message_popdown (UcRowMessage *self);

G_END_DECLS
