/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with a call, below its message. */

#include "config.h"

#include "uc-row-call.h"

#include "uc-meeting.h"
#include "uc-post.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * uc_row_call_new:
 * @context: of the row
 * @message: what the row shows
 *
 * Returns: (transfer floating) (nullable): the buttons; %NULL when @message is no call
 *   that goes on
 */
GtkWidget *
uc_row_call_new (UcRowContext *context, const UcMessage *message)
{
  g_autofree char *address =
      uc_meeting_dup_address (message->post, g_get_real_time () / G_TIME_SPAN_MILLISECOND);
  gboolean   is_own = g_str_equal (message->post->user_id,
                                   uc_session_get_user_id (uc_row_context_get_session (context)));
  GtkWidget *box, *join, *end;

  if (address == NULL)
    return NULL;

  box = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 4);
  join = gtk_button_new_with_mnemonic (_ ("_Join Call"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (join), "message.join-call");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (join), "s", address);
  gtk_widget_add_css_class (join, "suggested-action");
  gtk_widget_set_tooltip_text (join, address);
  adw_wrap_box_append (ADW_WRAP_BOX (box), join);
  if (is_own) {
    end = gtk_button_new_with_mnemonic (_ ("_End for All"));
    gtk_actionable_set_action_name (GTK_ACTIONABLE (end), "message.end-call");
    adw_wrap_box_append (ADW_WRAP_BOX (box), end);
  }

  return box;
}
