/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For rooms that keep JSON as text without knowing json-glib. */

char *uc_json_text_dup_string        (const char *text,
                                      const char *member) G_GNUC_WARN_UNUSED_RESULT;
/* Of an object inside of the object. */
char *uc_json_text_dup_inner_string  (const char *text,
                                      const char *outer,
                                      const char *member) G_GNUC_WARN_UNUSED_RESULT;
char *uc_json_text_make_inner_string (const char *outer,
                                      const char *member,
                                      const char *value) G_GNUC_WARN_UNUSED_RESULT;
/* Appends @text as a JSON string with its quotation marks; what is not UTF-8 becomes
 * U+FFFD. */
void  uc_json_text_append     (GString    *json,
                               const char *text);

G_END_DECLS
