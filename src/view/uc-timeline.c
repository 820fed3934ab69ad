/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A conversation as a list model. What should show stands in a window of messages
 * (uc-timeline-window.c) that follows the store; which rows that makes is worked out
 * anew for each change (uc-timeline-layout.c) and compared with the rows there are
 * (uc-splice.c), at most once a frame. So no change has a way of its own that could
 * forget something. It knows no widget.
 */

#include "config.h"

#include "uc-timeline.h"

#include "uc-splice-private.h"
#include "uc-thread.h"
#include "uc-timeline-private.h"

#include <string.h>

enum {
  PROP_0,
  PROP_AT_NEWEST,
  PROP_LOADING,
  PROP_N_SKIPPED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GType
uc_timeline_get_item_type (GListModel *model)
{
  return UC_TYPE_TIMELINE_ITEM;
}

static guint
uc_timeline_get_n_items (GListModel *model)
{
  return UC_TIMELINE (model)->items->len;
}

static gpointer
uc_timeline_get_item (GListModel *model, guint position)
{
  UcTimeline *self = UC_TIMELINE (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
uc_timeline_model_init (GListModelInterface *iface)
{
  iface->get_item_type = uc_timeline_get_item_type;
  iface->get_n_items = uc_timeline_get_n_items;
  iface->get_item = uc_timeline_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (UcTimeline,
                               uc_timeline,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, uc_timeline_model_init))

/* The item of a row: the one that shows it already, or a new one. */
static UcTimelineItem *
dup_item (UcTimeline *self, const UcTimelineRow *row, GPtrArray *changed)
{
  UcTimelineItem *item = g_hash_table_lookup (self->by_key, row->key);

  gboolean is_changed;

  if (item == NULL) {
    item = _uc_timeline_item_new (row, self->reader);
    if (row->kind == UC_ITEM_HOLE)
      _uc_timeline_update_hole (self, item);
    return item;
  }
  is_changed = _uc_timeline_item_update (item, row);
  if (row->kind == UC_ITEM_HOLE)
    is_changed |= _uc_timeline_update_hole (self, item);
  if (is_changed)
    g_ptr_array_add (changed, g_object_ref (item));
  return g_object_ref (item);
}

static void
notify_at_newest (UcTimeline *self)
{
  gboolean is_at_newest = uc_timeline_is_at_newest (self);

  if (self->was_at_newest == is_at_newest)
    return;
  self->was_at_newest = is_at_newest;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AT_NEWEST]);
}

void
_uc_timeline_flush (UcTimeline *self)
{
  UcTimelineLayout layout = { .my_user_id = uc_session_get_user_id (self->session),
                              .divider_ms = self->divider_ms };
  g_autoptr (GPtrArray) wanted = NULL;
  g_autoptr (GPtrArray) changed = NULL;
  g_autoptr (GHashTable) by_key = NULL;
  g_autoptr (GArray) rows = NULL;

  g_clear_handle_id (&self->flush_id, g_source_remove);
  if (!self->is_open)
    return;

  _uc_timeline_trim (self);
  wanted = g_ptr_array_new_with_free_func (g_object_unref);
  changed = g_ptr_array_new_with_free_func (g_object_unref);
  by_key = g_hash_table_new (g_str_hash, g_str_equal);
  rows = _uc_timeline_layout_rows (self->window, &layout);
  for (guint i = 0; i < rows->len; i++) {
    UcTimelineItem *item = dup_item (self, &g_array_index (rows, UcTimelineRow, i), changed);

    g_ptr_array_add (wanted, item);
    g_hash_table_insert (by_key, (char *) uc_timeline_item_get_key (item), item);
  }
  g_hash_table_unref (self->by_key);
  self->by_key = g_steal_pointer (&by_key);

  g_object_ref (self);
  _uc_splice_apply (G_LIST_MODEL (self), self->items, wanted);
  for (guint i = 0; i < changed->len; i++)
    _uc_timeline_item_emit_changed (changed->pdata[i]);
  notify_at_newest (self);
  _uc_timeline_look_around (self);
  g_object_unref (self);
}

static gboolean
flush_cb (gpointer user_data)
{
  UcTimeline *self = user_data;

  self->flush_id = 0;
  /* Messages and spans of one commit belong together: the spans flush when they come. */
  if (self->spans_load == NULL)
    _uc_timeline_flush (self);
  return G_SOURCE_REMOVE;
}

void
_uc_timeline_schedule (UcTimeline *self)
{
  if (self->flush_id == 0)
    self->flush_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, flush_cb, self, NULL);
}

static void
store_changed_cb (UcStore *store, UcChangeSet *changes, UcTimeline *self)
{
  gboolean shows = FALSE;

  if (self->load != NULL)
    g_ptr_array_add (self->journal, uc_change_set_ref (changes));
  for (guint i = 0; i < changes->messages->len; i++)
    shows |= _uc_timeline_window_apply (self->window, changes->messages->pdata[i]);
  if (shows)
    _uc_timeline_schedule (self);
  if (*self->root_id == '\0' && g_ptr_array_find_with_equal_func (
                                    changes->span_channels, self->channel_id, g_str_equal, NULL))
    _uc_timeline_reload_spans (self);
  if (*self->root_id == '\0' && uc_change_set_has_channel (changes, self->channel_id))
    _uc_timeline_reload_state (self);
}

/* Takes @reader. What mentions me may look different. */
static void
set_reader (UcTimeline *self, UcTimelineReader *reader)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_clear_pointer (&self->reader, _uc_timeline_reader_unref);
  self->reader = reader;
  for (guint i = 0; i < self->items->len; i++) {
    UcTimelineItem *item = self->items->pdata[i];

    _uc_timeline_item_set_reader (item, reader);
    if (uc_timeline_item_get_message (item) != NULL)
      g_ptr_array_add (items, g_object_ref (item));
  }
  for (guint i = 0; i < items->len; i++)
    _uc_timeline_item_emit_changed (items->pdata[i]);
}

/* A name is part of what a row shows. */
static void
user_changed_cb (UcDirectory *directory, const char *user_id, UcTimeline *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (strcmp (user_id, uc_session_get_user_id (self->session)) == 0) {
    g_autoptr (UcTimelineReader) reader =
        _uc_timeline_reader_new (uc_directory_get_user (directory, user_id));

    if (!_uc_timeline_reader_is_equal (reader, self->reader))
      set_reader (self, g_steal_pointer (&reader));
  }
  for (guint i = 0; i < self->items->len; i++) {
    UcMessage *message = uc_timeline_item_get_message (self->items->pdata[i]);

    if (message != NULL && strcmp (message->post->user_id, user_id) == 0)
      g_ptr_array_add (items, g_object_ref (self->items->pdata[i]));
  }
  for (guint i = 0; i < items->len; i++)
    _uc_timeline_item_emit_changed (items->pdata[i]);
}

void
_uc_timeline_set_skipped (UcTimeline *self, guint n_skipped)
{
  if (self->n_skipped == n_skipped)
    return;
  self->n_skipped = n_skipped;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SKIPPED]);
}

void
_uc_timeline_notify_load (UcTimeline *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
uc_timeline_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UcTimeline *self = UC_TIMELINE (object);

  switch (prop_id) {
  case PROP_AT_NEWEST:
    g_value_set_boolean (value, uc_timeline_is_at_newest (self));
    break;
  case PROP_LOADING:
    g_value_set_boolean (value, self->load != NULL);
    break;
  case PROP_N_SKIPPED:
    g_value_set_uint (value, self->n_skipped);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_timeline_dispose (GObject *object)
{
  UcTimeline *self = UC_TIMELINE (object);

  _uc_timeline_cancel (self);
  g_clear_handle_id (&self->flush_id, g_source_remove);
  g_clear_object (&self->first_shown);
  g_clear_object (&self->last_shown);
  g_clear_object (&self->directory);
  g_clear_object (&self->store);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (uc_timeline_parent_class)->dispose (object);
}

static void
uc_timeline_finalize (GObject *object)
{
  UcTimeline *self = UC_TIMELINE (object);

  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->asked);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->journal);
  g_object_unref (self->state_load);
  g_clear_pointer (&self->window, _uc_timeline_window_free);
  g_clear_pointer (&self->reader, _uc_timeline_reader_unref);
  g_free (self->channel_id);
  g_free (self->root_id);

  G_OBJECT_CLASS (uc_timeline_parent_class)->finalize (object);
}

static void
uc_timeline_class_init (UcTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = uc_timeline_get_property;
  object_class->dispose = uc_timeline_dispose;
  object_class->finalize = uc_timeline_finalize;

  properties[PROP_AT_NEWEST] =
      g_param_spec_boolean ("at-newest", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LOADING] =
      g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_N_SKIPPED] =
      g_param_spec_uint ("n-skipped", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
uc_timeline_init (UcTimeline *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->state_load = g_cancellable_new ();
  self->journal = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_change_set_unref);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->asked = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * uc_timeline_new:
 * @session: the account
 * @directory: who is who
 * @channel_id: a channel
 * @root_id: the post a thread begins with, or "" for the channel as a whole
 *
 * Empty until uc_timeline_open_async(). Main thread.
 *
 * Returns: (transfer full): a timeline
 */
UcTimeline *
uc_timeline_new (UcSession   *session,
                 UcDirectory *directory,
                 const char  *channel_id,
                 const char  *root_id)
{
  UcTimeline *self;

  g_return_val_if_fail (session != NULL, NULL);
  g_return_val_if_fail (UC_IS_DIRECTORY (directory), NULL);
  g_return_val_if_fail (channel_id != NULL && root_id != NULL, NULL);
  UC_ASSERT_MAIN_THREAD ();

  self = g_object_new (UC_TYPE_TIMELINE, NULL);
  self->session = g_object_ref (session);
  self->store = g_object_ref (uc_session_get_store (session));
  self->directory = g_object_ref (directory);
  self->channel_id = g_strdup (channel_id);
  self->root_id = g_strdup (root_id);
  self->window = _uc_timeline_window_new (channel_id, root_id);
  self->reader =
      _uc_timeline_reader_new (uc_directory_get_user (directory, uc_session_get_user_id (session)));

  g_signal_connect_object (self->store, "changed", G_CALLBACK (store_changed_cb), self, 0);
  g_signal_connect_object (session, "hole-changed", G_CALLBACK (_uc_timeline_hole_changed), self,
                           0);
  g_signal_connect_object (directory, "user-changed", G_CALLBACK (user_changed_cb), self, 0);
  return self;
}

/**
 * uc_timeline_is_at_newest:
 * @self: a timeline
 *
 * Returns: %TRUE when the window holds the newest message that is stored
 */
gboolean
uc_timeline_is_at_newest (UcTimeline *self)
{
  g_return_val_if_fail (UC_IS_TIMELINE (self), FALSE);

  return self->is_open && !_uc_timeline_window_has_newer (self->window);
}

/**
 * uc_timeline_find:
 * @self: a timeline
 * @post_id_or_key: the server's id of a message, or its key
 *
 * Returns: its position, -1 when it is not in the window
 */
int
uc_timeline_find (UcTimeline *self, const char *post_id_or_key)
{
  g_return_val_if_fail (UC_IS_TIMELINE (self), -1);
  g_return_val_if_fail (post_id_or_key != NULL, -1);

  for (guint i = 0; i < self->items->len; i++) {
    UcTimelineItem *item = self->items->pdata[i];
    UcMessage      *message = uc_timeline_item_get_message (item);

    if (message != NULL && (strcmp (message->key, post_id_or_key) == 0 ||
                            strcmp (message->post->id, post_id_or_key) == 0))
      return (int) i;
  }
  return -1;
}

/**
 * uc_timeline_get_last_own:
 * @self: a timeline
 *
 * Returns: (transfer none) (nullable): the newest message of mine that may be edited
 */
UcTimelineItem *
uc_timeline_get_last_own (UcTimeline *self)
{
  const char *my_user_id;

  g_return_val_if_fail (UC_IS_TIMELINE (self), NULL);

  my_user_id = uc_session_get_user_id (self->session);
  for (guint i = self->items->len; i > 0; i--) {
    UcTimelineItem *item = self->items->pdata[i - 1];
    UcMessage      *message = uc_timeline_item_get_message (item);

    if (message != NULL && uc_timeline_item_get_kind (item) == UC_ITEM_MESSAGE &&
        !message->is_delete_queued && message->post->delete_at_ms == 0 &&
        strcmp (message->post->user_id, my_user_id) == 0)
      return item;
  }
  return NULL;
}

/**
 * uc_timeline_get_channel_id:
 * @self: a timeline
 *
 * Returns: (transfer none): the channel
 */
const char *
uc_timeline_get_channel_id (UcTimeline *self)
{
  g_return_val_if_fail (UC_IS_TIMELINE (self), NULL);

  return self->channel_id;
}

/**
 * uc_timeline_get_root_id:
 * @self: a timeline
 *
 * Returns: (transfer none): the root of the thread, "" for the channel as a whole
 */
const char *
uc_timeline_get_root_id (UcTimeline *self)
{
  g_return_val_if_fail (UC_IS_TIMELINE (self), NULL);

  return self->root_id;
}
