/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the composer is about besides a new message: a reply, or an edit that puts aside
 * what was being written. */

#include "config.h"

#include "uc-composer-private.h"

#include "uc-markdown.h"

#include <glib/gi18n.h>

static void
show_mode (UcComposer *self)
{
  g_autofree char *title = NULL;
  g_autofree char *excerpt = NULL;

  gtk_widget_set_visible (self->mode_box, self->mode != UC_COMPOSER_WRITE);
  if (self->mode == UC_COMPOSER_REPLY) {
    g_autofree char *name = uc_directory_dup_name (self->directory, self->message->post->user_id);

    title = g_strdup_printf (_ ("Reply to %s"), name);
  } else if (self->mode == UC_COMPOSER_EDIT) {
    title = g_strdup (_ ("Edit Message"));
  }
  if (title != NULL) {
    excerpt = uc_markdown_to_plain (self->message->post->message);
    gtk_label_set_text (self->mode_title, title);
    gtk_label_set_text (self->mode_excerpt, excerpt);
  }
  gtk_button_set_icon_name (GTK_BUTTON (self->send_button), self->mode == UC_COMPOSER_EDIT
                                                                ? "object-select-symbolic"
                                                                : "go-up-symbolic");
  gtk_widget_set_tooltip_text (self->send_button,
                               self->mode == UC_COMPOSER_EDIT ? _ ("Save Changes") : _ ("Send"));
  _uc_composer_update (self);
}

static void
set_mode (UcComposer *self, UcComposerMode mode, UcMessage *message)
{
  self->mode = mode;
  g_clear_pointer (&self->message, uc_message_unref);
  if (message != NULL)
    self->message = uc_message_ref (message);
  show_mode (self);
}

/* One step back; FALSE when there is nothing to leave. */
gboolean
_uc_composer_leave_mode (UcComposer *self)
{
  g_autofree char *stash = g_steal_pointer (&self->stash);

  switch (self->mode) {
  case UC_COMPOSER_EDIT:
    set_mode (self, UC_COMPOSER_WRITE, NULL);
    _uc_composer_set_text (self, stash != NULL ? stash : "");
    return TRUE;
  case UC_COMPOSER_REPLY:
    set_mode (self, UC_COMPOSER_WRITE, NULL);
    return TRUE;
  case UC_COMPOSER_WRITE:
  default:
    return FALSE;
  }
}

/**
 * uc_composer_reply:
 * @self: a composer
 * @message: (nullable): what to reply to, %NULL to leave
 *
 * Begins a reply and takes the focus.
 */
void
uc_composer_reply (UcComposer *self, UcMessage *message)
{
  g_return_if_fail (UC_IS_COMPOSER (self));

  if (message == NULL) {
    if (self->mode == UC_COMPOSER_REPLY)
      _uc_composer_leave_mode (self);
    return;
  }
  if (self->mode == UC_COMPOSER_EDIT)
    _uc_composer_leave_mode (self);
  set_mode (self, UC_COMPOSER_REPLY, message);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

/**
 * uc_composer_edit:
 * @self: a composer
 * @message: (nullable): what to edit, %NULL to leave
 *
 * Puts a message into the composer and takes the focus; what was being written comes
 * back afterwards.
 */
void
uc_composer_edit (UcComposer *self, UcMessage *message)
{
  g_autofree char *stash = NULL;

  g_return_if_fail (UC_IS_COMPOSER (self));

  if (self->is_sending)
    return;
  _uc_composer_leave_mode (self);
  if (message == NULL)
    return;

  _uc_composer_draft_save (self);
  stash = uc_composer_dup_text (self);
  set_mode (self, UC_COMPOSER_EDIT, message);
  self->stash = g_steal_pointer (&stash);
  _uc_composer_set_text (self,
                         message->edit_text != NULL ? message->edit_text : message->post->message);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}
