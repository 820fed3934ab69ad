/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Wrong passwords by address. An office behind one address can mistype often enough;
 * somebody who goes through a list of passwords can not. */

#include "config.h"

#include "uc-login-limit.h"

#include <gio/gio.h>
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
  gint64 n;

  /* A clock that was set back must not make anybody wait for it to come again. */
  bucket->at_ms = MIN (bucket->at_ms, now_ms);
  n = (now_ms - bucket->at_ms) / REFILL_MS;
  if (n <= 0)
    return;
  bucket->n_failed = MAX (0, bucket->n_failed - n);
  bucket->at_ms += n * REFILL_MS;
}

/* Of IPv6 the network: who has one has all its addresses. */
static char *
dup_key (const char *address)
{
  static const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  g_autoptr (GInetAddress) parsed = g_inet_address_new_from_string (address);
  const guint8 *bytes;

  if (parsed == NULL || g_inet_address_get_family (parsed) != G_SOCKET_FAMILY_IPV6)
    return g_strdup (address);
  bytes = g_inet_address_to_bytes (parsed);
  if (memcmp (bytes, mapped, sizeof mapped) == 0)
    return g_strdup (address);
  return g_strdup_printf ("%02x%02x:%02x%02x:%02x%02x:%02x%02x::/64", bytes[0], bytes[1], bytes[2],
                          bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]);
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
  g_autofree char *key = dup_key (address);
  Bucket          *bucket = g_hash_table_lookup (self->buckets, key);

  if (bucket == NULL)
    return 0;
  refill (bucket, now_ms);
  if (bucket->n_failed < BURST)
    return 0;
  return (guint) ((bucket->at_ms + REFILL_MS - now_ms + 999) / 1000);
}

static gboolean
is_full (gpointer key, gpointer value, gpointer now_ms)
{
  Bucket *bucket = value;

  refill (bucket, *(gint64 *) now_ms);
  return bucket->n_failed == 0;
}

static gboolean
may_try (gpointer key, gpointer value, gpointer unused)
{
  return ((Bucket *) value)->n_failed < BURST;
}

/* Those that wait are forgotten last. */
static void
make_room (UcLoginLimit *self, gint64 now_ms)
{
  if (g_hash_table_size (self->buckets) >= MAX_ADDRESSES)
    g_hash_table_foreach_remove (self->buckets, is_full, &now_ms);
  if (g_hash_table_size (self->buckets) >= MAX_ADDRESSES)
    g_hash_table_foreach_remove (self->buckets, may_try, NULL);
  if (g_hash_table_size (self->buckets) >= MAX_ADDRESSES)
    g_hash_table_remove_all (self->buckets);
}

/**
 * uc_login_limit_note_failure:
 *
 * A password from @address was wrong.
 */
void
uc_login_limit_note_failure (UcLoginLimit *self, const char *address, gint64 now_ms)
{
  g_autofree char *key = dup_key (address);
  Bucket          *bucket = g_hash_table_lookup (self->buckets, key);

  if (bucket == NULL) {
    make_room (self, now_ms);
    bucket = g_new0 (Bucket, 1);
    bucket->at_ms = now_ms;
    g_hash_table_insert (self->buckets, g_steal_pointer (&key), bucket);
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
