/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of the conversation page, and what its panes ask of it. */

#include "config.h"

#include "uc-conversation-page-private.h"

#include "uc-conversation-date.h"
#include "uc-conversation-follow.h"
#include "uc-conversation-viewer.h"
#include "uc-markdown.h"
#include "uc-sidebar-presence.h"

#include <glib/gi18n.h>

static void
notice_cb (UcConversationPage *self, const char *text)
{
  g_signal_emit_by_name (self, "notice", text);
}

static void
view_picture_cb (UcConversationPage *self, UcFile *file)
{
  adw_dialog_present (uc_conversation_viewer_new (self->session, file), GTK_WIDGET (self));
}

static void
follow_link (UcConversationPage *self, const char *uri)
{
  UcRowContext    *context = uc_conversation_pane_get_context (self->main_pane);
  g_autofree char *post_id =
      uc_conversation_follow_dup_post_id (uri, uc_row_context_get_site (context));

  if (post_id != NULL)
    g_signal_emit_by_name (self, "open-message", post_id);
  else
    uc_conversation_follow_open (uri, GTK_WIDGET (self));
}

static void
follow_cb (UcConversationPage *self, guint run_flags, const char *target)
{
  if (run_flags & (UC_RUN_LINK | UC_RUN_IMAGE))
    follow_link (self, target);
  else if (run_flags & UC_RUN_MENTION)
    g_signal_emit_by_name (self, "open-user", target);
  else if (run_flags & UC_RUN_CHANNEL)
    g_signal_emit_by_name (self, "open-channel", target);
  else if (run_flags & UC_RUN_HASHTAG)
    g_signal_emit_by_name (self, "search", target);
}

static void
day_chosen_cb (UcConversationPage *self, gint64 midnight_ms)
{
  uc_conversation_pane_jump_date (self->main_pane, midnight_ms);
}

void
_uc_conversation_page_add_date (UcConversationPage *self)
{
  GtkWidget *popover = uc_conversation_date_new ();

  g_signal_connect_object (popover, "chosen", G_CALLBACK (day_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (self->date_button, popover);
}

void
_uc_conversation_page_connect_pane (UcConversationPage *self, UcConversationPane *pane)
{
  UcRowContext *context = uc_conversation_pane_get_context (pane);

  g_signal_connect_object (pane, "notice", G_CALLBACK (notice_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "follow", G_CALLBACK (follow_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "view-picture", G_CALLBACK (view_picture_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (self, "show-flags", context, "show-flags", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "use-24h", context, "use-24h", G_BINDING_SYNC_CREATE);
}

void
_uc_conversation_page_update_enter (UcConversationPage *self)
{
  uc_composer_set_send_on_enter (uc_conversation_pane_get_composer (self->main_pane),
                                 self->send_on_enter);
  uc_composer_set_send_on_enter (uc_conversation_pane_get_composer (self->thread_pane),
                                 self->send_on_enter);
}

void
_uc_conversation_page_show_head (UcConversationPage *self)
{
  UcPresence       presence = UC_PRESENCE_OFFLINE;
  const gboolean   is_direct = uc_conversation_head_get_presence (self->head, &presence);
  const char      *title = uc_conversation_head_get_title (self->head);
  const char      *subtitle = uc_conversation_head_get_subtitle (self->head);
  const gboolean   is_favourite = uc_conversation_head_is_favourite (self->head);
  g_autofree char *placeholder = g_strdup_printf (_ ("Message to %s"), title);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self),
                                 *title != '\0' ? title : _ ("Conversation"));
  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->subtitle_label, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle_label), *subtitle != '\0');
  gtk_widget_set_tooltip_text (self->title_box, *subtitle != '\0' ? subtitle : NULL);
  gtk_widget_set_visible (self->presence_icon, is_direct);
  if (is_direct)
    uc_sidebar_presence_show (self->presence_icon, presence);
  gtk_widget_set_visible (GTK_WIDGET (self->date_button), *title != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->favourite_button), *title != '\0');
  gtk_button_set_icon_name (GTK_BUTTON (self->favourite_button),
                            is_favourite ? "starred-symbolic" : "non-starred-symbolic");
  if (gtk_toggle_button_get_active (self->favourite_button) != is_favourite)
    gtk_toggle_button_set_active (self->favourite_button, is_favourite);
  uc_composer_set_placeholder (uc_conversation_pane_get_composer (self->main_pane), placeholder);
}

/**
 * uc_conversation_page_set_narrow:
 * @is_narrow: whether the conversation has the window for itself, and little of it
 *
 * Leaves the room in the header to the name.
 */
void
uc_conversation_page_set_narrow (UcConversationPage *self, gboolean is_narrow)
{
  g_return_if_fail (UC_IS_CONVERSATION_PAGE (self));

  gtk_widget_set_visible (self->favourite_place, !is_narrow);
}

/* The thread, while the focus is in it. */
static UcConversationPane *
get_current_pane (UcConversationPage *self)
{
  const GtkStateFlags flags = gtk_widget_get_state_flags (GTK_WIDGET (self->thread_pane));

  return flags & GTK_STATE_FLAG_FOCUS_WITHIN ? self->thread_pane : self->main_pane;
}

/**
 * uc_conversation_page_choose_day:
 * @self: a page
 *
 * Opens the calendar.
 */
void
uc_conversation_page_choose_day (UcConversationPage *self)
{
  g_return_if_fail (UC_IS_CONVERSATION_PAGE (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self->date_button)))
    gtk_menu_button_popup (self->date_button);
}

/**
 * uc_conversation_page_jump_unread:
 * @self: a page
 *
 * Shows the first message that was unread on opening.
 */
void
uc_conversation_page_jump_unread (UcConversationPage *self)
{
  g_return_if_fail (UC_IS_CONVERSATION_PAGE (self));

  uc_conversation_pane_jump_unread (self->main_pane);
}

/**
 * uc_conversation_page_jump_newest:
 * @self: a page
 *
 * Shows the newest message of the conversation or thread one is in.
 */
void
uc_conversation_page_jump_newest (UcConversationPage *self)
{
  g_return_if_fail (UC_IS_CONVERSATION_PAGE (self));

  uc_conversation_pane_jump_newest (get_current_pane (self));
}

/**
 * uc_conversation_page_go_back:
 * @self: a page
 *
 * Goes back to where one was before the last jump.
 */
void
uc_conversation_page_go_back (UcConversationPage *self)
{
  g_return_if_fail (UC_IS_CONVERSATION_PAGE (self));

  uc_conversation_pane_go_back (get_current_pane (self));
}
