/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells the thread that opens a store how far its migration is. */

#include "config.h"

#include "uc-progress-private.h"

struct _UcProgress {
  UcStoreProgress func;
  gpointer        user_data;
  GMainContext   *context; /* (owned) */
};

typedef struct {
  UcStoreProgress func;
  gpointer        user_data;
  char           *step_name;
  double          fraction;
} News;

UcProgress *
_uc_progress_new (UcStoreProgress func, gpointer user_data, GMainContext *context)
{
  UcProgress *self = g_new0 (UcProgress, 1);

  self->func = func;
  self->user_data = user_data;
  self->context = g_main_context_ref (context);
  return self;
}

void
_uc_progress_free (UcProgress *self)
{
  g_main_context_unref (self->context);
  g_free (self);
}

static void
news_free (gpointer data)
{
  News *news = data;

  g_free (news->step_name);
  g_free (news);
}

static gboolean
news_cb (gpointer data)
{
  News *news = data;

  news->func (news->step_name, news->fraction, news->user_data);
  return G_SOURCE_REMOVE;
}

/* Queued before the end of the opening, so that it is told before that too. */
void
_uc_progress_report (const char *step_name, double fraction, gpointer user_data)
{
  UcProgress *self = user_data;
  g_autoptr (GSource) source = NULL;
  News *news;

  if (self->func == NULL)
    return;
  news = g_new0 (News, 1);
  news->func = self->func;
  news->user_data = self->user_data;
  news->step_name = g_strdup (step_name);
  news->fraction = fraction;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, news_cb, news, news_free);
  g_source_attach (source, self->context);
}
