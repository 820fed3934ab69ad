/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Passwords: yescrypt from the system's crypt(3), memory-hard and salted, in two
 * threads of their own. Which account a hash belongs to is not known here. */

#include "config.h"

#include "uc-password.h"

#include "uc-id.h"

#include <crypt.h>
#include <string.h>

#define N_THREADS 2
#define MAX_QUEUE 20
#define N_RANDOM  32

struct _UcPasswordPool {
  GThreadPool  *threads;
  GMainContext *context;
  guint         cost;
  char         *dummy_hash; /* what an unknown user's password is checked against */
  gboolean      is_closed;  /* main thread */
  guint         n_jobs;     /* main thread */
};

typedef struct {
  UcPasswordJob   job;
  UcPasswordPool *pool; /* (owned) */
  UcPasswordDone  done;
  gpointer        user_data;
  GDestroyNotify  free_user_data;
} Task;

static void
clear_crypt (struct crypt_data **data)
{
  explicit_bzero (*data, sizeof **data);
  g_clear_pointer (data, g_free);
}

/**
 * uc_password_hash:
 * @cost: what the algorithm is asked to spend
 *
 * Returns: (transfer full) (nullable): salt and hash in the form of crypt(5)
 */
char *
uc_password_hash (const char *password, guint cost)
{
  struct crypt_data *data = g_new0 (struct crypt_data, 1);
  char               salt[CRYPT_GENSALT_OUTPUT_SIZE];
  guint8             random[N_RANDOM];
  const char        *hash = NULL;
  char              *copy;

  uc_random_bytes (random, sizeof random);
  if (crypt_gensalt_rn ("$y$", cost, (const char *) random, sizeof random, salt, sizeof salt) !=
      NULL)
    hash = crypt_r (password, salt, data);
  copy = hash != NULL && *hash != '*' ? g_strdup (hash) : NULL;
  clear_crypt (&data);
  return copy;
}

/**
 * uc_password_check:
 *
 * Returns: whether @hash was made of @password; takes as long either way
 */
gboolean
uc_password_check (const char *password, const char *hash)
{
  struct crypt_data *data = g_new0 (struct crypt_data, 1);
  const char        *again = crypt_r (password, hash, data);
  guint8             difference = 0;
  gsize              length = strlen (hash);
  gboolean           is_same;

  is_same = again != NULL && *again != '*' && strlen (again) == length;
  for (gsize i = 0; is_same && i < length; i++)
    difference |= (guint8) (again[i] ^ hash[i]);
  is_same = is_same && difference == 0;
  clear_crypt (&data);
  return is_same;
}

static void
forget (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
pool_unref (UcPasswordPool *self)
{
  g_rc_box_release (self);
}

static void
task_free (Task *task)
{
  forget (task->job.password);
  forget (task->job.new_password);
  g_free (task->job.hash);
  g_free (task->job.new_hash);
  if (task->free_user_data != NULL)
    task->free_user_data (task->user_data);
  g_free (task);
}

static gboolean
task_done_cb (gpointer user_data)
{
  Task           *task = user_data;
  UcPasswordPool *self = task->pool;

  self->n_jobs--;
  if (!self->is_closed)
    task->done (&task->job, task->user_data);
  task_free (task);
  pool_unref (self);
  return G_SOURCE_REMOVE;
}

static void
run_in_thread (gpointer data, gpointer user_data)
{
  Task           *task = data;
  UcPasswordPool *self = user_data;
  UcPasswordJob  *job = &task->job;

  if (job->password != NULL)
    job->is_ok =
        uc_password_check (job->password, job->hash != NULL ? job->hash : self->dummy_hash) &&
        job->hash != NULL;
  if (job->new_password != NULL && (job->password == NULL || job->is_ok))
    job->new_hash = uc_password_hash (job->new_password, self->cost);
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, task_done_cb, task, NULL);
}

/**
 * uc_password_pool_new:
 * @cost: of new hashes
 */
UcPasswordPool *
uc_password_pool_new (guint cost)
{
  UcPasswordPool *self = g_rc_box_new0 (UcPasswordPool);

  self->context = g_main_context_ref_thread_default ();
  self->cost = cost;
  self->dummy_hash = uc_password_hash ("nobody's", cost);
  if (self->dummy_hash == NULL)
    g_error ("The system's libcrypt has no yescrypt");
  self->threads = g_thread_pool_new (run_in_thread, self, N_THREADS, FALSE, NULL);
  return self;
}

/**
 * uc_password_pool_push:
 * @password: (nullable): to be checked against @hash
 * @hash: (nullable): %NULL never fits, and takes as long to find out
 * @new_password: (nullable): to be hashed, once @password fits
 * @done: called on the main thread
 * @free_user_data: (nullable): called after @done, or when nobody waits any more;
 *   not when the queue is full
 *
 * Returns: %FALSE when the queue is full
 */
gboolean
uc_password_pool_push (UcPasswordPool *self,
                       const char     *password,
                       const char     *hash,
                       const char     *new_password,
                       UcPasswordDone  done,
                       gpointer        user_data,
                       GDestroyNotify  free_user_data)
{
  Task *task;

  if (self->n_jobs >= MAX_QUEUE)
    return FALSE;

  task = g_new0 (Task, 1);
  task->job.password = g_strdup (password);
  task->job.hash = g_strdup (hash);
  task->job.new_password = g_strdup (new_password);
  task->pool = g_rc_box_acquire (self);
  task->done = done;
  task->user_data = user_data;
  task->free_user_data = free_user_data;
  self->n_jobs++;
  g_thread_pool_push (self->threads, task, NULL);
  return TRUE;
}

/**
 * uc_password_pool_free:
 * @self: (transfer full):
 *
 * Waits for the hashes under way; their answers do not come any more.
 */
void
uc_password_pool_free (UcPasswordPool *self)
{
  self->is_closed = TRUE;
  g_thread_pool_free (self->threads, FALSE, TRUE);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->dummy_hash, g_free);
  pool_unref (self);
}
