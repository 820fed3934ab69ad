/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kinds and sizes of pictures, read from their headers within bounds. Pure. */

#include "config.h"

#include "uc-image.h"

#include <string.h>

#define MAX_SIDE 100000

static guint32
be16 (const guint8 *at)
{
  return (guint32) at[0] << 8 | at[1];
}

static guint32
be32 (const guint8 *at)
{
  return be16 (at) << 16 | be16 (at + 2);
}

static guint32
le16 (const guint8 *at)
{
  return (guint32) at[1] << 8 | at[0];
}

static guint32
le24 (const guint8 *at)
{
  return (guint32) at[2] << 16 | le16 (at);
}

static gboolean
take (UcImageInfo *info, const char *type, guint32 width, guint32 height)
{
  if (width == 0 || height == 0 || width > MAX_SIDE || height > MAX_SIDE)
    return FALSE;
  info->type = type;
  info->width = (int) width;
  info->height = (int) height;
  return TRUE;
}

/* A JPEG is a row of segments; the one that begins a frame knows the size. */
static gboolean
read_jpeg (const guint8 *data, gsize length, UcImageInfo *info)
{
  gsize at = 2;

  while (at + 9 < length) {
    guint   marker;
    guint32 size;

    if (data[at] != 0xff)
      return FALSE;
    marker = data[at + 1];
    if (marker == 0xff) {
      at++;
      continue;
    }
    if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
      return take (info, "image/jpeg", be16 (data + at + 7), be16 (data + at + 5));
    size = be16 (data + at + 2);
    if (marker == 0xd9 || marker == 0xda || size < 2)
      return FALSE;
    at += 2 + size;
  }
  return FALSE;
}

static gboolean
read_webp (const guint8 *data, gsize length, UcImageInfo *info)
{
  if (length < 30)
    return FALSE;
  if (memcmp (data + 12, "VP8X", 4) == 0)
    return take (info, "image/webp", le24 (data + 24) + 1, le24 (data + 27) + 1);
  if (memcmp (data + 12, "VP8 ", 4) == 0)
    return take (info, "image/webp", le16 (data + 26) & 0x3fff, le16 (data + 28) & 0x3fff);
  if (memcmp (data + 12, "VP8L", 4) == 0 && data[20] == 0x2f) {
    guint32 bits = le16 (data + 21) | le16 (data + 23) << 16;

    return take (info, "image/webp", (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
  }
  return FALSE;
}

/**
 * uc_image_read_info:
 * @data: the beginning of a file, or all of it
 * @info: (out): what it is
 */
gboolean
uc_image_read_info (const guint8 *data, gsize length, UcImageInfo *info)
{
  memset (info, 0, sizeof *info);
  if (length >= 24 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return memcmp (data + 12, "IHDR", 4) == 0 &&
           take (info, "image/png", be32 (data + 16), be32 (data + 20));
  if (length >= 10 && (memcmp (data, "GIF87a", 6) == 0 || memcmp (data, "GIF89a", 6) == 0))
    return take (info, "image/gif", le16 (data + 6), le16 (data + 8));
  if (length >= 4 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return read_jpeg (data, length, info);
  if (length >= 16 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    return read_webp (data, length, info);
  return FALSE;
}
