/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a message row that only some messages have: made when they are wanted, so
 * that a plain row stays a handful of nodes. */

#include "config.h"

#include "uc-row-parts.h"

#include "uc-emoji.h"
#include "uc-format.h"
#include "uc-row-file.h"
#include "uc-row-picture.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* A flag that is less sure than this is shown as a guess. */
#define SURE_ENOUGH 0.6

#define MAX_NAMES 20

static GtkWidget *
make_icon (const char *icon_name, const char *words)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (icon, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_add_css_class (icon, "dim-label");

  return icon;
}

static const char *
get_source_words (UcAnnotationSource source)
{
  switch (source) {
  case UC_SOURCE_DEVICE:
    return _ ("Decided on this device");
  case UC_SOURCE_SERVER:
    return _ ("Decided by the server");
  case UC_SOURCE_USER:
    return _ ("Set by hand");
  case UC_SOURCE_PLACEHOLDER:
  default:
    return _ ("Not decided yet");
  }
}

static GtkWidget *
make_flag (const UcAnnotation *annotation)
{
  const char *category = uc_format_category (annotation->category);
  const char *priority = uc_format_priority (annotation->priority);
  GtkWidget  *flag = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget  *icon = gtk_image_new_from_icon_name (uc_format_category_icon (annotation->category));
  g_autofree char *class_name = NULL;
  g_autofree char *tooltip = NULL;
  g_autofree char *label = NULL;

  /* Normal goes without saying. */
  if (annotation->priority == UC_PRIORITY_HIGH || annotation->priority == UC_PRIORITY_CRITICAL)
    label = g_strdup_printf ("%s · %s", category, priority);
  else
    label = g_strdup (category);
  tooltip = g_strdup_printf (_ ("%s, priority %s, %d %% sure. %s"), category, priority,
                             (int) (annotation->confidence * 100 + 0.5),
                             get_source_words (annotation->source));
  class_name = g_strconcat ("priority-", uc_priority_to_string (annotation->priority), NULL);

  gtk_box_append (GTK_BOX (flag), icon);
  gtk_box_append (GTK_BOX (flag), gtk_label_new (label));
  gtk_widget_add_css_class (flag, "ai-flag");
  gtk_widget_add_css_class (flag, class_name);
  if (annotation->confidence < SURE_ENOUGH && annotation->source != UC_SOURCE_USER)
    gtk_widget_add_css_class (flag, "unsure");
  gtk_widget_set_tooltip_text (flag, tooltip);
  gtk_widget_set_valign (flag, GTK_ALIGN_CENTER);

  return flag;
}

/**
 * uc_row_parts_make_badges:
 * @show_flags: whether flags are shown
 * @message: a message
 *
 * Returns: (transfer floating) (nullable): its flag, when flags are shown, and whether
 *   it is pinned or saved
 */
GtkWidget *
uc_row_parts_make_badges (gboolean show_flags, const UcMessage *message)
{
  const UcAnnotation *annotation = message->annotation;
  const gboolean      has_flag =
      show_flags && annotation != NULL && annotation->category != UC_CATEGORY_NONE;
  GtkWidget *box;

  if (!has_flag && !message->post->is_pinned && !message->is_saved)
    return NULL;

  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  if (has_flag)
    gtk_box_append (GTK_BOX (box), make_flag (annotation));
  if (message->post->is_pinned)
    gtk_box_append (GTK_BOX (box), make_icon ("view-pin-symbolic", _ ("Pinned")));
  if (message->is_saved)
    gtk_box_append (GTK_BOX (box), make_icon ("user-bookmarks-symbolic", _ ("Saved")));

  return box;
}

/**
 * uc_row_parts_make_files:
 * @context: what rows share
 * @message: a message
 *
 * Returns: (transfer floating) (nullable): its pictures and files
 */
GtkWidget *
uc_row_parts_make_files (UcRowContext *context, const UcMessage *message)
{
  const GPtrArray *files = message->post->files;
  GtkWidget       *box;

  if (files->len == 0 || message->post->delete_at_ms > 0)
    return NULL;

  box = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  for (guint i = 0; i < files->len; i++) {
    UcFile    *file = g_ptr_array_index (files, i);
    GtkWidget *child = uc_row_picture_can_show (file)
                           ? uc_row_picture_new (context, file)
                           : uc_row_file_new (context, file, message->send_state);

    gtk_widget_set_valign (child, GTK_ALIGN_START);
    adw_wrap_box_append (ADW_WRAP_BOX (box), child);
  }

  return box;
}

/* Who reacted with @emoji_name, in words. */
static char *
dup_names (UcRowContext *context, const GPtrArray *reactions, const char *emoji_name)
{
  g_autoptr (GString) names = g_string_new (NULL);
  UcDirectory *directory = uc_row_context_get_directory (context);
  guint        n = 0;

  for (guint i = 0; i < reactions->len; i++) {
    const UcReaction *reaction = g_ptr_array_index (reactions, i);

    if (!g_str_equal (reaction->emoji_name, emoji_name))
      continue;
    if (n < MAX_NAMES) {
      g_autofree char *name = uc_directory_dup_name (directory, reaction->user_id);

      g_string_append_printf (names, "%s%s", n > 0 ? ", " : "", name);
    }
    n++;
  }
  if (n > MAX_NAMES) {
    const guint n_more = n - MAX_NAMES;

    g_string_append_c (names, ' ');
    g_string_append_printf (names, ngettext ("and %u more", "and %u more", n_more), n_more);
  }
  g_string_append_printf (names, "\n:%s:", emoji_name);

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static GtkWidget *
make_pill (UcRowContext *context, const GPtrArray *reactions, const char *emoji_name)
{
  const char      *me = uc_session_get_user_id (uc_row_context_get_session (context));
  const char      *emoji = uc_emoji_from_name (emoji_name);
  g_autofree char *names = dup_names (context, reactions, emoji_name);
  g_autofree char *label = NULL;
  g_autofree char *spoken = NULL;
  GtkWidget       *pill = gtk_button_new ();
  gboolean         is_mine = FALSE;
  guint            n = 0;

  for (guint i = 0; i < reactions->len; i++) {
    const UcReaction *reaction = g_ptr_array_index (reactions, i);

    if (g_str_equal (reaction->emoji_name, emoji_name)) {
      n++;
      is_mine |= g_str_equal (reaction->user_id, me);
    }
  }
  label = emoji != NULL ? g_strdup_printf ("%s %u", emoji, n)
                        : g_strdup_printf (":%s: %u", emoji_name, n);
  spoken = g_strdup_printf (ngettext ("%s, %u person", "%s, %u people", n), emoji_name, n);
  gtk_button_set_label (GTK_BUTTON (pill), label);
  if (is_mine)
    gtk_widget_add_css_class (pill, "mine");
  gtk_accessible_update_state (GTK_ACCESSIBLE (pill), GTK_ACCESSIBLE_STATE_PRESSED, is_mine, -1);
  gtk_widget_set_tooltip_text (pill, names);
  gtk_accessible_update_property (GTK_ACCESSIBLE (pill), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (pill), "message.toggle-reaction");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (pill), "s", emoji_name);
  gtk_widget_add_css_class (pill, "reaction");

  return pill;
}

static void
add_reactions (GtkWidget *box, UcRowContext *context, const GPtrArray *reactions)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GtkWidget *more;

  for (guint i = 0; i < reactions->len; i++) {
    const UcReaction *reaction = g_ptr_array_index (reactions, i);

    if (g_hash_table_add (seen, reaction->emoji_name))
      adw_wrap_box_append (ADW_WRAP_BOX (box),
                           make_pill (context, reactions, reaction->emoji_name));
  }

  more = gtk_button_new_from_icon_name ("face-smile-symbolic");
  gtk_widget_set_tooltip_text (more, _ ("Add Reaction"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (more), "message.react");
  gtk_widget_add_css_class (more, "reaction");
  adw_wrap_box_append (ADW_WRAP_BOX (box), more);
}

static GtkWidget *
make_thread_button (const char *label, gboolean is_reply)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("mail-reply-sender-symbolic"));
  gtk_box_append (GTK_BOX (content), gtk_label_new (label));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_set_tooltip_text (button, _ ("Show Thread"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "message.thread");
  gtk_widget_add_css_class (button, is_reply ? "thread-reply" : "thread");

  return button;
}

/* Of a first message the count of what follows, of a reply that it is one. */
static char *
dup_thread_label (UcRowContext *context, const UcPost *post)
{
  if (uc_row_context_is_thread (context))
    return NULL;
  if (*post->root_id != '\0')
    return g_strdup (_ ("In a thread"));
  if (post->reply_count > 0)
    return g_strdup_printf (ngettext ("%d reply", "%d replies", post->reply_count),
                            post->reply_count);

  return NULL;
}

/**
 * uc_row_parts_make_chips:
 * @context: what rows share
 * @message: a message
 *
 * Returns: (transfer floating) (nullable): its reactions and the count of its replies
 */
GtkWidget *
uc_row_parts_make_chips (UcRowContext *context, const UcMessage *message)
{
  const UcPost    *post = message->post;
  g_autofree char *thread = dup_thread_label (context, post);
  GtkWidget       *box;

  if (post->reactions->len == 0 && thread == NULL)
    return NULL;

  box = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 4);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 4);
  if (post->reactions->len > 0 && post->delete_at_ms == 0)
    add_reactions (box, context, post->reactions);
  if (thread != NULL)
    adw_wrap_box_append (ADW_WRAP_BOX (box), make_thread_button (thread, *post->root_id != '\0'));

  return box;
}

static void
add_button (GtkWidget *box, const char *label, const char *action_name)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  gtk_widget_add_css_class (button, "small");
  adw_wrap_box_append (ADW_WRAP_BOX (box), button);
}

/**
 * uc_row_parts_make_failed:
 * @context: what rows share
 * @message: a message
 *
 * Returns: (transfer floating) (nullable): why it was refused and what can be done, for
 *   one that was
 */
GtkWidget *
uc_row_parts_make_failed (UcRowContext *context, const UcMessage *message)
{
  g_autofree char *words = NULL;
  GtkWidget       *box, *label;

  if (message->send_state != UC_SEND_FAILED)
    return NULL;

  words = uc_format_send_state (message->send_state, message->send_error,
                                uc_session_get_state (uc_row_context_get_session (context)));
  box = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 4);
  adw_wrap_box_append (ADW_WRAP_BOX (box),
                       gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  label = gtk_label_new (words);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  adw_wrap_box_append (ADW_WRAP_BOX (box), label);
  add_button (box, _ ("Retry"), "message.retry");
  if (!message->is_delete_queued)
    add_button (box, _ ("Edit"), "message.edit");
  add_button (box, _ ("Discard"), "message.discard");
  gtk_widget_add_css_class (box, "send-failed");

  return box;
}
