/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making, copying and clearing the text fields of records by a table of where they
 * lie, so that no record can forget one of its fields in one of the three. */

#include "config.h"

#include "uc-record-private.h"

#include <string.h>

#define TEXT_AT(record, text) ((char **) G_STRUCT_MEMBER_P (record, (text).offset))

/* Documented in the header. */
gpointer
_uc_record_new (gsize size, const UcTextField *texts, guint n_texts)
{
  gpointer record = g_atomic_rc_box_alloc0 (size);

  for (guint i = 0; i < n_texts; i++) {
    if (!texts[i].is_nullable)
      *TEXT_AT (record, texts[i]) = g_strdup ("");
  }
  return record;
}

/* Documented in the header. */
gpointer
_uc_record_copy (gconstpointer record, gsize size, const UcTextField *texts, guint n_texts)
{
  gpointer copy = g_atomic_rc_box_alloc (size);

  memcpy (copy, record, size);
  for (guint i = 0; i < n_texts; i++)
    *TEXT_AT (copy, texts[i]) = g_strdup (*TEXT_AT (copy, texts[i]));
  return copy;
}

/* Documented in the header. */
void
_uc_record_clear (gpointer record, const UcTextField *texts, guint n_texts)
{
  for (guint i = 0; i < n_texts; i++)
    g_clear_pointer (TEXT_AT (record, texts[i]), g_free);
}
