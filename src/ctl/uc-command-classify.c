/* SPDX-License-Identifier: GPL-3.0-or-later */

/* classify: the on-device model on JSON lines {"id","text"}, one line out for one line
 * in. Needs no store. */

#include "config.h"

#include "uc-commands.h"

#include "uc-classify.h"
#include "uc-error.h"
#include "uc-json.h"
#include "uc-print.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static gboolean
classify_line (UcClassifier *classifier, const char *line, gsize length, GError **error)
{
  g_autoptr (JsonNode) node = uc_json_parse (line, (gssize) length, error);
  JsonObject      *in = node != NULL ? uc_json_as_object (node, "", error) : NULL;
  const char      *text = in != NULL ? uc_json_need_string (in, "text", error) : NULL;
  UcClassification found;
  JsonObject      *out;

  if (text == NULL)
    return FALSE;
  found = uc_classifier_classify (classifier, text, strlen (text));
  out = json_object_new ();
  json_object_set_string_member (out, "id", uc_json_get_string (in, "id", ""));
  json_object_set_string_member (out, "category", uc_category_to_string (found.category));
  json_object_set_string_member (out, "priority", uc_priority_to_string (found.priority));
  json_object_set_double_member (out, "confidence", found.confidence);
  uc_print_json (out);
  return TRUE;
}

static int
classify_stream (UcCtl *ctl, UcClassifier *classifier, FILE *stream)
{
  char   *line = NULL;
  size_t  size = 0;
  ssize_t length;
  guint   number = 0;
  int     status = UC_EXIT_DONE;

  while ((length = getline (&line, &size, stream)) >= 0) {
    g_autoptr (GError) error = NULL;

    number++;
    while (length > 0 && g_ascii_isspace (line[length - 1]))
      length--;
    if (length == 0)
      continue;
    if (!classify_line (classifier, line, (gsize) length, &error)) {
      g_autofree char *where = g_strdup_printf ("line %u", number);

      status = uc_ctl_fail (ctl, where, error);
    }
  }
  if (ferror (stream))
    status = uc_ctl_fail (ctl, g_strerror (errno), NULL);
  free (line);
  return status;
}

/**
 * uc_command_classify:
 *
 * Returns: the exit status
 */
int
uc_command_classify (UcCtl *ctl, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UcClassifier) classifier = NULL;
  FILE *stream = stdin;
  int   status;

  if (!uc_ctl_parse (ctl, NULL, 0, 1, &argc, &argv, &status))
    return status;
  classifier = uc_classifier_new (&error);
  if (classifier == NULL)
    return uc_ctl_fail (ctl, NULL, error);

  if (argc > 1 && strcmp (argv[1], "-") != 0) {
    stream = fopen (argv[1], "re");
    if (stream == NULL)
      return uc_ctl_fail (ctl, g_strerror (errno), NULL);
  }
  status = classify_stream (ctl, classifier, stream);
  if (stream != stdin)
    fclose (stream);
  return status;
}
