/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search in the window: where it stands, and the way back to where it was begun. */

#include "config.h"

#include "uc-main-window-private.h"

UcSearchPage *
_uc_main_window_show_search (UcMainWindow *self)
{
  UcSearchPage *page = _uc_main_window_need_search (self);

  adw_navigation_split_view_set_show_content (self->split_view, FALSE);
  if (adw_navigation_view_get_visible_page (self->sidebar_view) != ADW_NAVIGATION_PAGE (page))
    adw_navigation_view_push (self->sidebar_view, ADW_NAVIGATION_PAGE (page));

  return page;
}

/* What leaving leads back to. */
static UcSearchPage *
begin (UcMainWindow *self)
{
  self->search_origin_is_content = adw_navigation_split_view_get_show_content (self->split_view);
  g_set_str (&self->search_origin, uc_main_window_get_channel_id (self));

  return _uc_main_window_show_search (self);
}

/* @query (nullable): NULL for what was typed before. */
void
_uc_main_window_search (UcMainWindow *self, const char *query)
{
  uc_search_page_begin (begin (self), query);
}

/* @channel_id: "" for everywhere. */
void
_uc_main_window_search_in (UcMainWindow *self, const char *channel_id)
{
  uc_search_page_begin_in (begin (self), channel_id);
}

/* The focus goes not to the button that opened the search: beside a conversation,
 * whoever leaves the search wants to go on writing. */
void
_uc_main_window_leave_search (UcMainWindow *self)
{
  g_autofree char *origin = g_steal_pointer (&self->search_origin);

  adw_navigation_view_pop_to_page (self->sidebar_view, ADW_NAVIGATION_PAGE (self->sidebar_page));
  if (origin == NULL || *origin == '\0')
    return;
  if (adw_navigation_split_view_get_collapsed (self->split_view) && !self->search_origin_is_content)
    return;
  /* Found messages may have led elsewhere since. */
  uc_main_window_open_channel (self, origin);
}
