/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How messages and names look on standard output: JSON with the API's own names, or
 * lines for a person. Nothing that comes from outside reaches a terminal with its
 * control characters. */

#include "config.h"

#include "uc-print.h"

#include "uc-json.h"
#include "uc-sanitize.h"
#include "uc-wire-json.h"

#include <stdio.h>
#include <string.h>

struct _UcNames {
  GHashTable *users; /* (element-type utf8 UcUser) */
};

/* -- Names ---------------------------------------------------------------------------- */

UcNames *
uc_names_load (UcCtl *ctl)
{
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = NULL;
  UcNames *self;

  uc_store_load_users_async (ctl->store, NULL, NULL, uc_wait_cb, &wait);
  users = uc_store_load_users_finish (ctl->store, uc_wait_for (&wait), &error);
  if (users == NULL) {
    uc_ctl_fail (ctl, NULL, error);
    return NULL;
  }
  self = g_new0 (UcNames, 1);
  self->users =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) uc_user_unref);
  for (guint i = 0; i < users->len; i++) {
    UcUser *user = g_ptr_array_index (users, i);

    g_hash_table_insert (self->users, user->id, uc_user_ref (user));
  }
  return self;
}

void
uc_names_free (UcNames *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->users);
  g_free (self);
}

const char *
uc_names_get (UcNames *self, const char *user_id)
{
  UcUser *user = g_hash_table_lookup (self->users, user_id);

  return user != NULL && *user->username != '\0' ? user->username : user_id;
}

char *
uc_names_dup_channel (UcNames *self, const UcChannel *channel, const char *my_user_id)
{
  if (channel->type == UC_CHANNEL_DIRECT) {
    g_autofree char *partner_id = uc_channel_dup_partner_id (channel, my_user_id);
    g_autofree char *name =
        uc_sanitize_name (uc_names_get (self, partner_id != NULL ? partner_id : my_user_id));

    return g_strconcat ("@", name, NULL);
  }
  return uc_sanitize_name (*channel->display_name != '\0' ? channel->display_name : channel->name);
}

/* -- Messages ------------------------------------------------------------------------- */

void
uc_print_json (JsonObject *object)
{
  g_autofree char *text = uc_json_object_to_text (object);

  puts (text);
  json_object_unref (object);
}

const char *
uc_print_get_state (UcSendState state)
{
  switch (state) {
  case UC_SEND_QUEUED:
    return "queued";
  case UC_SEND_SENDING:
    return "sending";
  case UC_SEND_IN_DOUBT:
    return "in_doubt";
  case UC_SEND_DONE:
    return "done";
  case UC_SEND_FAILED:
    return "failed";
  case UC_SEND_NONE:
  default:
    return "none";
  }
}

static JsonObject *
make_annotation (const UcAnnotation *annotation)
{
  static const char *const sources[] = { "placeholder", "device", "server", "user" };
  JsonObject              *object = json_object_new ();

  json_object_set_string_member (object, "category", uc_category_to_string (annotation->category));
  json_object_set_string_member (object, "priority", uc_priority_to_string (annotation->priority));
  json_object_set_double_member (object, "confidence", annotation->confidence);
  json_object_set_string_member (object, "model", annotation->model);
  if ((guint) annotation->source < G_N_ELEMENTS (sources))
    json_object_set_string_member (object, "source", sources[annotation->source]);
  return object;
}

JsonObject *
uc_print_make_message (const UcMessage *message)
{
  g_autoptr (JsonNode) node = uc_wire_post_to_json (message->post);
  JsonObject *object = json_object_ref (json_node_get_object (node));

  if (message->send_state != UC_SEND_NONE) {
    json_object_set_string_member (object, "op", message->key);
    json_object_set_string_member (object, "send_state", uc_print_get_state (message->send_state));
    if (message->send_error != NULL)
      json_object_set_string_member (object, "send_error", message->send_error);
  }
  if (message->annotation != NULL)
    json_object_set_object_member (object, "annotation", make_annotation (message->annotation));
  return object;
}

static char *
dup_time (gint64 time_ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_local (time_ms / 1000);

  return utc != NULL ? g_date_time_format (utc, "%Y-%m-%d %H:%M") : g_strdup ("?");
}

void
uc_print_message (UcNames         *names,
                  const UcMessage *message,
                  const char      *channel_name,
                  const char      *text)
{
  const UcPost    *post = message->post;
  const char      *own = message->edit_text != NULL ? message->edit_text : post->message;
  g_autofree char *time = dup_time (post->create_at_ms);
  g_autofree char *author = uc_sanitize_name (
      post->override_name != NULL ? post->override_name : uc_names_get (names, post->user_id));
  g_autofree char *clean = uc_sanitize_text (text != NULL ? text : own, -1);
  g_auto (GStrv) lines = g_strsplit (clean, "\n", -1);

  printf ("%s  %s%s%s%s", time, channel_name != NULL ? channel_name : "",
          channel_name != NULL ? "  " : "", *post->root_id != '\0' ? "↳ " : "", author);
  if (message->send_state != UC_SEND_NONE && message->send_state != UC_SEND_DONE)
    printf (" [%s]", uc_print_get_state (message->send_state));
  printf (": %s\n", lines[0] != NULL ? lines[0] : "");
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    printf ("                    %s\n", lines[i]);
  for (guint i = 0; i < post->files->len; i++) {
    UcFile          *file = g_ptr_array_index (post->files, i);
    g_autofree char *name = uc_sanitize_file_name (file->name);
    g_autofree char *size = g_format_size ((guint64) MAX (file->size_bytes, 0));

    printf ("                    📎 %s (%s)\n", name, size);
  }
}
