/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joins a timeline with one of the two widgets that can show it. */

#include "config.h"

#include "uc-conversation-list.h"

#include "uc-guard.h"
#include "uc-row-factory.h"
#include "uc-timeline-plain.h"
#include "uc-timeline-view.h"

struct _UcConversationList {
  GtkWidget        parent_instance;
  UcRowContext    *context;   /* (owned) */
  UcTimeline      *timeline;  /* (owned) (nullable) */
  GtkWidget       *scrolled;  /* (nullable) of @view */
  UcTimelineView  *view;      /* (nullable) either this one */
  UcTimelinePlain *plain;     /* (nullable) or that */
  gboolean         wants_end; /* once the timeline has come to the newest */
  guint            first;     /* shown last */
  guint            last;
};

G_DEFINE_FINAL_TYPE (UcConversationList, uc_conversation_list, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_AT_END,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
at_end_cb (UcConversationList *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AT_END]);
}

static void
shown_cb (UcConversationList *self, guint first, guint last)
{
  self->first = first;
  self->last = last;
  if (self->timeline != NULL)
    uc_timeline_set_shown (self->timeline, first, last);
}

static void
end_wanted_cb (UcConversationList *self)
{
  uc_conversation_list_show_newest (self);
}

/* Down from the last row: the composer is what comes next. */
static gboolean
keynav_failed_cb (UcConversationList *self, GtkDirectionType direction)
{
  return gtk_widget_keynav_failed (GTK_WIDGET (self), direction);
}

static void
drop_widgets (UcConversationList *self)
{
  self->view = NULL;
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  if (self->plain != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->plain)));
}

static gboolean
make_view (gpointer user_data, GError **error)
{
  UcConversationList *self = user_data;

  self->view = UC_TIMELINE_VIEW (uc_timeline_view_new (uc_row_factory_get_rows (), self->context));
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  g_signal_connect_object (self->view, "shown", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "end-wanted", G_CALLBACK (end_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::at-end", G_CALLBACK (at_end_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "keynav-failed", G_CALLBACK (keynav_failed_cb), self,
                           G_CONNECT_SWAPPED);

  return TRUE;
}

static gboolean
make_plain (gpointer user_data, GError **error)
{
  UcConversationList *self = user_data;

  self->plain =
      UC_TIMELINE_PLAIN (uc_timeline_plain_new (uc_row_factory_get_rows (), self->context));
  gtk_widget_set_parent (GTK_WIDGET (self->plain), GTK_WIDGET (self));
  g_signal_connect_object (self->plain, "shown", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->plain, "keynav-failed", G_CALLBACK (keynav_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->plain, "notify::at-end", G_CALLBACK (at_end_cb), self,
                           G_CONNECT_SWAPPED);

  return TRUE;
}

static UcFlags *
get_flags (UcConversationList *self)
{
  return uc_session_get_flags (uc_row_context_get_session (self->context));
}

static void
show_timeline (UcConversationList *self, int position)
{
  GListModel *model = G_LIST_MODEL (self->timeline);

  if (self->view != NULL) {
    if (self->timeline != NULL)
      uc_timeline_view_set_sticks (self->view, uc_timeline_is_at_newest (self->timeline));
    uc_timeline_view_set_model (self->view, model);
    if (model != NULL && position >= 0 && (guint) position < g_list_model_get_n_items (model))
      uc_timeline_view_scroll_to (self->view, position, UC_TIMELINE_BOTTOM, FALSE);
  } else if (self->plain != NULL) {
    uc_timeline_plain_set_model (self->plain, model);
    if (model != NULL && position >= 0)
      uc_timeline_plain_scroll_to (self->plain, position, FALSE);
  }
}

static void
make_widgets (UcConversationList *self)
{
  g_autoptr (GError) error = NULL;

  drop_widgets (self);
  if (!uc_guard_run (get_flags (self), UC_FLAG_virtual_scrolling, make_view, make_plain, self,
                     &error))
    g_warning ("Making the list: %s", error->message);
}

static void
flag_changed_cb (UcConversationList *self, guint flag)
{
  const gboolean was_at_end = uc_conversation_list_is_at_end (self);
  const gboolean wants_plain = !uc_flags_is_on (get_flags (self), UC_FLAG_virtual_scrolling);

  if (flag != UC_FLAG_virtual_scrolling || wants_plain == uc_conversation_list_is_plain (self))
    return;

  make_widgets (self);
  if (self->timeline != NULL)
    show_timeline (self, was_at_end ? -1 : (int) self->last);
  at_end_cb (self);
}

static void
at_newest_cb (UcConversationList *self)
{
  const gboolean is_at_newest = uc_timeline_is_at_newest (self->timeline);

  if (self->view != NULL)
    uc_timeline_view_set_sticks (self->view, is_at_newest);
  if (is_at_newest && self->wants_end)
    uc_conversation_list_show_newest (self);
  at_end_cb (self);
}

static void
uc_conversation_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_AT_END:
    g_value_set_boolean (value, uc_conversation_list_is_at_end (UC_CONVERSATION_LIST (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_conversation_list_dispose (GObject *object)
{
  UcConversationList *self = UC_CONVERSATION_LIST (object);

  drop_widgets (self);
  if (self->timeline != NULL)
    g_signal_handlers_disconnect_by_func (self->timeline, at_newest_cb, self);
  g_clear_object (&self->timeline);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_conversation_list_parent_class)->dispose (object);
}

static void
uc_conversation_list_class_init (UcConversationListClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = uc_conversation_list_get_property;
  object_class->dispose = uc_conversation_list_dispose;

  props[PROP_AT_END] =
      g_param_spec_boolean ("at-end", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
uc_conversation_list_init (UcConversationList *self)
{
}

/**
 * uc_conversation_list_new:
 * @context: what rows share
 *
 * Returns: (transfer floating): a list of nothing
 */
GtkWidget *
uc_conversation_list_new (UcRowContext *context)
{
  UcConversationList *self;

  g_return_val_if_fail (UC_IS_ROW_CONTEXT (context), NULL);

  self = g_object_new (UC_TYPE_CONVERSATION_LIST, NULL);
  self->context = g_object_ref (context);
  make_widgets (self);
  g_signal_connect_object (get_flags (self), "changed", G_CALLBACK (flag_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * uc_conversation_list_set_timeline:
 * @self: a list
 * @timeline: (nullable): what to show; it is open
 * @position: what stands at the lower edge, -1 for the end
 *
 * Shows another conversation.
 */
void
uc_conversation_list_set_timeline (UcConversationList *self, UcTimeline *timeline, int position)
{
  g_return_if_fail (UC_IS_CONVERSATION_LIST (self));

  if (self->timeline != NULL)
    g_signal_handlers_disconnect_by_func (self->timeline, at_newest_cb, self);
  g_set_object (&self->timeline, timeline);
  self->wants_end = FALSE;
  if (timeline != NULL)
    g_signal_connect_object (timeline, "notify::at-newest", G_CALLBACK (at_newest_cb), self,
                             G_CONNECT_SWAPPED);
  show_timeline (self, position);
  at_end_cb (self);
}

/**
 * uc_conversation_list_show_message:
 * @self: a list
 * @position: of the message in the timeline
 *
 * Shows a message in the middle, marks it for a moment and gives it the keyboard focus.
 */
void
uc_conversation_list_show_message (UcConversationList *self, guint position)
{
  g_return_if_fail (UC_IS_CONVERSATION_LIST (self));

  self->wants_end = FALSE;
  if (self->view != NULL)
    uc_timeline_view_show_row (self->view, position);
  else if (self->plain != NULL)
    uc_timeline_plain_scroll_to (self->plain, position, TRUE);
}

/**
 * uc_conversation_list_dup_place:
 * @self: a list
 * @distance: (out): of the end of that message from the lower edge, in pixels
 *
 * Returns: (transfer full) (nullable): the key of the message that stands lowest, %NULL
 *   for the end
 */
char *
uc_conversation_list_dup_place (UcConversationList *self, double *distance)
{
  guint position;
  int   height;

  g_return_val_if_fail (UC_IS_CONVERSATION_LIST (self), NULL);

  *distance = 0;
  if (self->timeline == NULL || uc_conversation_list_is_at_end (self))
    return NULL;
  if (self->view == NULL || !uc_timeline_view_get_place (self->view, &position, distance))
    position = self->last;
  /* A day or a hole may be gone by then. */
  for (guint i = position + 1; i > 0; i--) {
    g_autoptr (UcTimelineItem) item = g_list_model_get_item (G_LIST_MODEL (self->timeline), i - 1);
    double y;

    if (item == NULL || uc_timeline_item_get_message (item) == NULL)
      continue;
    if (self->view != NULL && uc_timeline_view_get_row (self->view, i - 1, &y, &height) != NULL)
      *distance = gtk_widget_get_height (GTK_WIDGET (self->view)) - y - height;
    return g_strdup (uc_timeline_item_get_key (item));
  }

  return NULL;
}

/**
 * uc_conversation_list_show_place:
 * @self: a list
 * @position: of the message
 * @distance: of its end from the lower edge, in pixels
 *
 * Puts a message where uc_conversation_list_dup_place() found it.
 */
void
uc_conversation_list_show_place (UcConversationList *self, guint position, double distance)
{
  g_return_if_fail (UC_IS_CONVERSATION_LIST (self));

  self->wants_end = FALSE;
  if (self->view != NULL)
    uc_timeline_view_set_place (self->view, position, distance);
  else if (self->plain != NULL)
    uc_timeline_plain_scroll_to (self->plain, position, FALSE);
}

/**
 * uc_conversation_list_show_newest:
 * @self: a list
 *
 * Goes to the newest message, fetching what lies between when it must.
 */
void
uc_conversation_list_show_newest (UcConversationList *self)
{
  g_return_if_fail (UC_IS_CONVERSATION_LIST (self));

  if (self->timeline == NULL)
    return;

  self->wants_end = !uc_timeline_is_at_newest (self->timeline);
  if (self->wants_end)
    uc_timeline_jump_newest (self->timeline);
  else if (self->view != NULL)
    uc_timeline_view_scroll_to_end (self->view);
  else if (self->plain != NULL)
    uc_timeline_plain_scroll_to_end (self->plain);
}

/**
 * uc_conversation_list_scroll_pages:
 * @self: a list
 * @n_pages: how many down, or up when negative
 *
 * Scrolls as the page keys do.
 */
void
uc_conversation_list_scroll_pages (UcConversationList *self, int n_pages)
{
  g_return_if_fail (UC_IS_CONVERSATION_LIST (self));

  if (self->view != NULL)
    uc_timeline_view_scroll_pages (self->view, n_pages);
}

/**
 * uc_conversation_list_is_at_end:
 * @self: a list
 *
 * Returns: whether the newest message is seen and what comes is followed
 */
gboolean
uc_conversation_list_is_at_end (UcConversationList *self)
{
  g_return_val_if_fail (UC_IS_CONVERSATION_LIST (self), FALSE);

  if (self->timeline == NULL)
    return TRUE;
  if (!uc_timeline_is_at_newest (self->timeline))
    return FALSE;

  return self->view != NULL    ? uc_timeline_view_is_at_end (self->view)
         : self->plain != NULL ? uc_timeline_plain_is_at_end (self->plain)
                               : TRUE;
}

/**
 * uc_conversation_list_is_plain:
 * @self: a list
 *
 * Returns: whether it is the traditional list
 */
gboolean
uc_conversation_list_is_plain (UcConversationList *self)
{
  g_return_val_if_fail (UC_IS_CONVERSATION_LIST (self), FALSE);

  return self->plain != NULL;
}
