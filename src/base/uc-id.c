/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Identifiers as Mattermost makes them, and the system's randomness. An id is made
 * and checked here, never taken apart. */

#include "config.h"

#include "uc-id.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define ID_BYTES      16
#define MAX_PATH_PART 128

/* z-base-32: no 0, l, v, 2, which are easily misread. */
static const char alphabet[] = "ybndrfg8ejkmcpqxot1uwisza345h769";

/**
 * uc_id_new:
 *
 * Any thread.
 *
 * Returns: (transfer full): 26 characters that nobody else will make
 */
char *
uc_id_new (void)
{
  guint8 bytes[ID_BYTES];
  char  *id = g_malloc (UC_ID_LENGTH + 1);
  guint  held = 0;
  guint  n_held = 0;
  guint  n = 0;

  uc_random_bytes (bytes, sizeof bytes);
  for (guint i = 0; i < sizeof bytes; i++) {
    held = (held << 8) | bytes[i];
    n_held += 8;
    while (n_held >= 5) {
      n_held -= 5;
      id[n++] = alphabet[(held >> n_held) & 31];
    }
  }
  if (n_held > 0)
    id[n++] = alphabet[(held << (5 - n_held)) & 31];
  g_assert (n == UC_ID_LENGTH);
  id[n] = '\0';
  return id;
}

/**
 * uc_id_is_valid:
 * @id: (nullable): text from anywhere
 *
 * Any thread.
 *
 * Returns: %TRUE for 26 characters of a-z and 0-9: then it may stand in a path
 */
gboolean
uc_id_is_valid (const char *id)
{
  guint n = 0;

  if (id == NULL)
    return FALSE;
  while (n <= UC_ID_LENGTH && (g_ascii_islower (id[n]) || g_ascii_isdigit (id[n])))
    n++;
  return n == UC_ID_LENGTH && id[n] == '\0';
}

/**
 * uc_id_is_path_part:
 * @part: (nullable): text from anywhere
 *
 * For what stands in a path and is not an id: names of users, teams, channels and
 * emoji, categories of preferences. Any thread.
 *
 * Returns: %TRUE for 1 to 128 of letters, digits, `.`, `_`, `+` and `-` that are not
 *   dots only: then it means the same in a URI as it reads
 */
gboolean
uc_id_is_path_part (const char *part)
{
  gsize n = 0;

  if (part == NULL)
    return FALSE;
  while (n <= MAX_PATH_PART &&
         (g_ascii_isalnum (part[n]) || (part[n] != '\0' && strchr ("._+-", part[n]) != NULL)))
    n++;
  return n > 0 && n <= MAX_PATH_PART && part[n] == '\0' && strspn (part, ".") < n;
}

/**
 * uc_random_bytes:
 * @bytes: (out caller-allocates) (array length=n_bytes): where to put them
 * @n_bytes: how many
 *
 * Unpredictable bytes, fit for tokens. Ends the program when the system has none:
 * there is nothing safe to do without. Any thread.
 */
void
uc_random_bytes (guint8 *bytes, gsize n_bytes)
{
  gsize n_done = 0;

  g_return_if_fail (bytes != NULL || n_bytes == 0);

  while (n_done < n_bytes) {
    gssize n = getrandom (bytes + n_done, n_bytes - n_done, 0);

    if (n > 0)
      n_done += (gsize) n;
    else if (errno != EINTR)
      g_error ("The system gives no random numbers: %s", g_strerror (errno));
  }
}
