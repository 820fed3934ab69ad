/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a filter of a search says to a person, and what a conversation is called in a
 * query. A value that means nothing stays as it was typed.
 */

#include "config.h"

#include "uc-search-chip.h"

#include "uc-annotation.h"
#include "uc-channel.h"
#include "uc-format.h"
#include "uc-sanitize.h"
#include "uc-user.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* Whole phrases: how they are put together differs from language to language. */
static const struct {
  const char *name;
  const char *value; /* (nullable): any, which then takes the place of %s */
  const char *text;
  const char *negated;
} phrases[] = {
  /* Translators: filters of a search. %s is a person. */
  { "from", NULL, N_ ("From %s"), N_ ("Not from %s") },
  /* Translators: %s is a conversation. */
  { "in", NULL, N_ ("In %s"), N_ ("Not in %s") },
  /* Translators: %s is a day, "3 March". */
  { "before", NULL, N_ ("Before %s"), NULL },
  { "after", NULL, N_ ("After %s"), NULL },
  { "on", NULL, N_ ("On %s"), NULL },
  { "has", "file", N_ ("With a file"), N_ ("Without a file") },
  { "has", "files", N_ ("With a file"), N_ ("Without a file") },
  { "has", "link", N_ ("With a link"), N_ ("Without a link") },
  { "has", "links", N_ ("With a link"), N_ ("Without a link") },
  { "has", "reaction", N_ ("With reactions"), N_ ("Without reactions") },
  { "has", "reactions", N_ ("With reactions"), N_ ("Without reactions") },
  { "is", "unread", N_ ("Unread"), N_ ("Read") },
  { "is", "pinned", N_ ("Pinned"), N_ ("Not pinned") },
  { "is", "saved", N_ ("Saved"), N_ ("Not saved") },
  { "is", "thread", N_ ("In a thread"), N_ ("Not in a thread") },
  /* Translators: %s is a category, "Question", or a priority, "Critical". */
  { "category", NULL, N_ ("Category: %s"), N_ ("Not category: %s") },
  { "priority", NULL, N_ ("Priority: %s"), N_ ("Not priority: %s") },
};

static char *
dup_person (UcDirectory *directory, const char *value)
{
  const char   *name = *value == '@' ? value + 1 : value;
  const UcUser *user;

  if (g_ascii_strcasecmp (name, "me") == 0)
    /* Translators: in "From me". */
    return g_strdup (C_ ("person", "me"));
  user = uc_directory_get_by_username (directory, name);
  return user != NULL ? uc_directory_dup_name (directory, user->id) : NULL;
}

static char *
dup_conversation (UcDirectory *directory, UcSidebar *sidebar, const char *value)
{
  UcSidebarItem *item;

  if (*value == '@')
    return dup_person (directory, value);
  item = uc_sidebar_find_named (sidebar, *value == '~' ? value + 1 : value);
  return item != NULL ? g_strdup (uc_sidebar_item_get_title (item)) : NULL;
}

static char *
dup_day (const char *value, gint64 now_ms)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  g_autoptr (GDateTime) day = NULL;
  guint year, month, day_of_month;
  int   length = 0;

  if (g_ascii_strcasecmp (value, "today") == 0)
    /* Translators: in "Before today". */
    return g_strdup (C_ ("day", "today"));
  if (g_ascii_strcasecmp (value, "yesterday") == 0)
    return g_strdup (C_ ("day", "yesterday"));
  if (sscanf (value, "%4u-%2u-%2u%n", &year, &month, &day_of_month, &length) != 3 ||
      value[length] != '\0')
    return NULL;
  day = g_date_time_new_local ((int) year, (int) month, (int) day_of_month, 12, 0, 0);
  if (day == NULL)
    return NULL;
  if (now != NULL && g_date_time_get_year (now) == (int) year)
    /* Translators: a day of this year, as g_date_time_format() takes it. */
    return g_date_time_format (day, C_ ("filter day", "%-e %B"));
  /* Translators: a day of another year, as g_date_time_format() takes it. */
  return g_date_time_format (day, C_ ("filter day", "%-e %B %Y"));
}

static char *
dup_class (const UcSearchChip *self)
{
  g_autofree char *word = g_ascii_strdown (self->value, -1);
  const char      *text = g_str_equal (self->name, "category")
                              ? uc_format_category (uc_category_from_string (word))
                              : uc_format_priority (uc_priority_from_string (word));

  return *text != '\0' ? g_strdup (text) : NULL;
}

/* (nullable): what takes the place of %s. */
static char *
dup_value (const UcSearchChip *self, UcDirectory *directory, UcSidebar *sidebar, gint64 now_ms)
{
  if (g_str_equal (self->name, "from"))
    return dup_person (directory, self->value);
  if (g_str_equal (self->name, "in"))
    return dup_conversation (directory, sidebar, self->value);
  if (g_str_equal (self->name, "category") || g_str_equal (self->name, "priority"))
    return dup_class (self);
  return dup_day (self->value, now_ms);
}

/* With one %s at most, which is checked because a translation may be broken. */
static char *
fill (const char *phrase, const char *value)
{
  const char *place = strstr (phrase, "%s");

  if (place == NULL)
    return g_strdup (phrase);
  return g_strdup_printf ("%.*s%s%s", (int) (place - phrase), phrase, value, place + 2);
}

/**
 * uc_search_chip_dup_label:
 * @self: a filter
 * @directory: who is who
 * @sidebar: the conversations
 * @now_ms: the present, ms since 1970
 *
 * Main thread.
 *
 * Returns: (transfer full): what it says, in the user's language
 */
char *
uc_search_chip_dup_label (const UcSearchChip *self,
                          UcDirectory        *directory,
                          UcSidebar          *sidebar,
                          gint64              now_ms)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++) {
    const char      *phrase = self->is_negated ? phrases[i].negated : phrases[i].text;
    g_autofree char *value = NULL;

    if (!g_str_equal (phrases[i].name, self->name) || phrase == NULL)
      continue;
    if (phrases[i].value != NULL) {
      if (g_ascii_strcasecmp (phrases[i].value, self->value) == 0)
        return g_strdup (_ (phrase));
      continue;
    }
    value = dup_value (self, directory, sidebar, now_ms);
    if (value == NULL)
      value = uc_sanitize_text (self->value, -1);
    return fill (_ (phrase), value);
  }
  return g_strdup_printf ("%s%s:%s", self->is_negated ? "-" : "", self->name, self->value);
}

/**
 * uc_search_chip_dup_place:
 * @directory: who is who
 * @sidebar: the conversations
 * @item: one of them
 *
 * Main thread.
 *
 * Returns: (transfer full): the value of `in:` that means @item and nothing else
 */
char *
uc_search_chip_dup_place (UcDirectory *directory, UcSidebar *sidebar, UcSidebarItem *item)
{
  const UcChannel *channel;
  const UcUser    *partner;

  g_return_val_if_fail (UC_IS_SIDEBAR_ITEM (item), NULL);

  channel = uc_sidebar_item_get_channel (item);
  if (channel->type == UC_CHANNEL_DIRECT) {
    partner = uc_directory_get_user (directory, uc_sidebar_item_get_partner_id (item));
    return partner != NULL ? g_strconcat ("@", partner->username, NULL) : g_strdup (channel->id);
  }
  /* Teams may have channels of the same name. */
  return g_strdup (uc_sidebar_find_named (sidebar, channel->name) == item ? channel->name
                                                                          : channel->id);
}
