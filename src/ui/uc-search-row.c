/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the search page. Found words are bold and underlined: seen without colour. */

#include "config.h"

#include "uc-search-row.h"

#include "uc-row-parts.h"
#include "uc-sidebar-avatar.h"

#include "uc-format.h"
#include "uc-post.h"

#include <glib/gi18n.h>

#define MARK_BEGIN '\002'
#define MARK_END   '\003'

struct _UcSearchRow {
  GtkWidget parent_instance;

  GtkWidget       *box;
  UcSidebarAvatar *avatar;
  GtkLabel        *author_label;
  GtkLabel        *channel_label;
  GtkLabel        *time_label;
  GtkLabel        *snippet_label;
  GtkBox          *tag_box;
  GtkWidget       *server_label;
  GtkWidget       *badges; /* (unowned) (nullable) in the box */

  UcSearchItem    *item;    /* (owned) (nullable) */
  UcWindowAccount *account; /* (owned) (nullable) */
  gboolean         use_24h;
  gboolean         show_flags;
  char            *summary; /* (owned) */
};

G_DEFINE_FINAL_TYPE (UcSearchRow, uc_search_row, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_SUMMARY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
mark (PangoAttrList *attributes, gsize start, gsize end)
{
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  PangoAttribute *underline = pango_attr_underline_new (PANGO_UNDERLINE_SINGLE);

  bold->start_index = underline->start_index = (guint) start;
  bold->end_index = underline->end_index = (guint) end;
  pango_attr_list_insert (attributes, bold);
  pango_attr_list_insert (attributes, underline);
}

static void
update_tags (UcSearchRow *self)
{
  const gboolean is_from_server = uc_search_item_is_from_server (self->item);

  if (self->badges != NULL)
    gtk_box_remove (self->tag_box, self->badges);
  self->badges =
      uc_row_parts_make_badges (self->show_flags, uc_search_item_get_message (self->item));
  if (self->badges != NULL)
    gtk_box_prepend (self->tag_box, self->badges);
  gtk_widget_set_visible (self->server_label, is_from_server);
  gtk_widget_set_visible (GTK_WIDGET (self->tag_box), is_from_server || self->badges != NULL);
}

/* Translators: a found message: author, channel, time, text. */
static char *
dup_summary (UcSearchRow *self,
             const char  *author,
             const char  *channel,
             const char  *time,
             const char  *text)
{
  g_autofree char *summary =
      g_strdup_printf (C_ ("found message", "%s in %s, %s: %s"), author, channel, time, text);

  return uc_search_item_is_from_server (self->item)
             ? g_strdup_printf ("%s. %s", summary, _ ("From the server"))
             : g_steal_pointer (&summary);
}

static void
update (UcSearchRow *self)
{
  const UcPost   *post = uc_search_item_get_message (self->item)->post;
  UcDirectory    *directory = uc_window_account_get_directory (self->account);
  UcChannelState *state =
      uc_sidebar_get_state (uc_window_account_get_sidebar (self->account), post->channel_id);
  g_autofree char *author = post->override_name != NULL
                                ? g_strdup (post->override_name)
                                : uc_directory_dup_name (directory, post->user_id);
  g_autofree char *channel = state != NULL
                                 ? uc_directory_dup_channel_name (directory, state->channel)
                                 : g_strdup (_ ("A channel you have left"));
  g_autofree char *time = uc_format_short_time (
      post->create_at_ms, uc_window_account_get_now_ms (self->account), self->use_24h);
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autofree char *text =
      uc_search_row_dup_snippet (uc_search_item_get_snippet (self->item), &attributes);

  uc_sidebar_avatar_set_person (self->avatar, post->user_id, author);
  gtk_label_set_text (self->author_label, author);
  gtk_label_set_text (self->channel_label, channel);
  gtk_label_set_text (self->time_label, time);
  gtk_label_set_text (self->snippet_label, text);
  gtk_label_set_attributes (self->snippet_label, attributes);

  g_free (self->summary);
  self->summary = dup_summary (self, author, channel, time, text);
  update_tags (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);
}

static void
user_changed_cb (UcSearchRow *self, const char *user_id)
{
  if (g_strcmp0 (user_id, uc_search_item_get_message (self->item)->post->user_id) == 0)
    update (self);
}

static void
uc_search_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UcSearchRow *self = UC_SEARCH_ROW (object);

  switch (prop_id) {
  case PROP_SUMMARY:
    g_value_set_string (value, self->summary);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_search_row_dispose (GObject *object)
{
  uc_search_row_set_item (UC_SEARCH_ROW (object), NULL, NULL, FALSE, FALSE);
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_SEARCH_ROW);

  G_OBJECT_CLASS (uc_search_row_parent_class)->dispose (object);
}

static void
uc_search_row_finalize (GObject *object)
{
  g_free (UC_SEARCH_ROW (object)->summary);

  G_OBJECT_CLASS (uc_search_row_parent_class)->finalize (object);
}

static void
uc_search_row_class_init (UcSearchRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = uc_search_row_get_property;
  object_class->dispose = uc_search_row_dispose;
  object_class->finalize = uc_search_row_finalize;

  properties[PROP_SUMMARY] =
      g_param_spec_string ("summary", NULL, NULL, NULL,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  g_type_ensure (UC_TYPE_SIDEBAR_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-search-row.ui");
  gtk_widget_class_bind_template_child (widget_class, UcSearchRow, box);
  gtk_widget_class_bind_template_child (widget_class, UcSearchRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, UcSearchRow, author_label);
  gtk_widget_class_bind_template_child (widget_class, UcSearchRow, channel_label);
  gtk_widget_class_bind_template_child (widget_class, UcSearchRow, time_label);
  gtk_widget_class_bind_template_child (widget_class, UcSearchRow, snippet_label);
  gtk_widget_class_bind_template_child (widget_class, UcSearchRow, tag_box);
  gtk_widget_class_bind_template_child (widget_class, UcSearchRow, server_label);
}

static void
uc_search_row_init (UcSearchRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * uc_search_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
uc_search_row_new (void)
{
  return g_object_new (UC_TYPE_SEARCH_ROW, NULL);
}

/**
 * uc_search_row_set_item:
 * @item: (nullable): what was found, %NULL to let go
 * @account: (nullable): where
 * @use_24h: how times are shown
 * @show_flags: whether flags of AI mode are
 *
 * Shows @item, and its author's name as soon as that is known.
 */
void
uc_search_row_set_item (UcSearchRow     *self,
                        UcSearchItem    *item,
                        UcWindowAccount *account,
                        gboolean         use_24h,
                        gboolean         show_flags)
{
  g_return_if_fail (UC_IS_SEARCH_ROW (self));
  g_return_if_fail (item == NULL || UC_IS_SEARCH_ITEM (item));
  g_return_if_fail (item == NULL || UC_IS_WINDOW_ACCOUNT (account));

  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (uc_window_account_get_directory (self->account), self);
  g_set_object (&self->item, item);
  g_set_object (&self->account, account);
  self->use_24h = use_24h;
  self->show_flags = show_flags;
  if (item == NULL)
    return;
  g_signal_connect_object (uc_window_account_get_directory (account), "user-changed",
                           G_CALLBACK (user_changed_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * uc_search_row_dup_snippet:
 * @snippet: text with found words between U+0002 and U+0003
 * @attributes: (out) (transfer full): marks those words
 *
 * Takes the marks out of @snippet and makes attributes of them. A mark that has no
 * other end reaches to the end of the text.
 *
 * Returns: (transfer full): the text
 */
char *
uc_search_row_dup_snippet (const char *snippet, PangoAttrList **attributes)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gssize start = -1;

  g_return_val_if_fail (snippet != NULL && attributes != NULL, NULL);

  *attributes = pango_attr_list_new ();
  for (const char *at = snippet; *at != '\0'; at++) {
    if (*at == MARK_BEGIN)
      start = (gssize) text->len;
    else if (*at == MARK_END && start >= 0) {
      mark (*attributes, (gsize) start, text->len);
      start = -1;
    } else if (*at != MARK_END)
      g_string_append_c (text, *at == '\n' ? ' ' : *at);
  }
  if (start >= 0)
    mark (*attributes, (gsize) start, text->len);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
