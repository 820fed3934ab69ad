/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Unified Chat keeps in the props of a post (extension-api.md): the id of the
 * operation that sent it, and what a server thinks it is about. Taken out on reading
 * and put in on writing, so that a record holds each once; everything else in the
 * props stays as it came. */

#include "config.h"

#include "uc-wire-private.h"

#include "uc-id.h"
#include "uc-json.h"

#include <string.h>

/* Words of a newer server stay in the props: NULL then. */
static UcAnnotation *
read_annotation (JsonObject *ai)
{
  UcCategory category = uc_category_from_string (uc_json_get_string (ai, "category", NULL));
  UcPriority priority = uc_priority_from_string (uc_json_get_string (ai, "priority", NULL));
  g_autoptr (UcAnnotation) annotation = NULL;
  g_auto (GStrv) actions = NULL;

  if (category == UC_CATEGORY_NONE || priority == UC_PRIORITY_NONE)
    return NULL;

  annotation = uc_annotation_new ();
  annotation->category = category;
  annotation->priority = priority;
  annotation->source = UC_SOURCE_SERVER;
  annotation->confidence = CLAMP (uc_json_get_double (ai, "confidence", 0), 0, 1);
  annotation->at_ms = _uc_wire_get_time (ai, "at");
  _uc_wire_set_text (ai, "model", &annotation->model);
  actions = uc_json_dup_strings (ai, "actions");
  g_free (annotation->actions);
  annotation->actions = g_strjoinv (" ", actions);
  return g_steal_pointer (&annotation);
}

static JsonObject *
make_annotation (const UcAnnotation *annotation)
{
  JsonObject *ai = json_object_new ();
  JsonArray  *actions = json_array_new ();
  g_auto (GStrv) words = g_strsplit (annotation->actions, " ", -1);

  for (guint i = 0; words[i] != NULL; i++) {
    if (*words[i] != '\0')
      json_array_add_string_element (actions, words[i]);
  }
  json_object_set_string_member (ai, "category", uc_category_to_string (annotation->category));
  json_object_set_string_member (ai, "priority", uc_priority_to_string (annotation->priority));
  json_object_set_double_member (ai, "confidence", annotation->confidence);
  json_object_set_array_member (ai, "actions", actions);
  json_object_set_string_member (ai, "model", annotation->model);
  json_object_set_int_member (ai, "at", annotation->at_ms);
  return ai;
}

void
_uc_wire_take_props (UcPost *post, JsonObject *props)
{
  JsonObject *ours = uc_json_get_object (props, "unified_chat");
  const char *op_id = uc_json_get_string (ours, "op", NULL);

  if (uc_id_is_valid (op_id)) {
    g_set_str (&post->op_id, op_id);
    json_object_remove_member (ours, "op");
  }
  post->annotation = read_annotation (uc_json_get_object (ours, "ai"));
  if (post->annotation != NULL)
    json_object_remove_member (ours, "ai");
  if (ours != NULL && json_object_get_size (ours) == 0)
    json_object_remove_member (props, "unified_chat");

  post->is_from_bot = _uc_wire_get_truth (props, "from_bot", FALSE) ||
                      _uc_wire_get_truth (props, "from_webhook", FALSE);
  if (_uc_wire_get_truth (props, "from_webhook", FALSE))
    _uc_wire_set_text (props, "override_username", &post->override_name);

  g_free (post->props);
  post->props = props != NULL && json_object_get_size (props) > 0 ? uc_json_object_to_text (props)
                                                                  : g_strdup ("");
}

JsonObject *
_uc_wire_make_props (const UcPost *post, gboolean with_annotation)
{
  g_autoptr (JsonNode) node = *post->props != '\0' ? uc_json_parse (post->props, -1, NULL) : NULL;
  JsonObject *props = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node)
                                                                    : json_object_new ();
  JsonObject *ours;

  with_annotation = with_annotation && post->annotation != NULL;
  if (*post->op_id == '\0' && !with_annotation)
    return props;

  ours = uc_json_get_object (props, "unified_chat");
  if (ours == NULL) {
    ours = json_object_new ();
    json_object_set_object_member (props, "unified_chat", ours);
  }
  if (*post->op_id != '\0')
    json_object_set_string_member (ours, "op", post->op_id);
  if (with_annotation)
    json_object_set_object_member (ours, "ai", make_annotation (post->annotation));
  return props;
}
