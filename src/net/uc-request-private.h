/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-request.h"

G_BEGIN_DECLS

/* Reads a body on a GIO thread. NULL without error is a result too. */
typedef gpointer (*UcParseFunc) (GBytes  *body,
                                 GError **error);

struct _UcRequest
{
  const char    *method;        /* (unowned) constant */
  const char    *template;      /* (unowned) constant: names the call in errors */
  GString       *path;          /* (owned) path and query, encoded */
  GBytes        *body;          /* (owned) (nullable) wiped when freed */
  char          *upload_path;   /* (owned) (nullable) the body is this file */
  gint64         upload_offset; /* the body begins here in that file */
  gint64         upload_length; /* and is no longer than this; 0: to its end */
  char          *download_path; /* (owned) (nullable) the answer goes into this file */
  UcParseFunc    parse;         /* (nullable) NULL: only success counts */
  GDestroyNotify free_result;   /* (nullable) */
  gint64         limit_bytes;   /* of a good answer, after decoding */
  UcProgressFunc progress;      /* (nullable) */
  gpointer       progress_data;
  gboolean       may_resume; /* what is there of @download_path need not come again */
  gboolean       is_valid; /* FALSE: a part of the path was not usable */
  gboolean       is_login;
  gboolean       is_me;        /* the call that tells whether a token lives */
  gboolean       is_extension; /* below the site instead of /api/v4 */
};

UcRequest *_uc_request_new           (const char     *method,
                                      const char     *template,
                                      ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
void       _uc_request_set_result    (UcRequest      *self,
                                      UcParseFunc     parse,
                                      GDestroyNotify  free_result);
void       _uc_request_add_query     (UcRequest      *self,
                                      const char     *name,
                                      const char     *value);
void       _uc_request_add_query_int (UcRequest      *self,
                                      const char     *name,
                                      gint64          value);
void       _uc_request_add_paging    (UcRequest      *self,
                                      int             page,
                                      int             per_page);
void       _uc_request_take_body     (UcRequest      *self,
                                      char           *json);
gboolean   _uc_request_check         (const UcRequest *self,
                                      const char      *token,
                                      GError         **error);

void       _uc_request_parse_async   (UcRequest           *self,
                                      GBytes              *body,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gpointer   _uc_request_parse_finish  (UcRequest           *self,
                                      GAsyncResult        *result,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
