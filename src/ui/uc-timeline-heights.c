/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The heights of the rows of a timeline, as far as they were measured: what a row
 * measured at its revision and at the width of now, and an estimate for everything
 * else, so that the scroll bar has something to show. An estimate is never a place:
 * where rows stand is the layout's business. Pure; knows no widget. */

#include "config.h"

#include "uc-timeline-heights.h"

/* Rows summed together, so that an offset far down needs few additions. */
#define BLOCK_SIZE 256u

/* A row of the kind that is commonest, until one was measured. */
#define FIRST_GUESS 56.0

typedef struct {
  gint32  height; /* < 0: never measured */
  guint32 revision;
  guint32 epoch; /* the width it was measured at */
} Record;

typedef struct {
  gint64 sum;
  guint  n_known;
} Block;

struct _UcTimelineHeights {
  GArray *records; /* (owned) (element-type Record) */
  GArray *blocks;  /* (owned) (element-type Block) the first n_valid hold */
  guint   n_valid;
  guint32 epoch;
  gint64  sum; /* of all known ones */
  guint   n_known;
};

static Record *
get_record (UcTimelineHeights *self, guint position)
{
  return &g_array_index (self->records, Record, position);
}

static double
get_guess (UcTimelineHeights *self)
{
  return self->n_known > 0 ? (double) self->sum / self->n_known : FIRST_GUESS;
}

static void
count_records (UcTimelineHeights *self, guint from, guint to, Block *total)
{
  for (guint i = from; i < to; i++) {
    const Record *record = get_record (self, i);

    if (record->height >= 0) {
      total->sum += record->height;
      total->n_known++;
    }
  }
}

static void
validate_blocks (UcTimelineHeights *self)
{
  const guint n_blocks = (self->records->len + BLOCK_SIZE - 1) / BLOCK_SIZE;

  g_array_set_size (self->blocks, n_blocks);
  for (; self->n_valid < n_blocks; self->n_valid++) {
    Block      *block = &g_array_index (self->blocks, Block, self->n_valid);
    const guint from = self->n_valid * BLOCK_SIZE;

    *block = (Block){ 0 };
    count_records (self, from, MIN (from + BLOCK_SIZE, self->records->len), block);
  }
}

/**
 * uc_timeline_heights_new:
 *
 * Returns: (transfer full): heights of no rows
 */
UcTimelineHeights *
uc_timeline_heights_new (void)
{
  UcTimelineHeights *self = g_new0 (UcTimelineHeights, 1);

  self->records = g_array_new (FALSE, FALSE, sizeof (Record));
  self->blocks = g_array_new (FALSE, FALSE, sizeof (Block));

  return self;
}

/**
 * uc_timeline_heights_free:
 * @self: (transfer full): heights
 *
 * Frees them.
 */
void
uc_timeline_heights_free (UcTimelineHeights *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->records);
  g_array_unref (self->blocks);
  g_free (self);
}

/**
 * uc_timeline_heights_splice:
 * @self: heights
 * @position: where the list changed
 * @n_removed: rows gone
 * @n_added: rows come, not measured yet
 *
 * Follows a change of the list.
 */
void
uc_timeline_heights_splice (UcTimelineHeights *self, guint position, guint n_removed, guint n_added)
{
  Block gone = { 0 };

  g_return_if_fail (position + n_removed <= self->records->len);

  count_records (self, position, position + n_removed, &gone);
  self->sum -= gone.sum;
  self->n_known -= gone.n_known;

  if (n_removed > n_added)
    g_array_remove_range (self->records, position, n_removed - n_added);
  if (n_added > n_removed) {
    g_autofree Record *fresh = g_new0 (Record, n_added - n_removed);

    g_array_insert_vals (self->records, position, fresh, n_added - n_removed);
  }
  for (guint i = position; i < position + n_added; i++)
    *get_record (self, i) = (Record){ .height = -1 };

  self->n_valid = MIN (self->n_valid, position / BLOCK_SIZE);
}

/**
 * uc_timeline_heights_outdate:
 * @self: heights
 *
 * The width or the font is another one: what was measured stays as an estimate only.
 */
void
uc_timeline_heights_outdate (UcTimelineHeights *self)
{
  self->epoch++;
}

/**
 * uc_timeline_heights_set:
 * @self: heights
 * @position: a row
 * @revision: the revision of its item
 * @height: its height in pixels
 *
 * Keeps what was measured.
 */
void
uc_timeline_heights_set (UcTimelineHeights *self, guint position, guint revision, int height)
{
  Record *record;
  int     before;

  g_return_if_fail (position < self->records->len);
  g_return_if_fail (height >= 0);

  record = get_record (self, position);
  before = record->height;
  *record = (Record){ .height = height, .revision = revision, .epoch = self->epoch };
  if (before == height)
    return;

  self->sum += height - MAX (before, 0);
  self->n_known += before < 0;
  if (position / BLOCK_SIZE < self->n_valid) {
    Block *block = &g_array_index (self->blocks, Block, position / BLOCK_SIZE);

    block->sum += height - MAX (before, 0);
    block->n_known += before < 0;
  }
}

/**
 * uc_timeline_heights_get_n:
 * @self: heights
 *
 * Returns: how many rows the list has
 */
guint
uc_timeline_heights_get_n (UcTimelineHeights *self)
{
  return self->records->len;
}

/**
 * uc_timeline_heights_get:
 * @self: heights
 * @position: a row
 * @revision: the revision of its item
 *
 * Returns: the height in pixels it measured at this revision and width, or -1
 */
int
uc_timeline_heights_get (UcTimelineHeights *self, guint position, guint revision)
{
  const Record *record;

  g_return_val_if_fail (position < self->records->len, -1);

  record = get_record (self, position);
  if (record->epoch != self->epoch || record->revision != revision)
    return -1;

  return record->height;
}

/**
 * uc_timeline_heights_get_offset:
 * @self: heights
 * @position: a row, or the number of rows for the whole
 *
 * Returns: the estimated height of all rows before @position, in pixels; exact when
 *   each of them was measured
 */
double
uc_timeline_heights_get_offset (UcTimelineHeights *self, guint position)
{
  const guint n_blocks = position / BLOCK_SIZE;
  Block       total = { 0 };

  g_return_val_if_fail (position <= self->records->len, 0);

  validate_blocks (self);
  for (guint i = 0; i < n_blocks; i++) {
    const Block *block = &g_array_index (self->blocks, Block, i);

    total.sum += block->sum;
    total.n_known += block->n_known;
  }
  count_records (self, n_blocks * BLOCK_SIZE, position, &total);

  return total.sum + (position - total.n_known) * get_guess (self);
}

/**
 * uc_timeline_heights_find:
 * @self: heights of at least one row
 * @offset: pixels from the top of the first row
 * @into: (out): pixels from the top of the row found
 *
 * The inverse of uc_timeline_heights_get_offset().
 *
 * Returns: the row estimated to stand at @offset; the first or the last one beyond
 */
guint
uc_timeline_heights_find (UcTimelineHeights *self, double offset, double *into)
{
  const double guess = get_guess (self);
  const guint  n = self->records->len;
  guint        position = 0;

  g_return_val_if_fail (n > 0, 0);

  validate_blocks (self);
  for (guint i = 0; i + 1 < self->blocks->len; i++) {
    const Block *block = &g_array_index (self->blocks, Block, i);
    const double height = block->sum + (BLOCK_SIZE - block->n_known) * guess;

    if (offset < height)
      break;
    offset -= height;
    position += BLOCK_SIZE;
  }
  for (; position + 1 < n; position++) {
    const Record *record = get_record (self, position);
    const double  height = record->height >= 0 ? record->height : guess;

    if (offset < height)
      break;
    offset -= height;
  }
  *into = MAX (offset, 0);

  return position;
}
