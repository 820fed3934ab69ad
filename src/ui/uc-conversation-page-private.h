/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-conversation-head.h"
#include "uc-conversation-page.h"
#include "uc-conversation-pane.h"

G_BEGIN_DECLS

struct _UcConversationPage {
  AdwNavigationPage parent_instance;

  AdwHeaderBar        *header_bar;
  GtkWidget           *presence_icon;
  GtkWidget           *title_box;
  GtkLabel            *title_label;
  GtkLabel            *subtitle_label;
  GtkMenuButton       *date_button;
  GtkWidget           *favourite_place;
  GtkToggleButton     *favourite_button;
  GtkStack            *stack;
  AdwOverlaySplitView *split_view;
  AdwToolbarView      *thread_view;

  UcSession          *session;   /* (owned) */
  UcDirectory        *directory; /* (owned) */
  UcConversationHead *head;      /* (owned) */
  UcConversationPane *main_pane;
  UcConversationPane *thread_pane;
  GtkWindow          *window;    /* (unowned) (nullable) while mapped */
  gulong              active_id; /* of @window */
  gboolean            show_flags;
  gboolean            use_24h;
  gboolean            send_on_enter;
};

/* uc-conversation-page-parts.c */
void _uc_conversation_page_show_head (UcConversationPage *self);
void _uc_conversation_page_add_date (UcConversationPage *self);
void _uc_conversation_page_connect_pane (UcConversationPage *self, UcConversationPane *pane);
void _uc_conversation_page_update_enter (UcConversationPage *self);

G_END_DECLS
