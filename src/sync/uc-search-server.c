/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A search on the server: translate, ask (all teams at once, else team by team), store
 * what comes, and keep what the query's own operators let through. What was found is
 * written as posts that prove nothing about what lies between them. */

#include "config.h"

#include "uc-search-server-private.h"

#include "uc-error.h"
#include "uc-page-put-private.h"
#include "uc-query-scan.h"
#include "uc-request-queue-private.h"
#include "uc-server-terms-private.h"
#include "uc-store-search.h"

/* With its own database a server gives up to 100 on the first page and nothing after;
 * with a search engine, pages of this size. */
#define PER_PAGE  60
#define MAX_PAGES 3

struct _UcSearchServer {
  GObject parent_instance;

  UcContext *context;   /* (owned) */
  UcPeople  *people;    /* (owned) */
  gboolean   lacks_all; /* this server searches team by team */
};

G_DEFINE_FINAL_TYPE (UcSearchServer, uc_search_server, G_TYPE_OBJECT)

typedef struct {
  /* input */
  char *query;

  /* in progress */
  UcServerTerms *terms;    /* (owned) */
  GPtrArray     *team_ids; /* (owned) (nullable) still to be asked; NULL: all at once */
  int            page;
  GHashTable    *seen;    /* (owned) set of ids */
  GStrvBuilder  *builder; /* (owned) the ids in order */
  UcBatch       *batch;   /* (owned) */
  GStrv          ids;     /* (owned) */
  GHashTable    *stored;  /* (owned) set of ids that were here before */
} Job;

static void names_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void teams_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void page_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void stored_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void applied_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void judged_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->query);
  g_clear_pointer (&job->terms, _uc_server_terms_free);
  g_clear_pointer (&job->team_ids, g_ptr_array_unref);
  g_hash_table_unref (job->seen);
  g_strv_builder_unref (job->builder);
  g_clear_pointer (&job->batch, uc_batch_free);
  g_strfreev (job->ids);
  g_hash_table_unref (job->stored);
  g_free (job);
}

static void
uc_search_server_dispose (GObject *object)
{
  UcSearchServer *self = UC_SEARCH_SERVER (object);

  g_clear_object (&self->people);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_search_server_parent_class)->dispose (object);
}

static void
uc_search_server_class_init (UcSearchServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = uc_search_server_dispose;
}

static void
uc_search_server_init (UcSearchServer *self)
{
}

UcSearchServer *
_uc_search_server_new (UcContext *context, UcPeople *people)
{
  UcSearchServer *self = g_object_new (UC_TYPE_SEARCH_SERVER, NULL);

  self->context = g_object_ref (context);
  self->people = g_object_ref (people);
  return self;
}

/* -- Asking ------------------------------------------------------------------------------ */

static void
return_nothing (GTask *task)
{
  g_task_return_pointer (task, g_new0 (char *, 1), (GDestroyNotify) g_strfreev);
}

void
_uc_search_server_run_async (UcSearchServer     *self,
                             const char         *query,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Job    *job = g_new0 (Job, 1);
  GError *error = NULL;
  gsize   start;
  gsize   end;

  g_task_set_source_tag (task, _uc_search_server_run_async);
  job->query = g_strdup (query);
  job->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  job->stored = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  job->builder = g_strv_builder_new ();
  job->batch = uc_batch_new ();
  g_task_set_task_data (task, job, job_free);
  if (!uc_query_check (query, &start, &end, &error)) {
    g_task_return_error (task, error);
    return;
  }
  uc_store_resolve_query_async (self->context->store, query, self->context->my_user_id, cancellable,
                                names_cb, g_steal_pointer (&task));
}

static void
ask (GTask *task)
{
  UcSearchServer *self = g_task_get_source_object (task);
  Job            *job = g_task_get_task_data (task);
  const char     *team_id = job->team_ids != NULL ? g_ptr_array_index (job->team_ids, 0) : NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int zone_offset_s = (int) (g_date_time_get_utc_offset (now) / G_TIME_SPAN_SECOND);

  _uc_request_queue_send_async (self->context->requests, UC_LANE_BACKGROUND,
                                uc_request_search_posts (team_id, job->terms->text,
                                                         job->terms->any_word, zone_offset_s,
                                                         job->page, PER_PAGE),
                                g_task_get_cancellable (task), page_cb, g_object_ref (task));
}

static void
ask_teams (GTask *task)
{
  UcSearchServer *self = g_task_get_source_object (task);

  uc_store_load_teams_async (self->context->store, g_task_get_cancellable (task), teams_cb,
                             g_object_ref (task));
}

static void
names_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSearchServer *self = g_task_get_source_object (task);
  Job            *job = g_task_get_task_data (task);
  GError         *error = NULL;
  g_autoptr (GDateTime) today = g_date_time_new_now_local ();
  g_autoptr (GPtrArray) names = uc_store_resolve_query_finish (UC_STORE (source), result, &error);

  if (names == NULL) {
    g_task_return_error (task, error);
    return;
  }
  job->terms = _uc_server_terms_new (job->query, names, today);
  if (*job->terms->text == '\0')
    return_nothing (task);
  else if (self->lacks_all)
    ask_teams (task);
  else
    ask (task);
}

static void
teams_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) teams = uc_store_load_teams_finish (UC_STORE (source), result, &error);

  if (teams == NULL) {
    g_task_return_error (task, error);
    return;
  }
  job->team_ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < teams->len; i++)
    g_ptr_array_add (job->team_ids, g_strdup (((UcTeam *) g_ptr_array_index (teams, i))->id));
  if (teams->len == 0)
    return_nothing (task);
  else
    ask (task);
}

static gboolean
take_list (Job *job, GPtrArray *posts)
{
  gboolean is_any_new = FALSE;

  for (guint i = 0; i < posts->len; i++) {
    UcPost *post = g_ptr_array_index (posts, i);

    /* Direct channels are searched with every team. */
    if (!g_hash_table_add (job->seen, g_strdup (post->id)))
      continue;
    g_strv_builder_add (job->builder, post->id);
    is_any_new = TRUE;
  }
  return is_any_new;
}

/* Asks for what comes next; %FALSE at the end. */
static gboolean
ask_on (GTask *task, gboolean has_more)
{
  Job *job = g_task_get_task_data (task);

  if (has_more && job->page + 1 < MAX_PAGES) {
    job->page++;
  } else {
    job->page = 0;
    if (job->team_ids == NULL)
      return FALSE;
    g_ptr_array_remove_index (job->team_ids, 0);
    if (job->team_ids->len == 0)
      return FALSE;
  }
  ask (task);
  return TRUE;
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSearchServer *self = g_task_get_source_object (task);
  Job            *job = g_task_get_task_data (task);
  GError         *error = NULL;
  gboolean        has_more;
  g_autoptr (UcPostPage) page =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (page == NULL && job->team_ids == NULL &&
      g_error_matches (error, UC_ERROR, UC_ERROR_NOT_FOUND)) {
    g_clear_error (&error);
    self->lacks_all = TRUE;
    ask_teams (task);
    return;
  }
  if (page == NULL) {
    g_task_return_error (task, error);
    return;
  }
  _uc_page_put_loose (self->people, job->batch, page);
  has_more = take_list (job, page->posts) && page->n_raw >= PER_PAGE;
  if (ask_on (task, has_more))
    return;
  job->ids = g_strv_builder_end (job->builder);
  if (job->ids[0] == NULL)
    return_nothing (task);
  else
    uc_store_load_hits_async (self->context->store, "", (const char *const *) job->ids,
                              g_task_get_cancellable (task), stored_cb, g_object_ref (task));
}

/* -- What came ------------------------------------------------------------------------------ */

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) hits = uc_store_load_hits_finish (UC_STORE (source), result, &error);

  if (hits == NULL) {
    g_task_return_error (task, error);
    return;
  }
  for (guint i = 0; i < hits->len; i++) {
    UcSearchHit *hit = g_ptr_array_index (hits, i);

    g_hash_table_add (job->stored, g_strdup (hit->message->post->id));
  }
  uc_store_apply_async (UC_STORE (source), g_steal_pointer (&job->batch), applied_cb,
                        g_object_ref (task));
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSearchServer *self = g_task_get_source_object (task);
  Job            *job = g_task_get_task_data (task);
  GError         *error = NULL;

  if (!uc_store_apply_finish (UC_STORE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  uc_store_judge_hits_async (UC_STORE (source), job->query, self->context->my_user_id,
                             (const char *const *) job->ids, g_task_get_cancellable (task),
                             judged_cb, g_object_ref (task));
}

static gboolean
is_more (Job *job, const char *id, UcSearchVerdict verdict)
{
  switch (verdict) {
  case UC_VERDICT_FOUND:
    return !g_hash_table_contains (job->stored, id);
  case UC_VERDICT_MISSED:
    return !job->terms->is_partial;
  case UC_VERDICT_REFUSED:
  default:
    return FALSE;
  }
}

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GArray) verdicts = uc_store_judge_hits_finish (UC_STORE (source), result, &error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (verdicts == NULL) {
    g_task_return_error (task, error);
    return;
  }
  for (guint i = 0; i < verdicts->len; i++) {
    if (is_more (job, job->ids[i], g_array_index (verdicts, UcSearchVerdict, i)))
      g_strv_builder_add (builder, job->ids[i]);
  }
  g_task_return_pointer (task, g_strv_builder_end (builder), (GDestroyNotify) g_strfreev);
}

GStrv
_uc_search_server_run_finish (UcSearchServer *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
