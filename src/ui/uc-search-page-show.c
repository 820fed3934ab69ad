/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a search looks like: which part is shown, what is said about it, what may help
 * when nothing was found. */

#include "config.h"

#include "uc-search-page-private.h"

#include "uc-row-announce.h"
#include "uc-search-status.h"

#include <glib/gi18n.h>

/* A number that changes with each letter is not worth hearing. */
#define ANNOUNCE_DELAY_MS 900

gboolean
_uc_search_page_has_query (UcSearchPage *self)
{
  g_autofree char *query = g_strstrip (g_strdup (uc_search_get_query (self->search)));

  return *query != '\0';
}

static gboolean
is_searching (UcSearchPage *self)
{
  gboolean searching = FALSE;

  g_object_get (self->search, "searching", &searching, NULL);

  return searching;
}

/* -- Saying ---------------------------------------------------------------------------------- */

static char *
dup_announcement (UcSearchPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->search)) == 0)
    return g_strdup (_ ("Nothing found"));

  return uc_search_status_dup (self->search);
}

static gboolean
announce_cb (gpointer user_data)
{
  UcSearchPage    *self = user_data;
  g_autofree char *text = NULL;

  self->announce_id = 0;
  if (self->search == NULL || !_uc_search_page_has_query (self) ||
      !uc_search_is_settled (self->search))
    return G_SOURCE_REMOVE;
  text = dup_announcement (self);
  if (g_set_str (&self->announced, text))
    uc_row_announce (GTK_WIDGET (self->field), text);

  return G_SOURCE_REMOVE;
}

void
_uc_search_page_stop_announcing (UcSearchPage *self)
{
  g_clear_handle_id (&self->announce_id, g_source_remove);
  g_clear_pointer (&self->announced, g_free);
}

static void
announce_later (UcSearchPage *self)
{
  g_clear_handle_id (&self->announce_id, g_source_remove);
  self->announce_id = g_timeout_add (ANNOUNCE_DELAY_MS, announce_cb, self);
}

/* -- Advice ------------------------------------------------------------------------------------ */

static void
append_advice (UcSearchPage *self, const char *label, guint chip)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *text = gtk_label_new (label);

  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), text);
  gtk_widget_add_css_class (button, "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "search.remove");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", chip);
  gtk_box_append (self->advice_box, button);
}

/* With each filter one way less narrow. */
static void
update_advice (UcSearchPage *self)
{
  const guint n_chips = uc_search_field_get_chips (self->field)->len;
  GtkWidget  *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->advice_box))) != NULL)
    gtk_box_remove (self->advice_box, child);
  for (guint i = 0; i < n_chips; i++) {
    g_autofree char *label = uc_search_field_dup_chip_label (self->field, i);
    /* Translators: %s is a filter of a search, "From Anna Keller". */
    g_autofree char *text = g_strdup_printf (_ ("Without “%s”"), label);

    append_advice (self, text, i);
  }
}

/* -- Showing ------------------------------------------------------------------------------------
 */

static void
update_error (UcSearchPage *self)
{
  const char *error = _uc_search_page_has_query (self) ? uc_search_get_error (self->search) : NULL;
  gsize       start = 0, end = 0;

  if (error != NULL && !uc_search_get_error_place (self->search, &start, &end))
    start = end = 0;
  uc_search_field_mark_wrong (self->field, error != NULL, start, end);
  gtk_widget_set_visible (self->error_box, error != NULL);
  gtk_label_set_text (self->error_label, error != NULL ? error : "");
}

static void
update_status (UcSearchPage *self)
{
  const gboolean       has_query = _uc_search_page_has_query (self);
  const UcSearchServer state = uc_search_get_server (self->search);
  g_autofree char     *status = uc_search_status_dup (self->search);

  gtk_label_set_text (self->status_label, status);
  gtk_widget_set_visible (self->retry_button,
                          state == UC_SEARCH_SERVER_FAILED || state == UC_SEARCH_SERVER_OFFLINE);
  gtk_widget_set_visible (self->status_box, has_query && *status != '\0' &&
                                                uc_search_get_error (self->search) == NULL);
}

/* What was found before stays while the next query is read, or is none yet. */
static const char *
choose_page (UcSearchPage *self)
{
  if (!_uc_search_page_has_query (self))
    return "hints";
  if (!uc_search_list_is_empty (self->list))
    return "results";
  if (!uc_search_is_settled (self->search) ||
      uc_search_get_server (self->search) == UC_SEARCH_SERVER_ASKED)
    return "nothing";

  return "empty";
}

void
_uc_search_page_update (UcSearchPage *self)
{
  const gboolean is_advanced = self->search != NULL && uc_search_is_advanced (self->search);
  const char    *page;

  g_object_set (self->field, "advanced", is_advanced, NULL);
  g_object_set (self->hints, "advanced", is_advanced, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->filter_button), is_advanced);
  gtk_widget_set_visible (GTK_WIDGET (self->order),
                          is_advanced && _uc_search_page_has_query (self));
  if (self->search == NULL)
    return;
  adw_toggle_group_set_active_name (
      self->order,
      uc_search_get_order (self->search) == UC_SEARCH_RELEVANT ? "relevant" : "newest");
  gtk_widget_set_visible (self->spinner, is_searching (self));
  update_error (self);
  update_status (self);
  page = choose_page (self);
  if (g_str_equal (page, "empty"))
    update_advice (self);
  gtk_stack_set_visible_child_name (self->stack, page);
  announce_later (self);
  if (self->opens_first && uc_search_is_settled (self->search)) {
    self->opens_first = FALSE;
    uc_search_list_open_first (self->list);
  }
}
