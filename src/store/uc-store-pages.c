/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Posts that are evidence: pages cut out of a channel, and what is pushed while
 * nothing can be missed. They move the spans; a post that comes alone does not. */

#include "config.h"

#include "uc-store-pages-private.h"

#include "uc-keys-private.h"
#include "uc-message.h"
#include "uc-row-private.h"
#include "uc-store-channels-private.h"
#include "uc-store-facts-private.h"
#include "uc-store-posts-private.h"
#include "uc-store-retention.h"
#include "uc-store-spans-private.h"

/* Near the present a page and the stream may overtake each other: there, what a page
 * lacks was not necessarily deleted. */
#define SETTLED_AFTER_MS (5 * 60 * 1000)

static const char *LAST_PUSHED_SQL =
    "SELECT seq FROM messages"
    " WHERE channel = :channel AND delete_at_ms = 0 AND is_pushed = 1 AND seq > :seq"
    " ORDER BY seq DESC LIMIT 1";
static const char *SENT_BETWEEN_SQL =
    "SELECT seq FROM messages"
    " WHERE channel = :channel AND delete_at_ms = 0 AND seq > :lo AND seq < :hi"
    "   AND id NOT LIKE 'local:%' AND type <> 'system_ephemeral'"
    " ORDER BY seq";
static const char *REPLIES_OF_SQL =
    "SELECT r.seq FROM messages m CROSS JOIN messages r ON r.root_id = m.id AND r.root_id <> ''"
    " WHERE m.seq = :seq AND r.delete_at_ms = 0"
    " ORDER BY r.seq";
static const char *LAST_POST_SQL = "SELECT last_post_at_ms FROM channels WHERE id = :id";
static const char *PUSHED_SQL =
    "UPDATE messages SET is_pushed = 1 WHERE seq = :seq AND is_pushed = 0";

static gboolean
is_ephemeral (UcPost *post)
{
  return g_str_equal (post->type, "system_ephemeral");
}

/* -- Pages -------------------------------------------------------------------------- */

static gboolean
is_newest (const UcOp *op)
{
  return (UcPageKind) op->kind == UC_PAGE_LATEST || (UcPageKind) op->kind == UC_PAGE_NEWS;
}

/* The newest page of a quiet channel reaches far back: what retention took away does
 * not come back with a new message. One that lies before that as a whole is taken when
 * somebody looks at it. */
static gboolean
leave_out_old (UcWrite *write, const UcOp *op, GPtrArray **posts, UcSpan *span, GError **error)
{
  g_autofree char *key = g_strconcat (UC_FACT_KEPT_FROM, op->channel_id, NULL);
  g_autofree char *kept_from = NULL;
  gint64           from_ms;
  guint            first = 0;

  *posts = g_ptr_array_ref (op->record);
  if (!is_newest (op))
    return TRUE;
  if (!_uc_fact_load (write->db, key, &kept_from, error))
    return FALSE;
  from_ms = kept_from != NULL ? UC_SEQ_TO_MS (g_ascii_strtoll (kept_from, NULL, 10)) : 0;
  while (first < (*posts)->len &&
         ((UcPost *) g_ptr_array_index (*posts, first))->create_at_ms < from_ms)
    first++;
  if (first == 0 || (first == (*posts)->len && (UcPageKind) op->kind == UC_PAGE_LATEST))
    return TRUE;
  g_ptr_array_unref (*posts);
  *posts = g_ptr_array_new ();
  for (; first < ((GPtrArray *) op->record)->len; first++)
    g_ptr_array_add (*posts, g_ptr_array_index ((GPtrArray *) op->record, first));
  span->reaches_start = FALSE;
  return TRUE;
}

static gboolean
put_post (UcWrite *write, UcPost *post, GHashTable *seqs, UcSpan *span, gint64 *seq, GError **error)
{
  if (!_uc_post_put (write, post, seq, error))
    return FALSE;
  if (*seq == 0)
    return TRUE;
  g_hash_table_add (seqs, g_memdup2 (seq, sizeof *seq));
  span->lo_seq = span->hi_seq == 0 ? *seq : MIN (span->lo_seq, *seq);
  span->hi_seq = MAX (span->hi_seq, *seq);
  return TRUE;
}

/* The keys of the page's messages; @span becomes what they reach from and to. */
static GHashTable *
put_posts (UcWrite *write, GPtrArray *posts, UcSpan *span, GError **error)
{
  g_autoptr (GHashTable) seqs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < posts->len; i++) {
    gint64 seq;

    if (!put_post (write, g_ptr_array_index (posts, i), seqs, span, &seq, error))
      return NULL;
  }
  return g_steal_pointer (&seqs);
}

/* A page that ends at a message which is here already is put in from there on
 * backwards: where a millisecond has several messages, they keep their order. */
static GHashTable *
put_posts_before (UcWrite    *write,
                  GPtrArray  *posts,
                  const char *anchor_id,
                  UcSpan     *span,
                  GError    **error)
{
  g_autoptr (GHashTable) seqs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  UcPostRow anchor;
  gboolean  is_put = TRUE;

  if (!_uc_post_find (write->db, anchor_id, &anchor, error))
    return NULL;
  write->before_seq = anchor.seq;
  for (guint i = posts->len; i > 0 && is_put; i--) {
    gint64 seq;

    is_put = put_post (write, g_ptr_array_index (posts, i - 1), seqs, span, &seq, error);
    if (is_put && seq != 0)
      write->before_seq = seq;
  }
  write->before_seq = 0;
  return is_put ? g_steal_pointer (&seqs) : NULL;
}

/* A page that shows replies but not their root: that was purged by itself. */
static gboolean
has_reply_among (UcDb *db, gint64 root_seq, GHashTable *seqs, gboolean *has_reply, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, REPLIES_OF_SQL, error);
  gboolean has_row = TRUE;

  *has_reply = FALSE;
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":seq", root_seq);
  while (has_row && !*has_reply) {
    gint64 seq;

    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    seq = has_row ? uc_stmt_get_int64 (stmt, 0) : 0;
    *has_reply = has_row && g_hash_table_contains (seqs, &seq);
  }
  uc_stmt_reset (stmt);
  return TRUE;
}

/* What lies between a page's ends and is not on it is gone from the server. The
 * milliseconds of the ends are left out: there, others may stand on either side. */
static gboolean
bury_missing (UcWrite      *write,
              const char   *channel_id,
              gint64        channel,
              const UcSpan *page,
              GHashTable   *seqs,
              GError      **error)
{
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (gint64));
  UcStmt  *stmt;
  gboolean has_row;
  gint64   last_post_ms;
  gint64   settled_seq;

  if (!_uc_row_find (write->db, LAST_POST_SQL, ":id", channel_id, &last_post_ms, error) ||
      (stmt = uc_db_prepare (write->db, SENT_BETWEEN_SQL, error)) == NULL)
    return FALSE;
  last_post_ms = MAX (last_post_ms, UC_SEQ_TO_MS (page->hi_seq));
  settled_seq = _uc_key_of_ms (last_post_ms - SETTLED_AFTER_MS);
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  uc_stmt_bind_int64 (stmt, ":lo", _uc_key_last_of_ms (UC_SEQ_TO_MS (page->lo_seq)));
  uc_stmt_bind_int64 (stmt, ":hi", MIN (_uc_key_of_ms (UC_SEQ_TO_MS (page->hi_seq)), settled_seq));
  do {
    gint64 seq;

    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (!has_row)
      continue;
    seq = uc_stmt_get_int64 (stmt, 0);
    if (!g_hash_table_contains (seqs, &seq))
      g_array_append_val (missing, seq);
  } while (has_row);
  for (guint i = 0; i < missing->len; i++) {
    const gint64   seq = g_array_index (missing, gint64, i);
    const UcBurial burial = { UC_SEQ_TO_MS (page->hi_seq), 0, 0 };
    gboolean       is_alone;

    if (!has_reply_among (write->db, seq, seqs, &is_alone, error) ||
        !(is_alone ? _uc_post_bury_alone (write, seq, &burial, error)
                   : _uc_post_bury (write, seq, &burial, error)))
      return FALSE;
  }
  return TRUE;
}

/* Up to and including the neighbour that the page was asked for from. */
static gboolean
extend_to_anchor (UcDb *db, const char *anchor_id, UcPageKind kind, UcSpan *span, GError **error)
{
  UcPostRow anchor;

  if (kind == UC_PAGE_LATEST || kind == UC_PAGE_NEWS || anchor_id == NULL || *anchor_id == '\0')
    return TRUE;
  if (!_uc_post_find (db, anchor_id, &anchor, error))
    return FALSE;
  if (anchor.seq == 0)
    return TRUE;
  span->lo_seq = span->hi_seq == 0 ? anchor.seq : MIN (span->lo_seq, anchor.seq);
  span->hi_seq = MAX (span->hi_seq, anchor.seq);
  return TRUE;
}

/* What was pushed while the page was on its way follows it without a gap. What was
 * only answered to does not: others may have posted before it. */
static gboolean
extend_to_pushed (UcDb *db, gint64 channel, UcSpan *span, GError **error)
{
  UcStmt  *stmt;
  gboolean has_row;

  if (!span->reaches_tip)
    return TRUE;
  stmt = uc_db_prepare (db, LAST_PUSHED_SQL, error);
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  uc_stmt_bind_int64 (stmt, ":seq", span->hi_seq);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  if (has_row)
    span->hi_seq = uc_stmt_get_int64 (stmt, 0);
  uc_stmt_reset (stmt);
  return TRUE;
}

gboolean
_uc_op_put_page (UcWrite *write, const UcOp *op, GError **error)
{
  UcSpan span = { 0, 0, op->reaches_start, op->reaches_tip };
  g_autoptr (GHashTable) seqs = NULL;
  g_autoptr (GPtrArray) posts = NULL;
  gboolean is_backwards =
      (UcPageKind) op->kind == UC_PAGE_BEFORE && op->key != NULL && *op->key != '\0';
  gint64 channel;

  if (!_uc_key_of_channel (write->db, op->channel_id, &channel, error) ||
      !leave_out_old (write, op, &posts, &span, error))
    return FALSE;
  seqs = is_backwards ? put_posts_before (write, posts, op->key, &span, error)
                      : put_posts (write, posts, &span, error);
  if (seqs == NULL || !bury_missing (write, op->channel_id, channel, &span, seqs, error) ||
      !extend_to_anchor (write->db, op->key, (UcPageKind) op->kind, &span, error) ||
      !extend_to_pushed (write->db, channel, &span, error))
    return FALSE;
  /* An empty page proves something only of a channel that is empty as a whole. */
  if (span.hi_seq == 0 && !(span.reaches_start && span.reaches_tip))
    return TRUE;
  return _uc_spans_merge (write, op->channel_id, channel, &span, error);
}

/* -- The stream ------------------------------------------------------------------------ */

gboolean
_uc_op_put_pushed_post (UcWrite *write, const UcOp *op, GError **error)
{
  UcPost  *post = op->record;
  gint64   seq;
  gint64   channel;
  gboolean is_first;

  if (!_uc_post_put (write, post, &seq, error))
    return FALSE;
  if (seq == 0 || is_ephemeral (post))
    return TRUE;
  if (!_uc_row_run_int64 (write->db, PUSHED_SQL, ":seq", seq, error))
    return FALSE;
  is_first = uc_db_get_changes (write->db) > 0;
  return _uc_key_of_channel (write->db, post->channel_id, &channel, error) &&
         _uc_spans_push (write, post->channel_id, channel, seq, error) &&
         (!is_first || _uc_post_count_reply (write, post, error)) &&
         _uc_channel_count_post (write, post, seq, op->is_on, error);
}
