/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a page of posts writes. Who asked for it and why is not known here. */

#include "config.h"

#include "uc-page-put-private.h"

/* Those that were deleted, or those that were not. */
static gint64
put_either (UcPeople *people, UcBatch *batch, GPtrArray *posts, gboolean is_deleted)
{
  gint64 latest_ms = 0;

  for (guint i = 0; i < posts->len; i++) {
    UcPost *post = g_ptr_array_index (posts, i);

    if ((post->delete_at_ms > 0) != is_deleted)
      continue;
    latest_ms = MAX (latest_ms, post->update_at_ms);
    uc_batch_put_post (batch, post);
    if (!is_deleted)
      _uc_people_want_of (people, post);
  }
  return latest_ms;
}

gint64
_uc_page_put_history (UcPeople   *people,
                      UcBatch    *batch,
                      const char *channel_id,
                      UcPostPage *page,
                      UcPageKind  kind,
                      const char *anchor_id)
{
  gint64   gone_ms = put_either (people, batch, page->others, TRUE);
  gint64   other_ms = put_either (people, batch, page->others, FALSE);
  gint64   latest_ms = MAX (gone_ms, other_ms);
  gboolean reaches_start = kind != UC_PAGE_AFTER && *page->prev_post_id == '\0';
  gboolean reaches_tip = kind == UC_PAGE_LATEST || kind == UC_PAGE_NEWS ||
                         (kind == UC_PAGE_AFTER && *page->next_post_id == '\0');

  for (guint i = 0; i < page->posts->len; i++) {
    UcPost *post = g_ptr_array_index (page->posts, i);

    latest_ms = MAX (latest_ms, post->update_at_ms);
    _uc_people_want_of (people, post);
  }
  uc_batch_put_page (batch, channel_id, page->posts, kind, anchor_id, reaches_start, reaches_tip);
  return latest_ms;
}

/* What went goes first: a root that says how many replies it has would be taken to say too
 * few while those that went are here still. */
gint64
_uc_page_put_loose (UcPeople *people, UcBatch *batch, UcPostPage *page)
{
  GPtrArray *lists[] = { page->others, page->posts };
  gint64     latest_ms = 0;

  for (guint i = 0; i < 2 * G_N_ELEMENTS (lists); i++) {
    gint64 put_ms =
        put_either (people, batch, lists[i % G_N_ELEMENTS (lists)], i < G_N_ELEMENTS (lists));

    latest_ms = MAX (latest_ms, put_ms);
  }
  return latest_ms;
}
