/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where log lines go: past the redactor into GLib's own writer, and into a ring of
 * the newest lines. Messages people wrote are never logged at all; the redactor is
 * the net below that rule and knows the shapes in which secrets travel. */

#include "config.h"

#include "uc-log.h"

#include <string.h>

#define RING_LINES 500
#define LINE_BYTES 2000

static GMutex  ring_lock;
static GQueue *ring; /* guarded by ring_lock (element-type char *) oldest first */

/* Bytes, not characters: a log line may hold anything. Possessive, so that a long
 * line costs one pass. */
#define PATTERN                                                                                    \
  "\\bbearer(?:\\s|%20)++\\K[^\\s\"',;]++"                                                         \
  "|\\b(?:authorization|[a-z_-]*token|mmauthtoken|mmcsrf|(?:set-)?cookie):\\s*+\\K[^\\r\\n]++"     \
  "|\\b(?:[a-z_]*token|mmauthtoken|mmcsrf|[a-z_]*password)=\\K[^\\s&;\"']++"                       \
  "|\"(?:[a-z_]*token|[a-z_]*password|secret|mfa_code|mmauthtoken)\"\\s*+:\\s*+\"\\K"              \
  "(?:\\\\.|[^\"\\\\])++"

static const char *
get_field (const GLogField *fields, gsize n_fields, const char *key)
{
  for (gsize i = 0; i < n_fields; i++) {
    if (fields[i].length < 0 && strcmp (fields[i].key, key) == 0)
      return fields[i].value;
  }
  return NULL;
}

static void
keep_line (GLogLevelFlags level, const char *domain, const char *message)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%H:%M:%S");
  g_autofree char *valid = g_utf8_make_valid (message, (gssize) strnlen (message, LINE_BYTES));
  const char      *word = level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL) ? "critical"
                          : level & G_LOG_LEVEL_WARNING                      ? "warning"
                          : level & (G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_INFO) ? "info"
                                                                             : "debug";

  g_strdelimit (valid, "\r\n", ' ');
  g_mutex_lock (&ring_lock);
  if (ring == NULL)
    ring = g_queue_new ();
  g_queue_push_tail (ring, g_strdup_printf ("%s %s %s: %s", time, domain, word, valid));
  if (ring->length > RING_LINES)
    g_free (g_queue_pop_head (ring));
  g_mutex_unlock (&ring_lock);
}

static GLogWriterOutput
write_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  const char           *message = get_field (fields, n_fields, "MESSAGE");
  const char           *domain = get_field (fields, n_fields, "GLIB_DOMAIN");
  g_autofree char      *redacted = uc_log_redact (message != NULL ? message : "");
  g_autofree GLogField *copies = g_memdup2 (fields, n_fields * sizeof *fields);

  for (gsize i = 0; i < n_fields; i++) {
    if (strcmp (copies[i].key, "MESSAGE") == 0) {
      copies[i].value = redacted;
      copies[i].length = -1;
    }
  }

  /* Our own rooms' debug lines are kept even when nobody sees them: they are what
   * explains a failure that has just happened. */
  if ((domain != NULL && g_str_has_prefix (domain, "uc-")) ||
      !g_log_writer_default_would_drop (level, domain))
    keep_line (level, domain != NULL ? domain : "-", redacted);

  /* The default writer also honours G_MESSAGES_DEBUG and G_DEBUG. */
  return g_log_writer_default (level, copies, n_fields, NULL);
}

/**
 * uc_log_install:
 *
 * Makes every later log line of the process go this way. Call once, first thing in
 * main(); standard output is then never written to by a log line.
 */
void
uc_log_install (void)
{
  g_log_writer_default_set_use_stderr (TRUE);
  g_log_set_writer_func (write_cb, NULL, NULL);
}

/**
 * uc_log_redact:
 * @text: (nullable): anything, valid UTF-8 or not
 *
 * Hides bearer tokens, tokens and passwords in JSON, in headers and in queries. Any
 * thread.
 *
 * Returns: (transfer full): @text with `…` in the place of each secret
 */
char *
uc_log_redact (const char *text)
{
  static GRegex *regex;
  g_autoptr (GError) error = NULL;
  char *redacted;

  if (g_once_init_enter_pointer (&regex)) {
    GRegex *compiled =
        g_regex_new (PATTERN, G_REGEX_CASELESS | G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, &error);

    g_assert_no_error (error);
    g_once_init_leave_pointer (&regex, compiled);
  }

  if (text == NULL)
    return g_strdup ("");
  redacted = g_regex_replace_literal (regex, text, -1, 0, "…", 0, &error);
  /* What could not be looked through is not shown. */
  return redacted != NULL ? redacted : g_strdup ("(a line that could not be redacted)");
}

/**
 * uc_log_dup_recent:
 *
 * Any thread.
 *
 * Returns: (transfer full): up to 500 of the newest lines, oldest first, each ended
 *   by a newline
 */
char *
uc_log_dup_recent (void)
{
  GString *text = g_string_new (NULL);

  g_mutex_lock (&ring_lock);
  for (GList *link = ring != NULL ? ring->head : NULL; link != NULL; link = link->next)
    g_string_append_printf (text, "%s\n", (const char *) link->data);
  g_mutex_unlock (&ring_lock);
  return g_string_free_and_steal (text);
}
