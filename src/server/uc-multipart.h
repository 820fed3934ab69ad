/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A part begins. FALSE breaks the parsing off. @file_name is NULL for a plain field. */
typedef gboolean (*UcMultipartBegin) (const char *field, const char *file_name, gpointer user_data);
/* Bytes of the part, in order; FALSE breaks off. */
typedef gboolean (*UcMultipartData) (const guint8 *data, gsize length, gpointer user_data);
typedef gboolean (*UcMultipartEnd) (gpointer user_data);

typedef struct {
  UcMultipartBegin begin;
  UcMultipartData  data;
  UcMultipartEnd   end;
} UcMultipartFuncs;

/**
 * UcMultipart:
 *
 * Reads multipart/form-data as it comes, in bounded memory: parts are handed on piece
 * by piece. Pure; the library's own reader is not safe with hostile input.
 */
typedef struct _UcMultipart UcMultipart;

/* NULL when @content_type is not that of a form with a boundary. */
UcMultipart *uc_multipart_new (const char             *content_type,
                               const UcMultipartFuncs *funcs,
                               gpointer                user_data) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE once the body is not what it should be: nothing more is taken then. */
gboolean uc_multipart_push (UcMultipart *self, const guint8 *data, gsize length);
/* TRUE when the last part was closed and the form with it. */
gboolean uc_multipart_finish (UcMultipart *self);
void     uc_multipart_free (UcMultipart *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcMultipart, uc_multipart_free)

G_END_DECLS
