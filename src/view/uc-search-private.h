/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-search.h"

G_BEGIN_DECLS

/* A page of results. */
#define UC_SEARCH_PAGE 40
/* By relevance there is one. */
#define UC_SEARCH_BEST 100

struct _UcSearch {
  GObject parent_instance;

  UcSession    *session; /* (owned) */
  UcStore      *store;   /* (owned) */
  char         *query;   /* (owned) as it was typed */
  UcSearchOrder order;

  /* The store's part. */
  GPtrArray    *items;        /* (owned) (element-type UcSearchItem) what is shown */
  GCancellable *cancellable;  /* (owned) (nullable) of the page under way */
  guint         delay_ms;     /* how long a query waits for the next letter */
  guint         delay_id;     /* 0: none is waiting */
  gboolean      is_searching; /* as it was told: one waits, or a page is under way */
  gint64        last_seq;     /* of the last one the store found; 0: none */
  gboolean      has_more;
  char         *error; /* (owned) (nullable) */
  gsize         error_start;
  gsize         error_end; /* 0: no place is known */

  /* The server's part. */
  UcSearchServer server;
  GCancellable  *server_cancellable; /* (owned) (nullable) */
  guint          server_delay_ms;
  guint          server_delay_id;
  GPtrArray     *held;          /* (owned) (element-type UcSearchItem) for pages to come */
  guint          n_from_server; /* of those shown */
};

/* uc-search-item.c */
UcSearchItem *_uc_search_item_new (const UcSearchHit *hit,
                                   gboolean           is_from_server) G_GNUC_WARN_UNUSED_RESULT;

/* uc-search-load.c: the store's part. */
void  _uc_search_load_first (UcSearch *self);
void  _uc_search_cancel_page (UcSearch *self);
char *_uc_search_dup_run (UcSearch *self) G_GNUC_WARN_UNUSED_RESULT;
/* @query as plain words: what would be an operator is looked for as it stands. */
char *_uc_search_dup_plain (const char *query) G_GNUC_WARN_UNUSED_RESULT;

/* uc-search-merge.c: what is shown. */
void _uc_search_put_page (UcSearch *self, GPtrArray *hits, gboolean is_first, gboolean has_more);
void _uc_search_put_from_server (UcSearch *self, GPtrArray *hits);
void _uc_search_clear (UcSearch *self);

/* uc-search-server.c: the server's part. */
void _uc_search_server_begin (UcSearch *self);
void _uc_search_server_stop (UcSearch *self);
void _uc_search_server_state_changed (UcSearch *self);

/* uc-search.c */
void _uc_search_set_error (UcSearch *self, const char *error, gsize start, gsize end);
void _uc_search_update_searching (UcSearch *self);
void _uc_search_set_server (UcSearch *self, UcSearchServer server);
/* For tests; 0 waits for the next turn of the main loop. */
void _uc_search_set_delays (UcSearch *self, guint delay_ms, guint server_delay_ms);

G_END_DECLS
