/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One text field of a record. */
typedef struct
{
  gsize    offset;
  gboolean is_nullable;
} UcTextField;

#define UC_TEXT(type, field)                                                                       \
  {                                                                                                \
    G_STRUCT_OFFSET (type, field), FALSE                                                           \
  }
#define UC_TEXT_NULLABLE(type, field)                                                              \
  {                                                                                                \
    G_STRUCT_OFFSET (type, field), TRUE                                                            \
  }

/* A zeroed record of @size bytes with one reference, its texts "" or NULL. */
gpointer _uc_record_new   (gsize              size,
                           const UcTextField *texts,
                           guint              n_texts) G_GNUC_WARN_UNUSED_RESULT;
/* Another with the same bytes and texts of its own; the caller copies what else it
 * owns. */
gpointer _uc_record_copy  (gconstpointer      record,
                           gsize              size,
                           const UcTextField *texts,
                           guint              n_texts) G_GNUC_WARN_UNUSED_RESULT;
void     _uc_record_clear (gpointer           record,
                           const UcTextField *texts,
                           guint              n_texts);

G_END_DECLS
