/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of the benchmarks' store. What a message is (a reply to which, with a
 * picture or not) follows from its number alone, so that a root knows its replies and
 * nothing has to be kept. */

#include "config.h"

#include "uc-bench-posts.h"

/* How far a reply reaches back at most, and how far runs of replies may push it. */
#define REPLY_REACH 8
#define REPLY_LIMIT 24

/* A number that looks random and is always the same (the finaliser of splitmix64). */
static guint64
mix (guint64 value)
{
  value += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  value = (value ^ (value >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  value = (value ^ (value >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return value ^ (value >> 31);
}

static guint64
mix_post (guint channel, guint index)
{
  return mix (((guint64) channel << 32) | index);
}

/* The server's ids: 26 characters, in no order. */
static char *
make_id (guint64 seed)
{
  static const char letters[] = "ybndrfg8ejkmcpqxot1uwisza345h769";
  char             *id = g_new (char, 27);
  guint64           bits = mix (seed);

  for (guint i = 0; i < 26; i++) {
    if (i == 13)
      bits = mix (bits);
    id[i] = letters[bits & 31];
    bits >>= 5;
  }
  id[26] = '\0';
  return id;
}

char *
uc_bench_dup_channel_id (guint channel)
{
  return g_strdup_printf ("chan%022u", channel);
}

char *
uc_bench_dup_user_id (guint user)
{
  return g_strdup_printf ("user%022u", user);
}

char *
uc_bench_dup_post_id (guint channel, guint index)
{
  return make_id (mix_post (channel, index));
}

guint
uc_bench_get_n_posts (guint n_messages, guint channel)
{
  const guint half = n_messages / 2;
  double      sum = 0;

  if (channel == 0)
    return n_messages - half;
  for (guint i = 1; i < UC_BENCH_CHANNELS; i++)
    sum += 1.0 / (i + 5);
  return MAX ((guint) (half / sum / (channel + 5)), 1);
}

gint64
uc_bench_get_post_time (guint channel, guint index, guint n_posts)
{
  const gint64 step = UC_BENCH_SPAN_MS / n_posts;
  const gint64 wobble = (gint64) (mix_post (channel, index) % (guint64) MAX (step, 1));

  return UC_BENCH_NOW_MS - UC_BENCH_SPAN_MS + index * step + wobble;
}

/* -- Threads ---------------------------------------------------------------------------- */

static gboolean
is_reply (guint channel, guint index)
{
  return index > 0 && mix_post (channel, index) % 7 == 0;
}

static guint
find_root (guint channel, guint index)
{
  guint root = index - MIN (1 + (guint) (mix_post (channel, index) >> 8) % REPLY_REACH, index);

  while (is_reply (channel, root))
    root--;
  return root;
}

static int
count_replies (guint channel, guint index, guint n_posts)
{
  const guint end = MIN (index + REPLY_LIMIT, n_posts - 1);
  int         n_replies = 0;

  for (guint i = index + 1; i <= end; i++)
    n_replies += is_reply (channel, i) && find_root (channel, i) == index;
  return n_replies;
}

/* -- What hangs on a message ------------------------------------------------------------- */

static void
add_reactions (UcPost *post, UcBenchWords *words)
{
  static const char *const emoji[] = { "+1", "tada", "eyes", "heart", "white_check_mark" };

  for (guint i = 0, n = 1 + uc_bench_words_pick (words, 6); i < n; i++) {
    UcReaction *reaction = uc_reaction_new ();

    g_free (reaction->user_id);
    reaction->user_id = uc_bench_dup_user_id (i * 7 + uc_bench_words_pick (words, 6));
    g_set_str (&reaction->post_id, post->id);
    g_set_str (&reaction->emoji_name, emoji[uc_bench_words_pick (words, G_N_ELEMENTS (emoji))]);
    reaction->create_at_ms = post->create_at_ms + 1000 * (i + 1);
    g_ptr_array_add (post->reactions, reaction);
  }
  post->has_reactions = TRUE;
}

static void
add_file (UcPost *post, UcBenchWords *words, guint64 seed)
{
  UcFile        *file = uc_file_new ();
  const gboolean is_picture = seed % 2 == 0;

  g_free (file->id);
  file->id = make_id (seed + 1);
  g_set_str (&file->user_id, post->user_id);
  g_set_str (&file->post_id, post->id);
  g_set_str (&file->channel_id, post->channel_id);
  g_free (file->name);
  file->name = g_strdup_printf ("%s.%s", uc_bench_words_get (words, 100 + seed % 900),
                                is_picture ? "png" : "pdf");
  g_set_str (&file->extension, is_picture ? "png" : "pdf");
  g_set_str (&file->mime_type, is_picture ? "image/png" : "application/pdf");
  file->size_bytes = 20000 + (gint64) (seed % 900000);
  file->width = is_picture ? 1280 : 0;
  file->height = is_picture ? 720 : 0;
  file->has_preview = is_picture;
  file->create_at_ms = file->update_at_ms = post->create_at_ms;
  g_ptr_array_add (post->files, file);
  g_strfreev (post->file_ids);
  post->file_ids = g_strdupv ((char *[]){ file->id, NULL });
}

UcPost *
uc_bench_make_post (UcBenchWords *words, guint channel, guint index, guint n_posts)
{
  const guint64 seed = mix_post (channel, index);
  /* Two messages in five follow one of the same author. */
  const guint64 author = index > 0 && seed % 5 < 2 ? mix_post (channel, index - 1) : seed;
  UcPost       *post = uc_post_new ();

  g_free (post->id);
  post->id = uc_bench_dup_post_id (channel, index);
  g_free (post->channel_id);
  post->channel_id = uc_bench_dup_channel_id (channel);
  g_free (post->user_id);
  post->user_id =
      uc_bench_dup_user_id ((author >> 16) % ((author >> 40) % 2 == 0 ? 60 : UC_BENCH_USERS));
  g_free (post->message);
  post->message = uc_bench_words_make_text (words);
  post->create_at_ms = post->update_at_ms = uc_bench_get_post_time (channel, index, n_posts);
  post->has_metadata = TRUE;
  if (is_reply (channel, index)) {
    g_free (post->root_id);
    post->root_id = uc_bench_dup_post_id (channel, find_root (channel, index));
  } else
    post->reply_count = count_replies (channel, index, n_posts);
  if (seed % 17 == 1)
    add_reactions (post, words);
  if (seed % 31 == 1)
    add_file (post, words, seed);
  if (seed % 53 == 1)
    post->edit_at_ms = post->update_at_ms = post->create_at_ms + 60000;
  post->is_pinned = seed % 2003 == 1;
  return post;
}
