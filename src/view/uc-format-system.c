/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * System posts in words of the user's language (protocol.md 21), from their type and
 * props. What is not known, and what its props do not tell, is shown as the server
 * worded it.
 */

#include "config.h"

#include "uc-format.h"

#include "uc-json-text.h"
#include "uc-markdown.h"
#include "uc-sanitize.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  const char *type;
  const char *member;   /* (nullable) of props: whom or what it is about */
  const char *sentence; /* %1$s: the actor, %2$s: that member */
  const char *emptied;  /* (nullable) when the member is empty */
} Wording;

static const Wording wordings[] = {
  { "system_join_channel", NULL, N_ ("%1$s joined the channel"), NULL },
  { "system_guest_join_channel", NULL, N_ ("%1$s joined the channel as a guest"), NULL },
  { "system_leave_channel", NULL, N_ ("%1$s left the channel"), NULL },
  { "system_join_team", NULL, N_ ("%1$s joined the team"), NULL },
  { "system_leave_team", NULL, N_ ("%1$s left the team"), NULL },
  { "system_add_to_channel", "addedUsername", N_ ("%1$s added %2$s to the channel"), NULL },
  { "system_add_guest_to_chan", "addedUsername", N_ ("%1$s added %2$s to the channel as a guest"),
    NULL },
  { "system_add_to_team", "addedUsername", N_ ("%1$s added %2$s to the team"), NULL },
  { "system_remove_from_channel", "removedUsername", N_ ("%1$s removed %2$s from the channel"),
    NULL },
  { "system_remove_from_team", "username", N_ ("%2$s was removed from the team"), NULL },
  { "system_header_change", "new_header", N_ ("%1$s changed the channel header to: %2$s"),
    N_ ("%1$s removed the channel header") },
  { "system_purpose_change", "new_purpose", N_ ("%1$s changed the channel purpose to: %2$s"),
    N_ ("%1$s removed the channel purpose") },
  { "system_displayname_change", "new_displayname", N_ ("%1$s renamed the channel to %2$s"), NULL },
  { "system_channel_deleted", NULL, N_ ("%1$s archived the channel"), NULL },
  { "system_channel_restored", NULL, N_ ("%1$s restored the channel"), NULL },
};

static const Wording *
find_wording (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (wordings); i++) {
    if (strcmp (wordings[i].type, type) == 0)
      return &wordings[i];
  }
  return NULL;
}

/* The placeholders are ours, so that a translation cannot ask printf for what is not
 * there. One pass: a name may hold what looks like a placeholder. */
static char *
fill (const char *sentence, const char *actor, const char *member)
{
  GString *out = g_string_new (NULL);

  for (const char *at = sentence; *at != '\0';) {
    if (g_str_has_prefix (at, "%1$s") || g_str_has_prefix (at, "%2$s")) {
      g_string_append (out, at[1] == '1' ? actor : member);
      at += strlen ("%1$s");
    } else {
      g_string_append_c (out, *at++);
    }
  }
  return g_string_free_and_steal (out);
}

static char *
dup_fallback (const UcPost *post)
{
  g_autofree char *text = uc_markdown_to_plain (post->message);

  return *text != '\0' ? g_steal_pointer (&text) : g_strdup (_ ("The conversation changed"));
}

/**
 * uc_format_system_post:
 * @post: a system post
 * @actor_name: what its author is called
 *
 * Returns: (transfer full): one line
 */
char *
uc_format_system_post (const UcPost *post, const char *actor_name)
{
  const Wording   *wording;
  g_autofree char *actor = NULL;
  g_autofree char *value = NULL;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (post != NULL, NULL);

  wording = find_wording (post->type);
  if (wording == NULL)
    return dup_fallback (post);
  actor = uc_sanitize_name_isolated (actor_name);
  if (wording->member == NULL)
    return fill (_ (wording->sentence), actor, "");

  value = uc_json_text_dup_string (post->props, wording->member);
  if (value == NULL || (*value == '\0' && wording->emptied == NULL))
    return dup_fallback (post);
  if (*value == '\0')
    return fill (_ (wording->emptied), actor, "");
  if (g_str_has_suffix (wording->member, "sername") ||
      strcmp (wording->member, "new_displayname") == 0)
    shown = uc_sanitize_name_isolated (value);
  else
    shown = uc_markdown_to_plain (value);
  return fill (_ (wording->sentence), actor, shown);
}
