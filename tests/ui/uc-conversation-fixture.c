/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Talk of every kind, for looking at and for tests. */

#include "config.h"

#include "uc-conversation-fixture.h"

#include "uc-display.h"
#include "uc-id.h"
#include "uc-test.h"

#define MINUTE_MS (60 * 1000)

/* A red square of 8 by 8 pixels as JPEG, as servers send mini previews. */
static const char mini_preview[] =
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsL"
    "EBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU"
    "FBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAj/xAAUEAEA"
    "AAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAABgj/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIR"
    "AxEAPwCdABykX//Z";

static UcPost *
new_post (const char *user_id, const char *text, gint64 at_ms)
{
  g_autofree char *id = uc_id_new ();
  UcPost          *post = uc_post_new ();

  g_set_str (&post->id, id);
  g_set_str (&post->channel_id, UC_FIXTURE_SURGERY);
  g_set_str (&post->user_id, user_id);
  g_set_str (&post->message, text);
  post->create_at_ms = post->update_at_ms = at_ms;
  post->has_metadata = TRUE;

  return post;
}

static void
add_reaction (UcPost *post, const char *user_id, const char *emoji_name)
{
  UcReaction *reaction = uc_reaction_new ();

  g_set_str (&reaction->user_id, user_id);
  g_set_str (&reaction->post_id, post->id);
  g_set_str (&reaction->emoji_name, emoji_name);
  reaction->create_at_ms = post->create_at_ms;
  g_ptr_array_add (post->reactions, reaction);
  post->has_reactions = TRUE;
}

static void
add_file (UcPost *post, const char *name, const char *mime_type, int width, int height)
{
  g_autofree char *id = uc_id_new ();
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  UcFile *file = uc_file_new ();

  g_set_str (&file->id, id);
  g_set_str (&file->post_id, post->id);
  g_set_str (&file->channel_id, post->channel_id);
  g_set_str (&file->user_id, post->user_id);
  g_set_str (&file->name, name);
  g_set_str (&file->mime_type, mime_type);
  g_set_str (&file->extension, strrchr (name, '.') + 1);
  file->size_bytes = 184320;
  file->width = width;
  file->height = height;
  file->has_preview = width > 0;
  if (width > 0)
    file->mini_preview = g_strdup (mini_preview);
  file->create_at_ms = post->create_at_ms;
  g_ptr_array_add (post->files, file);
  g_strv_builder_addv (ids, (const char **) post->file_ids);
  g_strv_builder_add (ids, id);
  g_strfreev (post->file_ids);
  post->file_ids = g_strv_builder_end (ids);
}

static void
set_flag (UcPost *post, UcCategory category, UcPriority priority, double confidence)
{
  post->annotation = uc_annotation_new ();
  post->annotation->category = category;
  post->annotation->priority = priority;
  post->annotation->confidence = confidence;
  post->annotation->source = UC_SOURCE_SERVER;
  g_set_str (&post->annotation->model, "server-1");
  post->annotation->at_ms = post->create_at_ms;
}

static void
add_plain (GPtrArray *posts, guint n, gint64 first_ms)
{
  static const char *const talk[] = {
    "Good morning! The round begins at nine.",
    "Bed four is free from noon on, the patient goes home with his daughter.",
    "Can somebody look at the pump in room 7? It has been giving the same alarm since the night "
    "shift, and the battery was changed only last week.",
    "On my way.",
    "Thanks!",
    "The results are in the record. Haemoglobin is stable, we go on as planned and look again "
    "tomorrow morning.",
  };

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (posts, new_post (i % 5 < 3 ? UC_FIXTURE_BEN : UC_FIXTURE_CARLA,
                                      talk[i % G_N_ELEMENTS (talk)],
                                      first_ms + i * 7 * (gint64) MINUTE_MS));
}

static void
add_kinds (GPtrArray *posts, gint64 first_ms)
{
  UcPost *post;
  gint64  at_ms = first_ms;

  post = new_post (UC_FIXTURE_CARLA, "Carla joined the channel.", at_ms);
  g_set_str (&post->type, "system_join_channel");
  g_set_str (&post->props, "{\"username\":\"carla.sims\"}");
  g_ptr_array_add (posts, post);

  post = new_post (UC_FIXTURE_CARLA,
                   "**Handover, night shift**\n- room 3: quiet\n- room 7: see @anna.keller\n"
                   "  - [x] pump changed\n  - [ ] service called\n\n> Call me when the results are "
                   "in.\n\nMore at https://example.org/handover and in ~ward-3 #handover",
                   at_ms += MINUTE_MS);
  add_reaction (post, UC_FIXTURE_BEN, "+1");
  add_reaction (post, UC_FIXTURE_ME, "+1");
  add_reaction (post, UC_FIXTURE_BEN, "tada");
  post->reply_count = 3;
  post->last_reply_at_ms = at_ms + MINUTE_MS;
  post->is_pinned = TRUE;
  set_flag (post, UC_CATEGORY_UPDATE, UC_PRIORITY_NORMAL, 0.91);
  g_ptr_array_add (posts, post);

  post = new_post (UC_FIXTURE_BEN, "The x-ray of this morning:", at_ms += MINUTE_MS);
  add_file (post, "x-ray.png", "image/png", 1600, 1000);
  add_file (post, "report of the radiology department, final version.pdf", "application/pdf", 0, 0);
  g_ptr_array_add (posts, post);

  post = new_post (UC_FIXTURE_BEN, "Ventilator alarm in room 12, somebody please come NOW",
                   at_ms += MINUTE_MS);
  set_flag (post, UC_CATEGORY_INCIDENT, UC_PRIORITY_CRITICAL, 0.97);
  g_ptr_array_add (posts, post);

  post = new_post (UC_FIXTURE_ME, "Coming", at_ms += MINUTE_MS);
  post->edit_at_ms = at_ms + 1000;
  g_ptr_array_add (posts, post);

  post = new_post (UC_FIXTURE_ME,
                   "```sh\nsystemctl restart pump-gateway && journalctl -fu pump-gateway --since "
                   "today\n```",
                   at_ms += MINUTE_MS);
  g_ptr_array_add (posts, post);

  post = new_post (UC_FIXTURE_CARLA, ":tada: :heart:", at_ms += 9 * MINUTE_MS);
  g_ptr_array_add (posts, post);
}

void
uc_conversation_fixture_apply (UcAccountFixture *account, UcBatch *batch)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_store_apply_async (account->store, batch, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  uc_store_apply_finish (account->store, result, &error);
  g_assert_no_error (error);
}

void
uc_conversation_fixture_fill (UcAccountFixture *account, guint n_plain)
{
  const gint64 end_ms = G_GINT64_CONSTANT (1795168800000) - 60 * (gint64) MINUTE_MS;
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  UcBatch *batch = uc_batch_new ();

  add_plain (posts, n_plain, end_ms - (n_plain + 4) * 7 * (gint64) MINUTE_MS);
  add_kinds (posts, end_ms - 18 * (gint64) MINUTE_MS);
  uc_batch_put_page (batch, UC_FIXTURE_SURGERY, posts, UC_PAGE_LATEST, NULL, TRUE, TRUE);
  uc_conversation_fixture_apply (account, batch);
}

char *
uc_conversation_fixture_post (UcAccountFixture *account,
                              const char       *user_id,
                              const char       *root_id,
                              const char       *text)
{
  static gint64 at_ms = G_GINT64_CONSTANT (1795168800000);
  UcBatch      *batch = uc_batch_new ();
  g_autoptr (UcPost) post = new_post (user_id, text, at_ms += 1000);

  g_set_str (&post->root_id, root_id);
  uc_batch_put_pushed_post (batch, post, FALSE);
  uc_conversation_fixture_apply (account, batch);

  return g_strdup (post->id);
}

GtkWidget *
uc_conversation_fixture_find (GtkWidget *root, GType type)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = uc_conversation_fixture_find (child, type);

    if (found != NULL)
      return found;
  }

  return NULL;
}

void
uc_conversation_fixture_resize (GtkWidget *window, int width, int height)
{
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  for (int i = 0; i < 20 && gtk_widget_get_width (window) != width; i++)
    uc_display_settle (window);
  uc_display_settle (window);
}

gboolean
uc_conversation_fixture_press (GtkWidget *widget, guint key, GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller)) {
      gboolean is_handled = FALSE;

      g_signal_emit_by_name (controller, "key-pressed", key, 0, modifiers, &is_handled);
      if (is_handled)
        return TRUE;
    }
    if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
      continue;
    for (guint k = 0; k < g_list_model_get_n_items (G_LIST_MODEL (controller)); k++) {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);
      GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

      if (GTK_IS_KEYVAL_TRIGGER (trigger) &&
          gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key &&
          gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers &&
          gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                        gtk_shortcut_get_arguments (shortcut)))
        return TRUE;
    }
  }

  return FALSE;
}
