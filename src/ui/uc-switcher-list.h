/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-window-account.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UcSwitcherList:
 *
 * Conversations and, behind them, people without one, by what they are called: what the
 * quick switcher lists, and what a search shows above the messages.
 */
#define UC_TYPE_SWITCHER_LIST (uc_switcher_list_get_type ())
G_DECLARE_FINAL_TYPE (UcSwitcherList, uc_switcher_list, UC, SWITCHER_LIST, GObject)

UcSwitcherList *uc_switcher_list_new (UcWindowAccount *account) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer none) of UcSidebarItem and UcCompletionItem. */
GListModel *uc_switcher_list_get_model (UcSwitcherList *self);
void        uc_switcher_list_set_text (UcSwitcherList *self, const char *text);
/* A row for an item of the model, and what it says. */
void uc_switcher_list_bind (UcSwitcherList *self, GtkListItem *list_item);
/* Opens an item of the model by the actions of the window @widget is in. */
void uc_switcher_list_open (gpointer item, GtkWidget *widget);

G_END_DECLS
