/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small organisation in a real store. The server's address is one where nobody
 * listens, so that everything is as it is offline. */

#include "config.h"

#include "uc-account-fixture.h"

#include "uc-api.h"
#include "uc-id.h"
#include "uc-secrets.h"
#include "uc-test.h"

#define SITE "http://127.0.0.1:9"
/* 2026-11-20 10:00 UTC. */
#define NOW_MS  G_GINT64_CONSTANT (1795168800000)
#define HOUR_MS (60 * 60 * 1000)

static void
put_user (UcBatch    *batch,
          const char *id,
          const char *username,
          const char *first_name,
          const char *last_name,
          const char *position)
{
  g_autoptr (UcUser) user = uc_user_new ();

  g_set_str (&user->id, id);
  g_set_str (&user->username, username);
  g_set_str (&user->first_name, first_name);
  g_set_str (&user->last_name, last_name);
  g_set_str (&user->position, position);
  g_set_str (&user->roles, "system_user system_admin");
  user->create_at_ms = user->update_at_ms = NOW_MS - 1000 * (gint64) HOUR_MS;
  uc_batch_put_user (batch, user);
}

static UcTeam *
new_team (const char *id, const char *name, const char *display_name)
{
  UcTeam *team = uc_team_new ();

  g_set_str (&team->id, id);
  g_set_str (&team->name, name);
  g_set_str (&team->display_name, display_name);
  team->type = 'O';
  team->create_at_ms = team->update_at_ms = NOW_MS - 1000 * (gint64) HOUR_MS;

  return team;
}

static void
put_channel (UcBatch      *batch,
             const char   *id,
             const char   *team_id,
             UcChannelType type,
             const char   *name,
             const char   *display_name,
             gint64        unread,
             gint64        mentions)
{
  g_autoptr (UcChannel) channel = uc_channel_new ();
  g_autoptr (UcMember) member = uc_member_new ();

  g_set_str (&channel->id, id);
  g_set_str (&channel->team_id, team_id);
  g_set_str (&channel->name, name);
  g_set_str (&channel->display_name, display_name);
  channel->type = type;
  channel->create_at_ms = channel->update_at_ms = NOW_MS - 1000 * (gint64) HOUR_MS;
  channel->last_post_at_ms = NOW_MS - HOUR_MS;
  channel->total_msg_count = channel->total_msg_count_root = 40;
  uc_batch_put_channel (batch, channel);

  g_set_str (&member->channel_id, id);
  g_set_str (&member->user_id, UC_FIXTURE_ME);
  member->read_msg_count = member->read_msg_count_root = 40 - unread;
  member->mention_count = member->mention_count_root = mentions;
  member->last_viewed_at_ms = NOW_MS - 2 * HOUR_MS;
  member->last_update_at_ms = NOW_MS - 2 * HOUR_MS;
  uc_batch_put_member (batch, member);
}

static UcPost *
new_post (const char *channel_id, const char *user_id, const char *text, gint64 at_ms)
{
  g_autofree char *id = uc_id_new ();
  UcPost          *post = uc_post_new ();

  g_set_str (&post->id, id);
  g_set_str (&post->channel_id, channel_id);
  g_set_str (&post->user_id, user_id);
  g_set_str (&post->message, text);
  post->create_at_ms = post->update_at_ms = at_ms;
  post->has_metadata = TRUE;

  return post;
}

static void
put_talk (UcBatch *batch, const char *channel_id)
{
  static const char *const talk[] = {
    "Good morning! The new pump for room 12 is here.",
    "Can somebody check the infusion pump in room 7?",
    "Grüße aus der Chirurgie: the plan for tomorrow stands.",
    "The meeting moves to 14:30, same room.",
  };
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);

  for (guint i = 0; i < G_N_ELEMENTS (talk); i++)
    g_ptr_array_add (posts, new_post (channel_id, i % 2 == 0 ? UC_FIXTURE_BEN : UC_FIXTURE_CARLA,
                                      talk[i], NOW_MS - (gint64) (8 - i) * HOUR_MS));
  uc_batch_put_page (batch, channel_id, posts, UC_PAGE_LATEST, NULL, TRUE, TRUE);
}

static void
apply (UcStore *store, UcBatch *batch)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_store_apply_async (store, batch, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  uc_store_apply_finish (store, result, &error);
  g_assert_no_error (error);
}

static void
fill (UcStore *store)
{
  UcBatch *batch = uc_batch_new ();
  g_autoptr (GPtrArray) teams = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_team_unref);
  g_autoptr (UcPreference) favourite =
      uc_preference_new (UC_FIXTURE_ME, "favorite_channel", UC_FIXTURE_WARD, "true");

  uc_batch_put_fact (batch, "site", SITE);
  uc_batch_put_fact (batch, "user_id", UC_FIXTURE_ME);
  uc_batch_put_fact (batch, "username", "anna.keller");
  put_user (batch, UC_FIXTURE_ME, "anna.keller", "Anna", "Keller", "Ward manager");
  put_user (batch, UC_FIXTURE_BEN, "ben.moser", "Ben", "Moser", "Nurse");
  put_user (batch, UC_FIXTURE_CARLA, "carla.sims", "Carla", "Sims", "Surgeon");
  g_ptr_array_add (teams, new_team (UC_FIXTURE_HOSPITAL, "hospital", "Lindenhof Hospital"));
  g_ptr_array_add (teams, new_team (UC_FIXTURE_RESEARCH, "research", "Research"));
  uc_batch_replace_teams (batch, teams);
  put_channel (batch, UC_FIXTURE_TOWN, UC_FIXTURE_HOSPITAL, UC_CHANNEL_OPEN, "town-square",
               "Town Square", 3, 1);
  put_channel (batch, UC_FIXTURE_SURGERY, UC_FIXTURE_HOSPITAL, UC_CHANNEL_PRIVATE, "surgery",
               "Surgery", 0, 0);
  put_channel (batch, UC_FIXTURE_WARD, UC_FIXTURE_HOSPITAL, UC_CHANNEL_OPEN, "ward-3", "Ward 3", 0,
               0);
  put_channel (batch, UC_FIXTURE_LAB, UC_FIXTURE_RESEARCH, UC_CHANNEL_OPEN, "lab", "Laboratory", 2,
               0);
  put_channel (batch, UC_FIXTURE_DIRECT, "", UC_CHANNEL_DIRECT, UC_FIXTURE_BEN "__" UC_FIXTURE_ME,
               "", 1, 1);
  uc_batch_put_preference (batch, favourite);
  put_talk (batch, UC_FIXTURE_TOWN);
  apply (store, batch);
}

static UcStore *
open_store (const char *folder, UcClock *clock)
{
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  UcStore         *store = uc_store_new (path, clock);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_store_open_async (store, NULL, NULL, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  uc_store_open_finish (store, result, &error);
  g_assert_no_error (error);

  return store;
}

static gboolean
is_filled (gpointer user_data)
{
  UcSidebar *sidebar = user_data;

  /* Three headings, three channels, one direct. */
  return g_list_model_get_n_items (G_LIST_MODEL (sidebar)) == 7;
}

UcAccountFixture *
uc_account_fixture_new (void)
{
  UcAccountFixture *self = g_new0 (UcAccountFixture, 1);
  g_autofree char  *folder = uc_test_dup_temp_dir ();
  g_autofree char  *token_path = g_build_filename (folder, "token", NULL);
  g_autoptr (UcClock) clock = uc_clock_new_fake (NOW_MS);
  g_autoptr (UcApi) api = uc_api_new (SITE);
  g_autoptr (UcSecrets) secrets = uc_secrets_new_file (token_path);
  g_autoptr (UcFlags) flags = uc_flags_new ();
  g_autoptr (UcDirectory) directory = NULL;
  g_autoptr (UcSidebar) sidebar = NULL;

  self->store = open_store (folder, clock);
  fill (self->store);
  self->session = uc_session_new (self->store, api, secrets, flags, clock, UC_FIXTURE_ME);
  directory = uc_directory_new (self->session);
  sidebar = uc_sidebar_new (self->session, directory);
  uc_sidebar_set_team_id (sidebar, UC_FIXTURE_HOSPITAL);
  self->account = uc_window_account_new ("fixture", SITE, clock, self->session, directory, sidebar);
  uc_test_wait_until (is_filled, sidebar, 5000);

  return self;
}

void
uc_account_fixture_free (UcAccountFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_session_stop (self->session);
  g_clear_object (&self->account);
  g_clear_object (&self->session);
  uc_store_close_async (self->store, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  uc_store_close_finish (self->store, result, &error);
  g_assert_no_error (error);
  g_clear_object (&self->store);
  g_free (self);
}

void
uc_account_fixture_post (UcAccountFixture *self,
                         const char       *channel_id,
                         const char       *user_id,
                         const char       *text,
                         gboolean          mentions_me)
{
  UcBatch *batch = uc_batch_new ();
  g_autoptr (UcPost) post = new_post (channel_id, user_id, text, NOW_MS);

  uc_batch_put_pushed_post (batch, post, mentions_me);
  apply (self->store, batch);
}
