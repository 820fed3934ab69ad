/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a page of posts writes. Who asked for it and why is not known here. */

#include "config.h"

#include "uc-page-put-private.h"

static gint64
put_loose (UcPeople *people, UcBatch *batch, GPtrArray *posts)
{
  gint64 latest_ms = 0;

  for (guint i = 0; i < posts->len; i++) {
    UcPost *post = g_ptr_array_index (posts, i);

    latest_ms = MAX (latest_ms, post->update_at_ms);
    uc_batch_put_post (batch, post);
    if (post->delete_at_ms == 0)
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
  gint64   latest_ms = put_loose (people, batch, page->others);
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

gint64
_uc_page_put_loose (UcPeople *people, UcBatch *batch, UcPostPage *page)
{
  gint64 others_ms = put_loose (people, batch, page->others);
  gint64 posts_ms = put_loose (people, batch, page->posts);

  return MAX (others_ms, posts_ms);
}
