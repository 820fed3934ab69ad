/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Wrong passwords by address. An office behind one address can mistype often enough;
 * somebody who goes through a list of passwords can not. */

#include "config.h"

#include "uc-login-limit.h"

#include <string.h>

/* Tries in a full bucket, and how long one takes to come back. */
#define BURST     30
#define REFILL_MS 20000
/* Addresses remembered; a bucket that is full again is forgotten anyway. */
#define MAX_ADDRESSES 10000

typedef struct {
  gint64 at_ms;    /* when @n_failed was right */
  gint64 n_failed; /* tries missing in the bucket */
} Bucket;

struct _UcLoginLimit {
  GHashTable *buckets; /* (owned) (element-type utf8 Bucket) */
};

/* What time has given back meanwhile. */
static void
refill (Bucket *bucket, gint64 now_ms)
{
  gint64 n = (now_ms - bucket->at_ms) / REFILL_MS;

  if (n <= 0)
    return;
  bucket->n_failed = MAX (0, bucket->n_failed - n);
  bucket->at_ms += n * REFILL_MS;
}

/**
 * uc_login_limit_new:
 */
UcLoginLimit *
uc_login_limit_new (void)
{
  UcLoginLimit *self = g_new0 (UcLoginLimit, 1);

  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * uc_login_limit_check:
 *
 * Returns: seconds until @address may try again, 0 for now
 */
guint
uc_login_limit_check (UcLoginLimit *self, const char *address, gint64 now_ms)
{
  Bucket *bucket = g_hash_table_lookup (self->buckets, address);

  if (bucket == NULL)
    return 0;
  refill (bucket, now_ms);
  if (bucket->n_failed < BURST)
    return 0;
  return (guint) ((bucket->at_ms + REFILL_MS - now_ms + 999) / 1000);
}

static gboolean
is_full (gpointer address, gpointer value, gpointer now_ms)
{
  Bucket *bucket = value;

  refill (bucket, *(gint64 *) now_ms);
  return bucket->n_failed == 0;
}

/**
 * uc_login_limit_note_failure:
 *
 * A password from @address was wrong.
 */
void
uc_login_limit_note_failure (UcLoginLimit *self, const char *address, gint64 now_ms)
{
  Bucket *bucket = g_hash_table_lookup (self->buckets, address);

  if (bucket == NULL) {
    if (g_hash_table_size (self->buckets) >= MAX_ADDRESSES)
      g_hash_table_foreach_remove (self->buckets, is_full, &now_ms);
    if (g_hash_table_size (self->buckets) >= MAX_ADDRESSES)
      g_hash_table_remove_all (self->buckets);
    bucket = g_new0 (Bucket, 1);
    bucket->at_ms = now_ms;
    g_hash_table_insert (self->buckets, g_strdup (address), bucket);
  }
  refill (bucket, now_ms);
  if (bucket->n_failed == 0)
    bucket->at_ms = now_ms;
  bucket->n_failed = MIN (bucket->n_failed + 1, BURST);
}

/**
 * uc_login_limit_free:
 * @self: (transfer full):
 */
void
uc_login_limit_free (UcLoginLimit *self)
{
  g_hash_table_unref (self->buckets);
  g_free (self);
}
