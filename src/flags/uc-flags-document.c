/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading a flags document. One that is broken in what this version knows is refused
 * as a whole, so that the last good one stays in force: half a document could turn on
 * for everybody what was meant for few. Flags it does not know are not looked at. */

#include "config.h"

#include "uc-flags-private.h"

#include "uc-error.h"
#include "uc-json.h"
#include "uc-limits.h"

#include <string.h>

/* FALSE when a flag that we know is broken. */
static gboolean
read_rules (UcFlagsDocument *self, JsonObject *flags, GError **error)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  json_object_iter_init (&iter, flags);
  while (json_object_iter_next (&iter, &name, &node)) {
    UcFlagId    id;
    JsonObject *object;

    /* Under both spellings, the proper one counts. */
    if (!uc_flag_from_name (name, &id) ||
        (strchr (name, '-') != NULL && json_object_has_member (flags, uc_flag_get_name (id))))
      continue;
    object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    g_clear_pointer (&self->rules[id], uc_flag_rule_free);
    self->rules[id] = object != NULL ? uc_flag_rule_new_from_json (object) : NULL;
    if (self->rules[id] == NULL) {
      g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "flags.%s: not a flag",
                   uc_flag_get_name (id));
      return FALSE;
    }
  }
  return TRUE;
}

UcFlagsDocument *
_uc_flags_document_parse (const char *text, GError **error)
{
  g_autoptr (UcFlagsDocument) self = g_new0 (UcFlagsDocument, 1);
  g_autoptr (JsonNode) root = NULL;
  gsize       length = strlen (text);
  JsonObject *object;
  JsonObject *flags;

  if (length > UC_LIMIT_FLAGS_BYTES) {
    g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "Flags of %zu bytes are too large", length);
    return NULL;
  }
  root = uc_json_parse (text, (gssize) length, error);
  object = root != NULL ? uc_json_as_object (root, "flags document", error) : NULL;
  if (object == NULL || !uc_json_need_int (object, "revision", &self->revision, error))
    return NULL;
  flags = uc_json_get_object (object, "flags");
  if (flags == NULL || self->revision < 0) {
    g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "flags: not a set of flags");
    return NULL;
  }
  if (!read_rules (self, flags, error))
    return NULL;

  self->segments = uc_json_dup_strings (uc_json_get_object (object, "context"), "segments");
  self->text = g_strdup (text);
  return g_steal_pointer (&self);
}

void
_uc_flags_document_free (UcFlagsDocument *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < UC_N_FLAGS; i++)
    g_clear_pointer (&self->rules[i], uc_flag_rule_free);
  g_strfreev (self->segments);
  g_free (self->text);
  g_free (self);
}
