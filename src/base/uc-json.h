/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reading. A JsonNode is looked at through these only: each checks the type and
 * the range, and an error names the path, as "posts.abc.create_at". */

JsonNode   *uc_json_parse            (const char  *text,
                                      gssize       length,
                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode   *uc_json_parse_bytes      (GBytes      *bytes,
                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* For what a server hands on from other people: the one broken value is mended so
 * that the rest can be read. */
JsonNode   *uc_json_parse_mended     (const char  *text,
                                      gssize       length,
                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;

JsonObject *uc_json_as_object        (JsonNode    *node,
                                      const char  *path,
                                      GError     **error);
JsonArray  *uc_json_as_array         (JsonNode    *node,
                                      const char  *path,
                                      GError     **error);

/* Required members: NULL / FALSE and @error when absent or of another type. */
const char *uc_json_need_string      (JsonObject  *object,
                                      const char  *member,
                                      GError     **error);
const char *uc_json_need_id          (JsonObject  *object,
                                      const char  *member,
                                      GError     **error);
gboolean    uc_json_need_int         (JsonObject  *object,
                                      const char  *member,
                                      gint64      *value,
                                      GError     **error);

/* Optional members: the fallback when absent, null or of another type. */
const char *uc_json_get_string       (JsonObject  *object,
                                      const char  *member,
                                      const char  *fallback);
gint64      uc_json_get_int          (JsonObject  *object,
                                      const char  *member,
                                      gint64       fallback);
double      uc_json_get_double       (JsonObject  *object,
                                      const char  *member,
                                      double       fallback);
gboolean    uc_json_get_boolean      (JsonObject  *object,
                                      const char  *member,
                                      gboolean     fallback);
JsonObject *uc_json_get_object       (JsonObject  *object,
                                      const char  *member);
JsonArray  *uc_json_get_array        (JsonObject  *object,
                                      const char  *member);
char      **uc_json_dup_strings      (JsonObject  *object,
                                      const char  *member) G_GNUC_WARN_UNUSED_RESULT;
char      **uc_json_array_dup_strings (JsonArray  *array) G_GNUC_WARN_UNUSED_RESULT;

/* Writing. */
char       *uc_json_to_text          (JsonNode    *node) G_GNUC_WARN_UNUSED_RESULT;
char       *uc_json_object_to_text   (JsonObject  *object) G_GNUC_WARN_UNUSED_RESULT;
char       *uc_json_array_to_text    (JsonArray   *array) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
