/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came between two times, by conversation. */

#include "config.h"

#include "uc-notifier-digest.h"

#include "uc-channel.h"
#include "uc-member.h"

static void
add (GPtrArray    *states,
     const char   *id,
     UcChannelType type,
     gint64        unread,
     gint64        mentions,
     gboolean      is_muted)
{
  UcChannelState *state = g_new0 (UcChannelState, 1);

  state->channel = uc_channel_new ();
  state->member = uc_member_new ();
  g_set_str (&state->channel->id, id);
  state->channel->type = type;
  state->member->is_muted = is_muted;
  state->unread = unread;
  state->mentions = mentions;
  g_ptr_array_add (states, state);
}

static UcNotifierCounts *
count (gint64 ward, gint64 ward_mentions, gint64 ben, gint64 muted)
{
  g_autoptr (GPtrArray) states =
      g_ptr_array_new_with_free_func ((GDestroyNotify) uc_channel_state_free);

  add (states, "ward", UC_CHANNEL_OPEN, ward, ward_mentions, FALSE);
  add (states, "ben", UC_CHANNEL_DIRECT, ben, 0, FALSE);
  add (states, "muted", UC_CHANNEL_OPEN, muted, muted, TRUE);

  return uc_notifier_counts_new (states);
}

static char *
compare (UcNotifierCounts *before, UcNotifierCounts *after)
{
  g_autoptr (GPtrArray) all = uc_notifier_counts_compare (before, after);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < all->len; i++) {
    const UcNotifierNews *news = g_ptr_array_index (all, i);

    g_string_append_printf (text, "%s%s:%d", i > 0 ? " " : "", news->channel_id, (int) news->n_new);
  }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Of channels the mentions, of direct conversations everything, of muted ones nothing. */
static void
test_compare (void)
{
  g_autoptr (UcNotifierCounts) before = count (5, 1, 2, 0);
  g_autoptr (UcNotifierCounts) after = count (50, 2, 6, 9);
  g_autoptr (UcNotifierCounts) read = count (0, 0, 0, 0);
  g_autofree char *news = compare (before, after);
  g_autofree char *none = compare (after, read);

  g_assert_cmpstr (news, ==, "ben:4 ward:1");
  g_assert_cmpstr (none, ==, "");
}

static void
test_add (void)
{
  g_autoptr (UcNotifierCounts) before = count (0, 0, 0, 0);
  g_autoptr (UcNotifierCounts) after = count (0, 2, 1, 0);
  g_autofree char *news = NULL;

  uc_notifier_counts_add (before, "ben");
  uc_notifier_counts_add (before, "ward");
  news = compare (before, after);
  g_assert_cmpstr (news, ==, "ward:1");
}

static void
test_empty (void)
{
  g_autoptr (GPtrArray) states = g_ptr_array_new ();
  g_autoptr (UcNotifierCounts) empty = uc_notifier_counts_new (states);
  g_autoptr (UcNotifierCounts) some = count (0, 0, 0, 0);

  g_assert_true (uc_notifier_counts_is_empty (empty));
  g_assert_false (uc_notifier_counts_is_empty (some));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/app/notifier-digest/compare", test_compare);
  g_test_add_func ("/app/notifier-digest/add", test_add);
  g_test_add_func ("/app/notifier-digest/empty", test_empty);

  return g_test_run ();
}
