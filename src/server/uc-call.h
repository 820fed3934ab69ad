/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-access.h"
#include "uc-session-table.h"
#include "uc-txn.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _UcCall  UcCall;
typedef struct _UcRoute UcRoute;

/* Answers a call, on the worker. FALSE and an error make the answer a refusal, and
 * undo what was written. */
typedef gboolean (*UcHandler) (UcCall *call, UcTxn *txn, GError **error);

/**
 * UcUploadPart:
 *
 * One part of an upload, received into a file of its own. @field and @file_name
 * are as the client sent them.
 */
typedef struct {
  char  *field;
  char  *file_name; /* (nullable): a plain field has none */
  char  *path;      /* (nullable): where its bytes lie; removed with the part */
  char  *value;     /* (nullable): of a plain field */
  gint64 size;
  int    width; /* of a picture, else 0 */
  int    height;
  char  *image_type; /* (nullable): "image/png" by its content */
} UcUploadPart;

#define UC_CALL_MAX_PARAMS 4

/**
 * UcCall:
 *
 * One API call on its way: what was asked, who asks, and the answer. Belongs to one
 * thread at a time: main until it is dispatched, the worker while it runs, main
 * again to be sent.
 */
struct _UcCall {
  const UcRoute *route; /* (unowned) */
  char          *method;
  char          *path;                       /* as it came, without a slash at its end */
  GHashTable    *query;                      /* (element-type utf8 utf8) */
  char          *params[UC_CALL_MAX_PARAMS]; /* in the order of the pattern */
  GBytes        *body;                       /* (nullable) */
  JsonNode      *json;                       /* (nullable): @body once it is parsed */
  GPtrArray     *parts;                      /* (nullable) (element-type UcUploadPart) */
  char          *request_id;
  char          *remote_address;
  char          *user_agent;
  char          *token;      /* (nullable) */
  gboolean       is_cookie;  /* the token came as a cookie */
  gboolean       is_browser; /* X-Requested-With: XMLHttpRequest */
  char          *csrf;       /* (nullable) X-CSRF-Token */
  char          *etag;       /* (nullable) If-None-Match */
  char          *range;      /* (nullable) Range */

  UcServerSession *session; /* (nullable) */
  UcActor          actor;   /* of @session */

  gboolean is_prepared;    /* the first of the two runs of a route that hashes */
  char    *password;       /* (nullable) to be checked against @password_hash */
  char    *password_hash;  /* (nullable) */
  char    *new_password;   /* (nullable) to be hashed */
  gboolean is_password_ok; /* result of the check */
  char    *new_password_hash;

  guint       status;
  GBytes     *answer;       /* (nullable) */
  const char *content_type; /* a constant */
  GPtrArray  *headers;      /* (element-type utf8): name, value, name, value … */
  char       *answer_path;  /* (nullable): a file to send instead of @answer */
};

UcCall *uc_call_new (void) G_GNUC_WARN_UNUSED_RESULT;
UcCall *uc_call_ref (UcCall *self);
void    uc_call_unref (UcCall *self);
void    uc_upload_part_free (UcUploadPart *part);

/* What was asked. */
const char *uc_call_get_param (UcCall *self, const char *name);
const char *uc_call_get_query (UcCall *self, const char *name, const char *fallback);
gboolean    uc_call_get_query_flag (UcCall *self, const char *name);
gint64      uc_call_get_query_int (UcCall *self, const char *name, gint64 fallback);
/* page and per_page, with the bounds of protocol.md 1.4 */
void uc_call_get_page (UcCall *self, int *offset, int *limit);
/* The body as an object or as a list of texts; @what names it in the refusal. */
JsonObject *uc_call_need_object (UcCall *self, const char *what, GError **error);
GPtrArray *
uc_call_need_strings (UcCall *self, const char *what, GError **error) G_GNUC_WARN_UNUSED_RESULT;
UcUploadPart *uc_call_find_part (UcCall *self, const char *field);

/* The answer. */
void uc_call_answer_object (UcCall *self, guint status, JsonObject *object);
void uc_call_answer_array (UcCall *self, guint status, JsonArray *array);
void uc_call_answer_node (UcCall *self, guint status, JsonNode *node);
void uc_call_answer_ok (UcCall *self);
void uc_call_answer_bytes (UcCall *self, const char *content_type, GBytes *bytes);
void uc_call_answer_error (UcCall *self, const GError *error);
void uc_call_add_header (UcCall *self, const char *name, const char *value);
/* TRUE when the client has this already: the answer is 304 then. */
gboolean uc_call_check_etag (UcCall *self, const char *etag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcCall, uc_call_unref)

G_END_DECLS
