/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-clock.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The API level this server keeps to; clients decide by it what to ask for. */
#define UC_SITE_API_VERSION "5.37.0"

/* What a file may weigh, and how long a post may be (characters, not bytes). */
#define UC_SITE_MAX_FILE_BYTES (100 * 1024 * 1024)

/**
 * UcSite:
 *
 * What holds for the whole server while it runs: where its data lies and what it
 * tells clients about itself. Immutable, any thread.
 */
typedef struct {
  char    *data_dir;
  char    *files_dir;    /* uploaded files, by id */
  char    *pictures_dir; /* pictures of people and emoji */
  char    *incoming_dir; /* what is still being received */
  char    *site_url;     /* "" when not known */
  char    *version_id;   /* X-Version-Id */
  UcClock *clock;        /* (owned) */
  guint    hash_cost;    /* of yescrypt; 0: the library's own choice */
} UcSite;

UcSite *uc_site_new (const char *data_dir, const char *site_url, UcClock *clock, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void uc_site_free (UcSite *self);

/* `/config/client`: all values are strings; more of them for a signed-in user. */
JsonObject *uc_site_build_client_config (const UcSite *self,
                                         gboolean      is_signed_in,
                                         gboolean      has_no_accounts) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcSite, uc_site_free)

G_END_DECLS
