/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lets the people of the demo say what they have said: one event after the other, in
 * the order of time over all conversations, each at its own time. */

#include "config.h"

#include "uc-demo-fill-private.h"

#include "uc-channel-service.h"
#include "uc-demo-people.h"
#include "uc-demo-picture.h"
#include "uc-error.h"
#include "uc-file-service.h"
#include "uc-id.h"
#include "uc-member-table.h"
#include "uc-post-service.h"

#include <glib/gstdio.h>
#include <string.h>

/* Until when today the visitor has looked at everything: what came later is unread. */
#define VISITOR_LOOKED_AT (7 * 60 + 32)

typedef enum {
  EVENT_MESSAGE,
  EVENT_REACTION,
  EVENT_EDIT,
  EVENT_LOOK, /* the visitor reads everything */
} EventKind;

typedef struct {
  EventKind                 kind;
  gint64                    time_ms;
  const UcDemoConversation *conversation;
  const UcDemoMessage      *message;
  const char               *emoji; /* of a reaction */
  const char               *name;
} Event;

/* -- The order of events --------------------------------------------------------------- */

static void
add_event (GArray *events, const Event *event)
{
  g_array_append_val (events, *event);
}

static void
add_reactions (UcDemoFilling *self, GArray *events, const Event *said)
{
  gint64 time_ms = said->time_ms;

  for (guint i = 0; i < said->message->reactions->len; i++) {
    const UcDemoReaction *reaction = g_ptr_array_index (said->message->reactions, i);

    for (guint j = 0; reaction->names[j] != NULL; j++) {
      Event event = *said;

      time_ms += g_rand_int_range (self->rand, 9000, 40000);
      event.kind = EVENT_REACTION;
      event.time_ms = time_ms;
      event.emoji = reaction->emoji;
      event.name = reaction->names[j];
      add_event (events, &event);
    }
  }
}

/* What was said in the same minute follows each other by seconds. */
static void
add_section (UcDemoFilling            *self,
             GArray                   *events,
             const UcDemoConversation *conversation,
             const UcDemoSection      *section)
{
  int minute = -1;
  int second = 0;

  for (guint i = 0; i < section->messages->len; i++) {
    const UcDemoMessage *message = g_ptr_array_index (section->messages, i);
    Event event = { .kind = EVENT_MESSAGE, .conversation = conversation, .message = message };

    second = message->at == minute ? MIN (second + g_rand_int_range (self->rand, 5, 15), 59)
                                   : g_rand_int_range (self->rand, 0, 30);
    minute = message->at;
    event.time_ms = _uc_demo_get_time (self, section->days_ago, minute, second);
    add_event (events, &event);
    add_reactions (self, events, &event);
    if (message->correction != NULL) {
      event.kind = EVENT_EDIT;
      event.time_ms += 95000;
      add_event (events, &event);
    }
  }
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const Event *first = a;
  const Event *second = b;

  return first->time_ms < second->time_ms ? -1 : first->time_ms > second->time_ms;
}

static GArray *
list_events (UcDemoFilling *self)
{
  GArray     *events = g_array_new (FALSE, TRUE, sizeof (Event));
  const Event look = { .kind = EVENT_LOOK,
                       .time_ms = _uc_demo_get_time (self, 0, VISITOR_LOOKED_AT, 0) };

  for (guint i = 0; i < self->script->conversations->len; i++) {
    const UcDemoConversation *conversation = g_ptr_array_index (self->script->conversations, i);

    for (guint j = 0; j < conversation->sections->len; j++)
      add_section (self, events, conversation, g_ptr_array_index (conversation->sections, j));
  }
  add_event (events, &look);
  g_array_sort (events, compare_events);
  return events;
}

/* -- Files ------------------------------------------------------------------------------ */

/* Writes the bytes to where uploads are received. */
static gboolean
write_content (const UcDemoFile *file, UcNewFile *fields, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) content = NULL;

  if (file->is_picture)
    content = uc_demo_picture_draw (file->name, file->text, &fields->width, &fields->height, error);
  else
    content = g_bytes_new (file->text, strlen (file->text));
  if (content == NULL)
    return FALSE;
  fields->size = (gint64) g_bytes_get_size (content);
  if (g_file_set_contents_full (fields->path, g_bytes_get_data (content, NULL),
                                (gssize) fields->size, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                &local))
    return TRUE;
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, "Writing a file of the demo: %s", local->message);
  return FALSE;
}

/* Gives the id of the file, which waits for its message. */
static char *
add_file (UcDemoFilling    *self,
          UcTxn            *step,
          const UcDemoFile *file,
          const UcActor    *author,
          const char       *channel_id,
          GError          **error)
{
  g_autofree char *name = uc_id_new ();
  g_autofree char *path = g_build_filename (step->site->incoming_dir, name, NULL);
  UcNewFile        fields = { .channel_id = channel_id, .name = file->name, .path = path };
  g_autoptr (UcFile) record = NULL;

  if (write_content (file, &fields, error))
    record = uc_file_service_create (step, author, &fields, error);
  if (record == NULL) {
    g_unlink (path);
    return NULL;
  }
  g_ptr_array_add (self->written_paths, uc_file_service_dup_path (step, record->id));
  self->totals->n_files++;
  return g_strdup (record->id);
}

/* -- Events ------------------------------------------------------------------------------ */

/* The channel of a conversation; direct ones begin when somebody says something. */
static const char *
find_channel (UcDemoFilling            *self,
              UcTxn                    *step,
              const UcDemoConversation *conversation,
              const UcActor            *actor,
              GError                  **error)
{
  const char *known = g_hash_table_lookup (self->channel_ids, conversation);
  g_autoptr (UcChannel) channel = NULL;
  g_autoptr (GPtrArray) others = NULL;
  char *id;

  if (known != NULL)
    return known;
  others = g_ptr_array_new ();
  for (guint i = 0; i < conversation->people->len; i++) {
    const UcActor *person = _uc_demo_get_actor (self, g_ptr_array_index (conversation->people, i));

    if (person != actor)
      g_ptr_array_add (others, (gpointer) person->user_id);
  }
  channel = others->len == 1
                ? uc_channel_service_open_direct (step, actor, g_ptr_array_index (others, 0), error)
                : uc_channel_service_open_group (step, actor, others, error);
  if (channel == NULL)
    return NULL;
  id = g_strdup (channel->id);
  g_hash_table_insert (self->channel_ids, (gpointer) conversation, id);
  return id;
}

static gboolean
say (UcDemoFilling *self, UcTxn *step, const Event *event, GError **error)
{
  const UcDemoMessage *message = event->message;
  const UcActor       *author = _uc_demo_get_actor (self, message->author);
  const char          *root_id = "";
  const char          *channel_id = find_channel (self, step, event->conversation, author, error);
  g_autoptr (GPtrArray) file_ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (UcPost) post = NULL;
  gboolean  is_repeat = FALSE;
  UcNewPost fields;

  if (channel_id == NULL)
    return FALSE;
  if (message->root != NULL)
    root_id = g_hash_table_lookup (self->post_ids, message->root);
  for (guint i = 0; i < message->files->len; i++) {
    char *id =
        add_file (self, step, g_ptr_array_index (message->files, i), author, channel_id, error);

    if (id == NULL)
      return FALSE;
    g_ptr_array_add (file_ids, id);
  }
  fields = (UcNewPost){
    .channel_id = channel_id,
    .root_id = root_id,
    .message = message->text,
    .type = "",
    .pending_post_id = "",
    .file_ids = file_ids,
    .is_pinned = message->is_pinned,
    .is_silent = TRUE,
  };
  post = uc_post_service_create (step, author, &fields, &is_repeat, error);
  if (post == NULL) {
    g_prefix_error (error, "“%s”: ", message->text);
    return FALSE;
  }
  g_hash_table_insert (self->post_ids, (gpointer) message, g_strdup (post->id));
  self->totals->n_messages++;
  return TRUE;
}

static gboolean
react (UcDemoFilling *self, UcTxn *step, const Event *event, GError **error)
{
  const UcActor *actor = _uc_demo_get_actor (self, event->name);
  g_autoptr (UcReaction) reaction = uc_reaction_new ();

  g_set_str (&reaction->user_id, actor->user_id);
  g_set_str (&reaction->post_id, g_hash_table_lookup (self->post_ids, event->message));
  g_set_str (&reaction->emoji_name, event->emoji);
  self->totals->n_reactions++;
  return uc_post_service_react (step, actor, reaction, error);
}

static gboolean
edit (UcDemoFilling *self, UcTxn *step, const Event *event, GError **error)
{
  g_autoptr (JsonObject) patch = json_object_new ();
  g_autoptr (UcPost) post = NULL;

  json_object_set_string_member (patch, "message", event->message->correction);
  post =
      uc_post_service_change (step, _uc_demo_get_actor (self, event->message->author),
                              g_hash_table_lookup (self->post_ids, event->message), patch, error);
  return post != NULL;
}

static gboolean
look (UcDemoFilling *self, UcTxn *step, const char *user_id, GError **error)
{
  GHashTableIter iter;
  gpointer       channel_id;

  g_hash_table_iter_init (&iter, self->channel_ids);
  while (g_hash_table_iter_next (&iter, NULL, &channel_id)) {
    if (!uc_member_table_view (step->db, channel_id, user_id, step->now_ms, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
run_event (UcDemoFilling *self, const Event *event, GError **error)
{
  g_auto (UcTxn) step = { 0 };

  _uc_demo_step_init (&step, self, event->time_ms);
  switch (event->kind) {
  case EVENT_MESSAGE:
    return say (self, &step, event, error);
  case EVENT_REACTION:
    return react (self, &step, event, error);
  case EVENT_EDIT:
    return edit (self, &step, event, error);
  case EVENT_LOOK:
    return look (self, &step, _uc_demo_get_actor (self, UC_DEMO_VISITOR)->user_id, error);
  default:
    g_assert_not_reached ();
  }
}

/* All but the visitor have read everything. */
static gboolean
look_all (UcDemoFilling *self, GError **error)
{
  g_auto (UcTxn) step = { 0 };

  _uc_demo_step_init (&step, self, self->txn->now_ms);
  for (guint i = 0; i < uc_demo_n_people; i++) {
    const char *username = uc_demo_people[i].username;

    if (!g_str_equal (username, UC_DEMO_VISITOR) &&
        !look (self, &step, _uc_demo_get_actor (self, username)->user_id, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
_uc_demo_tell (UcDemoFilling *self, GError **error)
{
  g_autoptr (GArray) events = list_events (self);

  for (guint i = 0; i < events->len; i++) {
    if (!run_event (self, &g_array_index (events, Event, i), error))
      return FALSE;
  }
  return look_all (self, error);
}
