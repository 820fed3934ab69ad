/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One hash, on the calling thread: slow on purpose. NULL when the system's library
 * has no yescrypt. @cost 0 is the library's own choice. */
char    *uc_password_hash (const char *password, guint cost) G_GNUC_WARN_UNUSED_RESULT;
gboolean uc_password_check (const char *password, const char *hash);

/**
 * UcPasswordPool:
 *
 * Two threads that hash, behind a short queue: each hash costs memory and time by
 * design, so more at once would be a lever for whoever wants the server to stand
 * still. Main thread.
 */
typedef struct _UcPasswordPool UcPasswordPool;

typedef struct {
  char    *password;     /* (nullable) input: to be checked */
  char    *hash;         /* (nullable) input: of the account; NULL takes as long */
  char    *new_password; /* (nullable) input: to be hashed */
  gboolean is_ok;        /* result */
  char    *new_hash;     /* result */
} UcPasswordJob;

typedef void (*UcPasswordDone) (UcPasswordJob *job, gpointer user_data);

UcPasswordPool *uc_password_pool_new (guint cost) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE when the queue is full: nothing happens then. */
gboolean uc_password_pool_push (UcPasswordPool *self,
                                const char     *password,
                                const char     *hash,
                                const char     *new_password,
                                UcPasswordDone  done,
                                gpointer        user_data,
                                GDestroyNotify  free_user_data);
void     uc_password_pool_free (UcPasswordPool *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcPasswordPool, uc_password_pool_free)

G_END_DECLS
