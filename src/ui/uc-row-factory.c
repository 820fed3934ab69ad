/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which widget shows which item of a timeline. */

#include "config.h"

#include "uc-row-factory.h"

#include "uc-row-flow.h"
#include "uc-row-message.h"
#include "uc-row-note.h"

#include <string.h>

static guint
get_kind (gpointer item, gpointer user_data)
{
  return uc_timeline_item_get_kind (item);
}

static guint
get_revision (gpointer item, gpointer user_data)
{
  return uc_timeline_item_get_revision (item);
}

static GtkWidget *
create (guint kind, gpointer user_data)
{
  if (kind == UC_ITEM_MESSAGE)
    return uc_row_message_new (user_data);

  return uc_row_note_new (user_data, kind);
}

static void
bind (GtkWidget *row, gpointer item, gpointer user_data)
{
  if (UC_IS_ROW_MESSAGE (row))
    uc_row_message_set_item (UC_ROW_MESSAGE (row), item);
  else
    uc_row_note_set_item (UC_ROW_NOTE (row), item);
}

static void
unbind (GtkWidget *row, gpointer user_data)
{
  if (UC_IS_ROW_MESSAGE (row))
    uc_row_message_set_item (UC_ROW_MESSAGE (row), NULL);
  else
    uc_row_note_set_item (UC_ROW_NOTE (row), NULL);
}

/* What others say is read out; what one wrote oneself is known. */
static char *
dup_announcement (gpointer item, gpointer user_data)
{
  UcRowContext *context = user_data;
  UcMessage    *message = uc_timeline_item_get_message (item);

  if (uc_timeline_item_get_kind (item) != UC_ITEM_MESSAGE ||
      g_str_equal (message->post->user_id,
                   uc_session_get_user_id (uc_row_context_get_session (context))))
    return NULL;

  return uc_row_message_dup_summary (context, item);
}

static int
get_index_at (GtkWidget *row, double x, double y, gpointer user_data)
{
  return UC_IS_ROW_MESSAGE (row) ? uc_row_message_get_index_at (UC_ROW_MESSAGE (row), x, y) : 0;
}

static void
select_text (GtkWidget *row, int start, int end, gpointer user_data)
{
  if (UC_IS_ROW_MESSAGE (row))
    uc_row_message_select (UC_ROW_MESSAGE (row), start, end);
}

static char *
dup_text (gpointer item, int start, int end, gpointer user_data)
{
  g_autofree char *text = NULL;
  int              length;

  if (uc_timeline_item_get_kind (item) != UC_ITEM_MESSAGE)
    return NULL;

  text = uc_row_flow_flatten (uc_timeline_item_get_markdown (item));
  length = strlen (text);
  start = CLAMP (start, 0, length);
  end = CLAMP (end, start, length);

  return g_strndup (text + start, end - start);
}

static const UcTimelineRows rows = {
  .get_kind = get_kind,
  .get_revision = get_revision,
  .create = create,
  .bind = bind,
  .unbind = unbind,
  .dup_announcement = dup_announcement,
  .get_index_at = get_index_at,
  .select = select_text,
  .dup_text = dup_text,
};

/**
 * uc_row_factory_get_rows:
 *
 * Returns: the functions that make and fill the rows of a timeline
 */
const UcTimelineRows *
uc_row_factory_get_rows (void)
{
  return &rows;
}
