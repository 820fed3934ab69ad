/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One JSON object a line, each with a "type": for programs. Nothing is left out and
 * nothing made safe; the format is described in the program's README. */

#include "config.h"

#include "uc-export-private.h"

#include "uc-json-text.h"

#define FORMAT_VERSION 1

/* -- Writing ------------------------------------------------------------------------------ */

static void
begin_object (GString *out, const char *type)
{
  g_string_append (out, "{\"type\":");
  uc_json_text_append (out, type);
}

static void
end_object (GString *out)
{
  g_string_append (out, "}\n");
}

static void
add_name (GString *out, const char *name)
{
  if (out->len > 0 && out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');
  g_string_append_printf (out, "\"%s\":", name);
}

static void
add_text (GString *out, const char *name, const char *text)
{
  add_name (out, name);
  if (text != NULL)
    uc_json_text_append (out, text);
  else
    g_string_append (out, "null");
}

static void
add_int (GString *out, const char *name, gint64 value)
{
  add_name (out, name);
  g_string_append_printf (out, "%" G_GINT64_FORMAT, value);
}

static void
add_boolean (GString *out, const char *name, gboolean value)
{
  add_name (out, name);
  g_string_append (out, value ? "true" : "false");
}

/* -- Lines -------------------------------------------------------------------------------- */

static void
begin (UcExport *self, GString *out)
{
  begin_object (out, "export");
  add_int (out, "version", FORMAT_VERSION);
  add_text (out, "program", "unified-chat " UC_VERSION);
  add_int (out, "at", self->now_ms);
  add_text (out, "site", self->site);
  add_text (out, "user_id", self->user_id);
  add_text (out, "username", self->username);
  add_text (out, "channel_id", self->channel_id);
  add_boolean (out, "with_files", self->with_files);
  end_object (out);
}

static void
write_user (UcExport *self, const UcUser *user, GString *out)
{
  begin_object (out, "user");
  add_text (out, "id", user->id);
  add_text (out, "username", user->username);
  add_text (out, "first_name", user->first_name);
  add_text (out, "last_name", user->last_name);
  add_text (out, "nickname", user->nickname);
  add_text (out, "position", user->position);
  add_text (out, "email", user->email);
  add_boolean (out, "is_bot", user->is_bot);
  add_int (out, "create_at", user->create_at_ms);
  add_int (out, "update_at", user->update_at_ms);
  add_int (out, "delete_at", user->delete_at_ms);
  end_object (out);
}

static void
write_channel (UcExport *self, const UcChannel *channel, GString *out)
{
  begin_object (out, "channel");
  add_text (out, "id", channel->id);
  add_text (out, "team_id", channel->team_id);
  add_text (out, "channel_type", uc_channel_type_to_string (channel->type));
  add_text (out, "name", channel->name);
  add_text (out, "display_name", channel->display_name);
  add_text (out, "header", channel->header);
  add_text (out, "purpose", channel->purpose);
  add_int (out, "create_at", channel->create_at_ms);
  add_int (out, "update_at", channel->update_at_ms);
  add_int (out, "delete_at", channel->delete_at_ms);
  end_object (out);
}

static void
add_reactions (GString *out, GPtrArray *reactions)
{
  add_name (out, "reactions");
  g_string_append_c (out, '[');
  for (guint i = 0; i < reactions->len; i++) {
    const UcReaction *reaction = g_ptr_array_index (reactions, i);

    g_string_append (out, i > 0 ? ",{" : "{");
    add_text (out, "user_id", reaction->user_id);
    add_text (out, "emoji_name", reaction->emoji_name);
    add_int (out, "create_at", reaction->create_at_ms);
    g_string_append_c (out, '}');
  }
  g_string_append_c (out, ']');
}

/* @paths (nullable): a file without one is only named. */
static void
add_files (GString *out, GPtrArray *files, GPtrArray *paths)
{
  add_name (out, "files");
  g_string_append_c (out, '[');
  for (guint i = 0; i < files->len; i++) {
    const UcFile *file = g_ptr_array_index (files, i);

    g_string_append (out, i > 0 ? ",{" : "{");
    add_text (out, "id", file->id);
    add_text (out, "name", file->name);
    add_text (out, "mime_type", file->mime_type);
    add_int (out, "size", file->size_bytes);
    add_text (out, "path", paths != NULL ? g_ptr_array_index (paths, i) : NULL);
    g_string_append_c (out, '}');
  }
  g_string_append_c (out, ']');
}

static void
add_annotation (GString *out, const UcAnnotation *annotation)
{
  char confidence[G_ASCII_DTOSTR_BUF_SIZE];

  add_name (out, "annotation");
  g_string_append_c (out, '{');
  add_text (out, "category", uc_category_to_string (annotation->category));
  add_text (out, "priority", uc_priority_to_string (annotation->priority));
  add_name (out, "confidence");
  g_string_append (out, g_ascii_formatd (confidence, sizeof confidence, "%.4f",
                                         CLAMP (annotation->confidence, 0, 1)));
  add_text (out, "model", annotation->model);
  g_string_append_c (out, '}');
}

static void
write_message (UcExport *self, const UcMessage *message, GPtrArray *paths, GString *out)
{
  const UcPost *post = message->post;

  begin_object (out, "message");
  add_text (out, "id", post->id);
  add_text (out, "channel_id", post->channel_id);
  add_text (out, "user_id", post->user_id);
  add_text (out, "root_id", post->root_id);
  add_text (out, "post_type", post->type);
  add_text (out, "message", post->message);
  add_text (out, "props", post->props);
  add_int (out, "create_at", post->create_at_ms);
  add_int (out, "update_at", post->update_at_ms);
  add_int (out, "edit_at", post->edit_at_ms);
  add_boolean (out, "is_pinned", post->is_pinned);
  add_boolean (out, "is_saved", message->is_saved);
  add_boolean (out, "is_from_bot", post->is_from_bot);
  if (post->override_name != NULL)
    add_text (out, "override_name", post->override_name);
  add_reactions (out, post->reactions);
  add_files (out, post->files, paths);
  if (message->annotation != NULL)
    add_annotation (out, message->annotation);
  if (message->send_state != UC_SEND_NONE && message->send_state != UC_SEND_DONE)
    add_text (out, "send_state", _uc_export_get_state (message->send_state));
  if (message->edit_text != NULL)
    add_text (out, "unsent_edit", message->edit_text);
  end_object (out);
}

static void
write_draft (UcExport *self, const UcDraft *draft, GString *out)
{
  begin_object (out, "draft");
  add_text (out, "channel_id", draft->channel_id);
  add_text (out, "root_id", draft->root_id);
  add_text (out, "message", draft->text);
  add_int (out, "update_at", draft->update_at_ms);
  end_object (out);
}

static const char *
get_kind (UcOpKind kind)
{
  static const char *const names[] = {
    [UC_OP_POST] = "post",
    [UC_OP_EDIT] = "edit",
    [UC_OP_DELETE] = "delete",
    [UC_OP_REACT] = "react",
    [UC_OP_UNREACT] = "unreact",
    [UC_OP_PIN] = "pin",
    [UC_OP_UNPIN] = "unpin",
    [UC_OP_SAVE] = "save",
    [UC_OP_UNSAVE] = "unsave",
    [UC_OP_VIEW] = "view",
    [UC_OP_SET_UNREAD] = "set_unread",
  };

  return (guint) kind < G_N_ELEMENTS (names) ? names[kind] : "unknown";
}

static void
write_outbox_row (UcExport *self, const UcOutboxRow *row, GString *out)
{
  begin_object (out, "outbox");
  add_text (out, "op", row->op_id);
  add_text (out, "kind", get_kind (row->kind));
  add_text (out, "state", _uc_export_get_state (row->state));
  add_text (out, "channel_id", row->channel_id);
  add_text (out, "root_id", row->root_id);
  add_text (out, "post_id", row->post_id);
  add_text (out, "message", row->message);
  add_text (out, "emoji_name", row->emoji_name);
  add_text (out, "reason", row->reason);
  add_int (out, "queued_at", row->queued_at_ms);
  add_files (out, row->files, NULL);
  end_object (out);
}

static void
end (UcExport *self, const UcExportResult *result, GString *out)
{
  begin_object (out, "end");
  add_int (out, "channels", result->n_channels);
  add_int (out, "messages", result->n_messages);
  add_int (out, "files", result->n_files);
  add_int (out, "missing_files", result->n_missing_files);
  end_object (out);
}

const UcExportFormat _uc_export_jsonl = {
  .name = "jsonl",
  .extension = "jsonl",
  .begin = begin,
  .user = write_user,
  .channel = write_channel,
  .message = write_message,
  .draft = write_draft,
  .outbox_row = write_outbox_row,
  .end = end,
};
