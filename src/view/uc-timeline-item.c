/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One row of a conversation. It knows its message and takes its text apart when somebody
 * looks; it knows neither the model it is in nor the widget that shows it.
 */

#include "config.h"

#include "uc-timeline-item-private.h"

#include "uc-json-text.h"
#include "uc-limits.h"
#include "uc-thread.h"

#include <string.h>

struct _UcTimelineItem {
  GObject parent_instance;

  char             *key;      /* (owned) */
  UcTimelineReader *reader;   /* (owned) */
  UcMessage        *message;  /* (owned) (nullable) */
  UcMarkdown       *markdown; /* (owned) (nullable) until somebody asks */
  UcItemKind        kind;
  gint64            time_ms;
  gint64            before_seq;
  guint             revision;
  gboolean          is_grouped;
  gboolean          is_expanded;
  UcHoleState       hole_state;
  char             *hole_reason; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UcTimelineItem, uc_timeline_item, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
clear_reader (gpointer data)
{
  UcTimelineReader *self = data;

  g_free (self->username);
  g_free (self->first_name);
  g_strfreev (self->keys);
}

/* @me is (nullable): not known yet. */
UcTimelineReader *
_uc_timeline_reader_new (const UcUser *me)
{
  UcTimelineReader *self = g_atomic_rc_box_new0 (UcTimelineReader);
  g_autofree char  *keys = NULL;
  g_autofree char  *takes_first_name = NULL;
  g_autofree char  *takes_groups = NULL;

  if (me == NULL)
    return self;
  keys = uc_json_text_dup_string (me->notify_props, "mention_keys");
  takes_first_name = uc_json_text_dup_string (me->notify_props, "first_name");
  takes_groups = uc_json_text_dup_string (me->notify_props, "channel");
  self->username = g_strdup (me->username);
  self->ignores_groups = g_strcmp0 (takes_groups, "false") == 0;
  if (keys != NULL)
    self->keys = g_strsplit (keys, ",", -1);
  if (g_strcmp0 (takes_first_name, "true") == 0 && *me->first_name != '\0')
    self->first_name = g_strdup (me->first_name);
  return self;
}

UcTimelineReader *
_uc_timeline_reader_ref (UcTimelineReader *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
_uc_timeline_reader_unref (UcTimelineReader *self)
{
  g_atomic_rc_box_release_full (self, clear_reader);
}

gboolean
_uc_timeline_reader_is_equal (const UcTimelineReader *a, const UcTimelineReader *b)
{
  return a->ignores_groups == b->ignores_groups && g_strcmp0 (a->username, b->username) == 0 &&
         g_strcmp0 (a->first_name, b->first_name) == 0 &&
         (a->keys == NULL || b->keys == NULL
              ? a->keys == b->keys
              : g_strv_equal ((const char *const *) a->keys, (const char *const *) b->keys));
}

static const char *
get_text (const UcMessage *message)
{
  return message->edit_text != NULL ? message->edit_text : message->post->message;
}

static void
uc_timeline_item_finalize (GObject *object)
{
  UcTimelineItem *self = UC_TIMELINE_ITEM (object);

  g_clear_pointer (&self->markdown, uc_markdown_free);
  g_clear_pointer (&self->message, uc_message_unref);
  g_clear_pointer (&self->reader, _uc_timeline_reader_unref);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->hole_reason, g_free);

  G_OBJECT_CLASS (uc_timeline_item_parent_class)->finalize (object);
}

static void
uc_timeline_item_class_init (UcTimelineItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = uc_timeline_item_finalize;

  /**
   * UcTimelineItem::changed:
   *
   * What the row shows is different; its revision has grown.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
uc_timeline_item_init (UcTimelineItem *self)
{
}

UcTimelineItem *
_uc_timeline_item_new (const UcTimelineRow *row, UcTimelineReader *reader)
{
  UcTimelineItem *self = g_object_new (UC_TYPE_TIMELINE_ITEM, NULL);

  self->key = g_strdup (row->key);
  self->reader = _uc_timeline_reader_ref (reader);
  _uc_timeline_item_update (self, row);
  return self;
}

gboolean
_uc_timeline_item_update (UcTimelineItem *self, const UcTimelineRow *row)
{
  gboolean is_changed = self->kind != row->kind || self->is_grouped != row->is_grouped ||
                        self->message != row->message || self->time_ms != row->time_ms;

  self->kind = row->kind;
  self->time_ms = row->time_ms;
  self->before_seq = row->before_seq;
  self->is_grouped = row->is_grouped;
  if (self->message != row->message) {
    if (self->message == NULL || row->message == NULL ||
        strcmp (get_text (self->message), get_text (row->message)) != 0)
      g_clear_pointer (&self->markdown, uc_markdown_free);
    g_clear_pointer (&self->message, uc_message_unref);
    self->message = row->message != NULL ? uc_message_ref (row->message) : NULL;
  }
  return is_changed;
}

void
_uc_timeline_item_set_reader (UcTimelineItem *self, UcTimelineReader *reader)
{
  g_clear_pointer (&self->markdown, uc_markdown_free);
  g_clear_pointer (&self->reader, _uc_timeline_reader_unref);
  self->reader = _uc_timeline_reader_ref (reader);
}

void
_uc_timeline_item_emit_changed (UcTimelineItem *self)
{
  self->revision++;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Of HOLE: the message above which history is missing; 0 when there is none at all. */
gint64
_uc_timeline_item_get_before_seq (UcTimelineItem *self)
{
  return self->before_seq;
}

/* Whether it says something else now. */
gboolean
_uc_timeline_item_set_hole (UcTimelineItem *self, UcHoleState state, const char *reason)
{
  const gboolean is_changed = self->hole_state != state;

  self->hole_state = state;
  return g_set_str (&self->hole_reason, reason) || is_changed;
}

/**
 * uc_timeline_item_get_kind:
 * @self: an item
 *
 * Returns: what it is
 */
UcItemKind
uc_timeline_item_get_kind (UcTimelineItem *self)
{
  g_return_val_if_fail (UC_IS_TIMELINE_ITEM (self), UC_ITEM_START);

  return self->kind;
}

/**
 * uc_timeline_item_get_key:
 * @self: an item
 *
 * Returns: (transfer none): what names it in its timeline; of a message its key
 */
const char *
uc_timeline_item_get_key (UcTimelineItem *self)
{
  g_return_val_if_fail (UC_IS_TIMELINE_ITEM (self), NULL);

  return self->key;
}

/**
 * uc_timeline_item_get_message:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): its message; of MESSAGE and SYSTEM only
 */
UcMessage *
uc_timeline_item_get_message (UcTimelineItem *self)
{
  g_return_val_if_fail (UC_IS_TIMELINE_ITEM (self), NULL);

  return self->message;
}

/**
 * uc_timeline_item_get_time_ms:
 * @self: an item
 *
 * Returns: when, in ms since 1970; of DAY its local midnight
 */
gint64
uc_timeline_item_get_time_ms (UcTimelineItem *self)
{
  g_return_val_if_fail (UC_IS_TIMELINE_ITEM (self), 0);

  return self->time_ms;
}

/**
 * uc_timeline_item_is_grouped:
 * @self: an item
 *
 * Returns: %TRUE when it continues the message right above, by the same author
 */
gboolean
uc_timeline_item_is_grouped (UcTimelineItem *self)
{
  g_return_val_if_fail (UC_IS_TIMELINE_ITEM (self), FALSE);

  return self->is_grouped;
}

/**
 * uc_timeline_item_get_markdown:
 * @self: an item
 *
 * Taken apart on the first call and kept until the text changes.
 *
 * Returns: (transfer none) (nullable): the text; %NULL where there is no message
 */
UcMarkdown *
uc_timeline_item_get_markdown (UcTimelineItem *self)
{
  g_return_val_if_fail (UC_IS_TIMELINE_ITEM (self), NULL);

  if (self->markdown == NULL && self->message != NULL) {
    UcMarkdownContext context = {
      .my_username = self->reader->username,
      .my_first_name = self->reader->first_name,
      .my_keys = (const char *const *) self->reader->keys,
      .ignores_groups = self->reader->ignores_groups,
      .max_bytes = self->is_expanded ? 0 : UC_LIMIT_SHOWN_BYTES,
    };

    self->markdown = uc_markdown_parse (get_text (self->message), &context);
  }
  return self->markdown;
}

/**
 * uc_timeline_item_get_revision:
 * @self: an item
 *
 * Returns: a number that grows whenever the row shows something else
 */
guint
uc_timeline_item_get_revision (UcTimelineItem *self)
{
  g_return_val_if_fail (UC_IS_TIMELINE_ITEM (self), 0);

  return self->revision;
}

/**
 * uc_timeline_item_is_expanded:
 * @self: an item
 *
 * Returns: %TRUE when a long text is shown whole
 */
gboolean
uc_timeline_item_is_expanded (UcTimelineItem *self)
{
  g_return_val_if_fail (UC_IS_TIMELINE_ITEM (self), FALSE);

  return self->is_expanded;
}

/**
 * uc_timeline_item_set_expanded:
 * @self: an item
 * @is_expanded: whether a long text is shown whole
 *
 * Emits ::changed. Main thread.
 */
void
uc_timeline_item_set_expanded (UcTimelineItem *self, gboolean is_expanded)
{
  g_return_if_fail (UC_IS_TIMELINE_ITEM (self));
  UC_ASSERT_MAIN_THREAD ();

  if (self->is_expanded == is_expanded)
    return;
  self->is_expanded = is_expanded;
  g_clear_pointer (&self->markdown, uc_markdown_free);
  _uc_timeline_item_emit_changed (self);
}

/**
 * uc_timeline_item_get_hole:
 * @self: an item
 * @reason: (out) (optional) (nullable): of FAILED why, for a person
 *
 * Returns: of HOLE what is being done about it
 */
UcHoleState
uc_timeline_item_get_hole (UcTimelineItem *self, const char **reason)
{
  g_return_val_if_fail (UC_IS_TIMELINE_ITEM (self), UC_HOLE_IDLE);

  if (reason != NULL)
    *reason = self->hole_reason;
  return self->hole_state;
}
