/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drives an export: reads the store page by page, lets a format make text of it, and
 * writes that. Which formats there are stands in one table. */

#include "config.h"

#include "uc-export-private.h"

#include "uc-cache-folder.h"
#include "uc-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PAGE_MESSAGES 200
/* More than so many do not open well in one piece. */
#define MAX_FILE_MESSAGES 5000

static const UcExportFormat *const formats[] = {
  &_uc_export_jsonl,
  &_uc_export_html,
  &_uc_export_markdown,
};
static const char *const format_names[] = { "jsonl", "html", "markdown", NULL };

typedef struct {
  /* input */
  const UcExportOptions *options;
  UcExportProgress       progress;
  gpointer               user_data;
  GCancellable          *cancellable;

  /* in progress */
  UcExport export;
  UcExportReader *reader; /* (owned) */
  UcExportFolder *folder; /* (owned) */
  GString        *text;   /* (owned) not written yet */
  GPtrArray      *pages;  /* (owned) (element-type UcExportPage) */
  UcExportPage   *page;   /* (unowned) (nullable) the one under way */
  char           *cache;  /* (owned) folder of fetched files */
  char           *base;   /* (owned) what the files of this conversation begin with */
  char           *month;  /* (owned) */
  guint           part;   /* of the month, from 1 */
  gint64          n_total;
  UcExportResult  result;
} Run;

static void
page_free (gpointer data)
{
  UcExportPage *page = data;

  uc_channel_unref (page->channel);
  g_free (page->title);
  g_free (page->label);
  g_free (page->file_name);
  g_free (page->previous);
  g_free (page->next);
  g_free (page);
}

static void
run_clear (Run *run)
{
  g_free (run->export.site);
  g_free (run->export.user_id);
  g_free (run->export.username);
  g_free (run->export.channel_id);
  g_clear_pointer (&run->export.users, g_hash_table_unref);
  g_clear_pointer (&run->reader, uc_export_reader_free);
  g_clear_pointer (&run->folder, _uc_export_folder_free);
  if (run->text != NULL)
    g_string_free (g_steal_pointer (&run->text), TRUE);
  g_clear_pointer (&run->pages, g_ptr_array_unref);
  g_free (run->cache);
  g_free (run->base);
  g_free (run->month);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

const char *const *
uc_export_list_formats (void)
{
  return format_names;
}

static const UcExportFormat *
find_format (const char *name, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    if (strcmp (formats[i]->name, name) == 0)
      return formats[i];
  }
  g_set_error (error, UC_ERROR, UC_ERROR_INVALID, _ ("“%s” is no format of an export"), name);
  return NULL;
}

/* -- Writing ------------------------------------------------------------------------------ */

static gboolean
flush (Run *run, GError **error)
{
  return _uc_export_folder_write (run->folder, run->text, run->cancellable, error);
}

static gboolean
end_page (Run *run, const char *next, GError **error)
{
  UcExportPage *page = g_steal_pointer (&run->page);

  if (page == NULL)
    return TRUE;
  page->next = g_strdup (next);
  run->export.format->end_page (&run->export, page, run->text);
  return flush (run, error) && _uc_export_folder_end (run->folder, error);
}

static gboolean
begin_page (Run *run, UcChannel *channel, GError **error)
{
  const UcExportPage *last = run->page;
  UcExportPage       *page = g_new0 (UcExportPage, 1);

  page->channel = uc_channel_ref (channel);
  page->title = _uc_export_dup_title (&run->export, channel);
  page->label =
      run->part == 1 ? g_strdup (run->month) : g_strdup_printf ("%s (%u)", run->month, run->part);
  page->file_name = run->part == 1 ? g_strdup_printf ("%s-%s.%s", run->base, run->month,
                                                      run->export.format->extension)
                                   : g_strdup_printf ("%s-%s-%u.%s", run->base, run->month,
                                                      run->part, run->export.format->extension);
  page->previous = last != NULL ? g_strdup (last->file_name) : NULL;
  g_ptr_array_add (run->pages, page);
  if (!end_page (run, page->file_name, error) ||
      !_uc_export_folder_begin (run->folder, page->file_name, error))
    return FALSE;
  run->page = page;
  run->export.format->begin_page (&run->export, page, run->text);
  return TRUE;
}

/* A new file with each month, and within one when it grows too large. */
static gboolean
turn_page (Run *run, UcChannel *channel, const UcMessage *message, GError **error)
{
  g_autofree char *month = NULL;

  if (!run->export.format->is_paged)
    return TRUE;
  month = _uc_export_dup_time (message->post->create_at_ms, "%Y-%m");
  if (run->page != NULL && g_strcmp0 (month, run->month) == 0) {
    if (run->page->n_messages < MAX_FILE_MESSAGES)
      return TRUE;
    run->part++;
  } else {
    run->part = 1;
    g_set_str (&run->month, month);
  }
  return begin_page (run, channel, error);
}

static GPtrArray *
copy_files (Run *run, const UcPost *post, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < post->files->len; i++) {
    char *path = NULL;

    if (run->options->with_files) {
      if (!_uc_export_folder_copy (run->folder, g_ptr_array_index (post->files, i), run->cache,
                                   &path, run->cancellable, error))
        return NULL;
      run->result.n_files += path != NULL;
      run->result.n_missing_files += path == NULL;
    }
    g_ptr_array_add (paths, path);
  }
  return g_steal_pointer (&paths);
}

static gboolean
write_message (Run *run, UcChannel *channel, const UcMessage *message, GError **error)
{
  g_autoptr (GPtrArray) paths = NULL;

  if (!turn_page (run, channel, message, error))
    return FALSE;
  paths = copy_files (run, message->post, error);
  if (paths == NULL)
    return FALSE;
  run->export.format->message (&run->export, message, paths, run->text);
  run->result.n_messages++;
  if (run->page != NULL)
    run->page->n_messages++;
  return flush (run, error);
}

/* -- Reading ------------------------------------------------------------------------------ */

static gboolean
export_channel (Run *run, UcChannel *channel, GError **error)
{
  g_autofree char *title = _uc_export_dup_title (&run->export, channel);
  gint64           after_seq = G_MININT64;
  gboolean         has_more = TRUE;

  g_free (run->base);
  run->base = NULL;
  g_clear_pointer (&run->month, g_free);
  while (has_more) {
    g_autoptr (GPtrArray) messages = NULL;

    if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
      return FALSE;
    messages =
        uc_export_reader_load_messages (run->reader, channel->id, after_seq, PAGE_MESSAGES, error);
    if (messages == NULL)
      return FALSE;
    if (messages->len > 0 && run->base == NULL) {
      run->base = _uc_export_folder_take_name (run->folder, title);
      run->result.n_channels++;
    }
    for (guint i = 0; i < messages->len; i++) {
      const UcMessage *message = g_ptr_array_index (messages, i);

      if (!write_message (run, channel, message, error))
        return FALSE;
      after_seq = message->seq;
    }
    has_more = messages->len == PAGE_MESSAGES;
    if (run->progress != NULL && messages->len > 0)
      run->progress (run->result.n_messages, run->n_total, run->user_data);
  }
  return end_page (run, NULL, error);
}

static gboolean
load_users (Run *run, GError **error)
{
  g_autoptr (GPtrArray) users = uc_export_reader_load_users (run->reader, error);

  if (users == NULL)
    return FALSE;
  run->export.users =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) uc_user_unref);
  for (guint i = 0; i < users->len; i++) {
    UcUser *user = g_ptr_array_index (users, i);

    g_hash_table_insert (run->export.users, user->id, uc_user_ref (user));
    if (run->export.format->user != NULL)
      run->export.format->user (&run->export, user, run->text);
  }
  return TRUE;
}

static gboolean
load_fact (Run *run, const char *key, char **value, GError **error)
{
  if (!uc_export_reader_load_fact (run->reader, key, value, error))
    return FALSE;
  if (*value == NULL)
    *value = g_strdup ("");
  return TRUE;
}

static GPtrArray *
load_channels (Run *run, GError **error)
{
  g_autoptr (GPtrArray) channels =
      uc_export_reader_load_channels (run->reader, run->options->channel_id, error);

  if (channels == NULL)
    return NULL;
  if (channels->len == 0 && run->options->channel_id != NULL) {
    g_set_error (error, UC_ERROR, UC_ERROR_NOT_FOUND, _ ("There is no such conversation"));
    return NULL;
  }
  return g_steal_pointer (&channels);
}

/* What one wrote and did not send. */
static gboolean
write_unsent (Run *run, GPtrArray *drafts, GError **error)
{
  const UcExportFormat *format = run->export.format;
  g_autoptr (GPtrArray) rows = uc_export_reader_load_outbox (run->reader, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; format->draft != NULL && i < drafts->len; i++)
    format->draft (&run->export, g_ptr_array_index (drafts, i), run->text);
  for (guint i = 0; format->outbox_row != NULL && i < rows->len; i++) {
    const UcOutboxRow *row = g_ptr_array_index (rows, i);

    if (run->options->channel_id == NULL || strcmp (row->channel_id, run->options->channel_id) == 0)
      format->outbox_row (&run->export, row, run->text);
  }
  return TRUE;
}

static gboolean
write_end (Run *run, GError **error)
{
  const UcExportFormat *format = run->export.format;
  g_autoptr (GPtrArray) drafts =
      uc_export_reader_load_drafts (run->reader, run->options->channel_id, error);

  if (drafts == NULL || !write_unsent (run, drafts, error))
    return FALSE;
  if (format->is_paged) {
    g_autofree char *name = g_strconcat ("index.", format->extension, NULL);

    if (!_uc_export_folder_begin (run->folder, name, error))
      return FALSE;
    format->index (&run->export, run->pages, drafts, run->text);
  } else {
    format->end (&run->export, &run->result, run->text);
  }
  return flush (run, error) && _uc_export_folder_end (run->folder, error);
}

static gboolean
begin (Run *run, GError **error)
{
  const UcExportFormat *format = run->export.format;
  g_autofree char      *name = NULL;

  if (format->is_paged)
    return TRUE;
  name = g_strconcat ("export.", format->extension, NULL);
  if (!_uc_export_folder_begin (run->folder, name, error))
    return FALSE;
  format->begin (&run->export, run->text);
  return TRUE;
}

static gboolean
export_all (Run *run, GError **error)
{
  g_autoptr (GPtrArray) channels = load_channels (run, error);

  if (channels == NULL ||
      !uc_export_reader_count (run->reader, run->options->channel_id, &run->n_total, error) ||
      (run->folder = _uc_export_folder_make (run->options->folder, error)) == NULL ||
      !begin (run, error) || !load_users (run, error))
    return FALSE;
  for (guint i = 0; run->export.format->channel != NULL && i < channels->len; i++)
    run->export.format->channel (&run->export, g_ptr_array_index (channels, i), run->text);
  for (guint i = 0; i < channels->len; i++) {
    if (!export_channel (run, g_ptr_array_index (channels, i), error))
      return FALSE;
  }
  return write_end (run, error);
}

gboolean
uc_export_run (const UcExportOptions *options,
               UcExportProgress       progress,
               gpointer               user_data,
               UcExportResult        *result,
               GCancellable          *cancellable,
               GError               **error)
{
  g_auto (Run) run = {
    .options = options, .progress = progress, .user_data = user_data, .cancellable = cancellable
  };

  g_return_val_if_fail (options != NULL && options->store_path != NULL, FALSE);
  g_return_val_if_fail (options->folder != NULL && options->format != NULL, FALSE);
  g_return_val_if_fail (result != NULL, FALSE);

  run.text = g_string_new (NULL);
  run.pages = g_ptr_array_new_with_free_func (page_free);
  run.export.with_files = options->with_files;
  run.export.channel_id = g_strdup (options->channel_id);
  run.export.now_ms = g_get_real_time () / 1000;
  if ((run.export.format = find_format (options->format, error)) == NULL ||
      (run.reader = uc_export_reader_open (options->store_path, error)) == NULL ||
      !load_fact (&run, "site", &run.export.site, error) ||
      !load_fact (&run, "user_id", &run.export.user_id, error) ||
      !load_fact (&run, "username", &run.export.username, error))
    return FALSE;
  run.cache = options->cache_folder != NULL
                  ? g_strdup (options->cache_folder)
                  : uc_cache_folder_dup (run.export.site, run.export.user_id);
  if (!export_all (&run, error))
    return FALSE;
  *result = run.result;
  return TRUE;
}
