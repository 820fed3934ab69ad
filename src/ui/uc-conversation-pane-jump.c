/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jumps within a conversation: to a day, to the first unread message, to the present, and
 * back to where one was before. */

#include "config.h"

#include "uc-conversation-pane-private.h"

#include "uc-format.h"
#include "uc-row-announce.h"

#include <glib/gi18n.h>

/* Places to come back to. */
#define MAX_PLACES 16u

typedef struct {
  UcConversationPane *pane; /* (owned) */
  double              distance;
} Return;

void
_uc_conversation_place_free (gpointer data)
{
  UcConversationPlace *place = data;

  g_free (place->key);
  g_free (place);
}

/* Before a jump. Where nothing was scrolled in between, one place is enough. */
void
_uc_conversation_pane_keep_place (UcConversationPane *self)
{
  UcConversationPlace *place, *last;

  if (self->timeline == NULL)
    return;

  place = g_new0 (UcConversationPlace, 1);
  place->key = uc_conversation_list_dup_place (self->list, &place->distance);
  last = self->places->len > 0 ? self->places->pdata[self->places->len - 1] : NULL;
  if (last != NULL && g_strcmp0 (last->key, place->key) == 0)
    g_ptr_array_remove_index (self->places, self->places->len - 1);
  g_ptr_array_add (self->places, place);
  if (self->places->len > MAX_PLACES)
    g_ptr_array_remove_index (self->places, 0);
}

static void
arrive (UcConversationPane *self, guint position)
{
  g_autoptr (UcTimelineItem) item = g_list_model_get_item (G_LIST_MODEL (self->timeline), position);
  g_autofree char *day =
      uc_format_day (uc_timeline_item_get_time_ms (item), g_get_real_time () / 1000);

  uc_conversation_list_show_message (self->list, position);
  uc_row_announce (GTK_WIDGET (self->list), day);
}

static void
jumped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcConversationPane) self = user_data;
  g_autoptr (GError) error = NULL;
  const int position = uc_timeline_jump_finish (UC_TIMELINE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      self->timeline != UC_TIMELINE (source))
    return;
  if (error != NULL)
    g_signal_emit_by_name (self, "notice", error->message);
  else
    arrive (self, position);
}

/**
 * uc_conversation_pane_jump_date:
 * @self: a pane
 * @time_ms: ms since 1970
 *
 * Shows the first message not older than @time_ms, fetched when it must be.
 */
void
uc_conversation_pane_jump_date (UcConversationPane *self, gint64 time_ms)
{
  g_return_if_fail (UC_IS_CONVERSATION_PANE (self));

  if (self->timeline == NULL)
    return;
  _uc_conversation_pane_keep_place (self);
  uc_timeline_jump_date_async (self->timeline, time_ms, self->cancellable, jumped_cb,
                               g_object_ref (self));
}

/**
 * uc_conversation_pane_jump_unread:
 * @self: a pane
 *
 * Shows the first message that was unread on opening, if there was one.
 */
void
uc_conversation_pane_jump_unread (UcConversationPane *self)
{
  g_return_if_fail (UC_IS_CONVERSATION_PANE (self));

  if (self->timeline == NULL)
    return;
  if (!uc_timeline_has_unread (self->timeline)) {
    g_signal_emit_by_name (self, "notice", _ ("Nothing here was unread."));
    return;
  }
  _uc_conversation_pane_keep_place (self);
  uc_timeline_jump_unread_async (self->timeline, self->cancellable, jumped_cb, g_object_ref (self));
}

/**
 * uc_conversation_pane_jump_newest:
 * @self: a pane
 *
 * Shows the newest message and follows what comes.
 */
void
uc_conversation_pane_jump_newest (UcConversationPane *self)
{
  g_return_if_fail (UC_IS_CONVERSATION_PANE (self));

  if (self->timeline == NULL)
    return;
  _uc_conversation_pane_keep_place (self);
  uc_conversation_list_show_newest (self->list);
  uc_row_announce (GTK_WIDGET (self->list), _ ("Newest messages"));
}

static void
returned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Return *back = user_data;
  g_autoptr (UcConversationPane) self = back->pane;
  g_autoptr (GError) error = NULL;
  const int position = uc_timeline_jump_finish (UC_TIMELINE (source), result, &error);

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit_by_name (self, "notice", error->message);
  else if (error == NULL && self->timeline == UC_TIMELINE (source))
    uc_conversation_list_show_place (self->list, position, back->distance);
  g_free (back);
}

/**
 * uc_conversation_pane_go_back:
 * @self: a pane
 *
 * Goes back to where one was before the last jump.
 */
void
uc_conversation_pane_go_back (UcConversationPane *self)
{
  UcConversationPlace *place;
  Return              *back;

  g_return_if_fail (UC_IS_CONVERSATION_PANE (self));

  if (self->timeline == NULL || self->places->len == 0)
    return;
  place = g_ptr_array_steal_index (self->places, self->places->len - 1);
  if (place->key == NULL) {
    uc_conversation_list_show_newest (self->list);
  } else {
    back = g_new0 (Return, 1);
    back->pane = g_object_ref (self);
    back->distance = place->distance;
    uc_timeline_jump_async (self->timeline, place->key, self->cancellable, returned_cb, back);
  }
  _uc_conversation_place_free (place);
}
