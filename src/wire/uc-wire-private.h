/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-wire-json.h"

G_BEGIN_DECLS

/* -- Reading a member into a record's field ---------------------------------------- */

/* FALSE and UC_ERROR_PROTOCOL naming path and member when it is no id. */
gboolean    _uc_wire_need_id      (JsonObject  *object,
                                   const char  *path,
                                   const char  *member,
                                   char       **field,
                                   GError     **error);
/* As above for any text that is not empty. */
gboolean    _uc_wire_need_text    (JsonObject  *object,
                                   const char  *path,
                                   const char  *member,
                                   char       **field,
                                   GError     **error);
/* Leaves the field as it is unless there is an id. */
void        _uc_wire_set_id       (JsonObject  *object,
                                   const char  *member,
                                   char       **field);
/* Leaves the field as it is when there is no text. */
void        _uc_wire_set_text     (JsonObject  *object,
                                   const char  *member,
                                   char       **field);
/* The JSON of an object, NULL when there is none. (transfer full) */
char       *_uc_wire_dup_json     (JsonObject  *object,
                                   const char  *member) G_GNUC_WARN_UNUSED_RESULT;
/* 0 unless it lies between 1970 and the year 9999. */
gint64      _uc_wire_get_time     (JsonObject  *object,
                                   const char  *member);
/* 0 unless it is positive. */
gint64      _uc_wire_get_count    (JsonObject  *object,
                                   const char  *member);
int         _uc_wire_get_small    (JsonObject  *object,
                                   const char  *member);
/* The API writes truth values in two ways. */
gboolean    _uc_wire_get_truth    (JsonObject  *object,
                                   const char  *member,
                                   gboolean     fallback);

/* -- Bodies and lists ------------------------------------------------------------------ */

typedef gpointer (*UcWireReader) (JsonNode *node, const char *path, GError **error);

JsonNode   *_uc_wire_read_body    (GBytes         *body,
                                   GError        **error) G_GNUC_WARN_UNUSED_RESULT;
/* One record. */
gpointer    _uc_wire_read_one     (GBytes         *body,
                                   const char     *path,
                                   UcWireReader    read,
                                   GError        **error) G_GNUC_WARN_UNUSED_RESULT;
/* Adds every readable member of @array to @list; logs the others. */
void        _uc_wire_read_members (GPtrArray      *list,
                                   JsonArray      *array,
                                   const char     *path,
                                   UcWireReader    read);
/* The list in @body: an array, null, or an object with the array under @member. */
GPtrArray  *_uc_wire_read_list    (GBytes         *body,
                                   const char     *path,
                                   const char     *member,
                                   UcWireReader    read,
                                   GDestroyNotify  free_func,
                                   GError        **error) G_GNUC_WARN_UNUSED_RESULT;

UcPreference *_uc_wire_preference_from_json (JsonNode *node, const char *path, GError **error);

/* -- props.unified_chat ------------------------------------------------------------------ */

/* Takes op and a fully understood annotation out of @props into @post. */
void        _uc_wire_take_props   (UcPost         *post,
                                   JsonObject     *props);
/* The props of @post with its op, and its annotation when asked for. */
JsonObject *_uc_wire_make_props   (const UcPost   *post,
                                   gboolean        with_annotation) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
