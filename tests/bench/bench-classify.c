/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How often the model that ships is right on messages it was never trained on, and
 * what one message costs, against a floor of the same run: decoding the text and
 * hashing its bytes, which any model has to do.
 *
 *   bench-classify MESSAGES.jsonl     lines of {"text","category","priority"} */

#include "config.h"

#include "uc-classify.h"
#include "uc-json.h"

#include <string.h>

#define ROUNDS 200

typedef struct {
  char      *text;
  gsize      length;
  UcCategory category;
  UcPriority priority;
} Line;

static void
line_clear (gpointer data)
{
  Line *self = data;

  g_free (self->text);
}

static GArray *
load (const char *path, GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, TRUE, sizeof (Line));
  g_autofree char *content = NULL;
  g_auto (GStrv) rows = NULL;

  g_array_set_clear_func (lines, line_clear);
  if (!g_file_get_contents (path, &content, NULL, error))
    return NULL;
  rows = g_strsplit (content, "\n", -1);
  for (guint i = 0; rows[i] != NULL && rows[i][0] != '\0'; i++) {
    g_autoptr (JsonNode) node = uc_json_parse (rows[i], -1, error);
    JsonObject *object = node != NULL ? uc_json_as_object (node, path, error) : NULL;
    Line        line = { 0 };

    if (object == NULL)
      return NULL;
    line.text = g_strdup (uc_json_get_string (object, "text", ""));
    line.length = strlen (line.text);
    line.category = uc_category_from_string (uc_json_get_string (object, "category", ""));
    line.priority = uc_priority_from_string (uc_json_get_string (object, "priority", ""));
    g_array_append_val (lines, line);
  }
  return g_steal_pointer (&lines);
}

static guint32
floor_of (const Line *line)
{
  guint32 hash = 2166136261u;

  for (const char *at = line->text; *at != '\0'; at = g_utf8_next_char (at))
    hash = (hash ^ g_utf8_get_char (at)) * 16777619u;
  return hash;
}

static double
time_floor (GArray *lines)
{
  gint64           begin = g_get_monotonic_time ();
  volatile guint32 sink = 0;

  for (guint round = 0; round < ROUNDS; round++)
    for (guint i = 0; i < lines->len; i++)
      sink ^= floor_of (&g_array_index (lines, Line, i));
  return (double) (g_get_monotonic_time () - begin) / ROUNDS / lines->len;
}

static double
time_model (UcClassifier *classifier, GArray *lines)
{
  gint64 begin = g_get_monotonic_time ();

  for (guint round = 0; round < ROUNDS; round++)
    for (guint i = 0; i < lines->len; i++) {
      const Line *line = &g_array_index (lines, Line, i);

      uc_classifier_classify (classifier, line->text, line->length);
    }
  return (double) (g_get_monotonic_time () - begin) / ROUNDS / lines->len;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UcClassifier) classifier = uc_classifier_new (&error);
  g_autoptr (GArray) lines = argc == 2 && classifier != NULL ? load (argv[1], &error) : NULL;
  guint  n_category = 0, n_priority = 0, n_sure = 0, n_sure_right = 0;
  double floor_us, model_us;

  if (lines == NULL || lines->len == 0) {
    g_printerr ("bench-classify: %s\n", error != NULL ? error->message : "name a file of messages");
    return 1;
  }
  for (guint i = 0; i < lines->len; i++) {
    const Line      *line = &g_array_index (lines, Line, i);
    UcClassification found = uc_classifier_classify (classifier, line->text, line->length);
    gboolean         is_right = found.category == line->category;

    n_category += is_right;
    n_priority += found.priority == line->priority;
    n_sure += found.confidence >= 0.5;
    n_sure_right += is_right && found.confidence >= 0.5;
  }
  floor_us = time_floor (lines);
  model_us = time_model (classifier, lines);
  g_print ("%u messages never trained on\n", lines->len);
  g_print ("category right       %5.1f %%\n", 100.0 * n_category / lines->len);
  g_print ("priority right       %5.1f %%\n", 100.0 * n_priority / lines->len);
  g_print ("shown (>= 0.5)       %5.1f %%, right among them %.1f %%\n", 100.0 * n_sure / lines->len,
           100.0 * n_sure_right / MAX (n_sure, 1));
  g_print ("floor                %7.3f us a message\n", floor_us);
  g_print ("classify             %7.3f us a message, floor x %.1f\n", model_us,
           model_us / floor_us);
  return 0;
}
