/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two people, one with two devices, do random things while random faults strike, for a
 * bounded number of steps. Then the faults end, everybody comes to rest, and: every
 * store equals the server row by row, each message is there exactly once, and each
 * conversation is in the order it was written in.
 *
 *   UC_TEST_SEED=N   this seed alone, and those after it up to
 *   UC_TEST_RUNS=N   so many
 *   UC_TEST_STEPS=N  steps of each
 *   UC_TEST_STRICT=1 also counts at once
 *   UC_TEST_TRACE=F  into this folder everything that came by the proxies */

#include "config.h"

#include "uc-fault-steps.h"
#include "uc-test-time.h"
#include "uc-test-truth.h"
#include "uc-test.h"

#define N_SEEDS 4
#define N_STEPS 120
/* For events that are on their way yet, and for rounds of polling: so many times the
 * devices get so long. Not a limit in time: on a busy machine the looking takes most. */
#define ARRIVE_TURNS 100
#define TURN_MS      50

typedef struct {
  UcFaultWorld *world;
  UcFaultSteps *steps;
  GHashTable   *failed; /* set of names that were refused for good */
  guint32       seed;
} Run;

/* -- Stores and server --------------------------------------------------------------- */

/* What was refused is shown to its author; here nobody tries again. */
static void
discard_failed (Run *run, UcDevice *device)
{
  g_autoptr (GPtrArray) rows = uc_test_client_load_outbox (device->client);

  for (guint i = 0; i < rows->len; i++) {
    UcOutboxRow *row = g_ptr_array_index (rows, i);

    /* What is on screen is marked as read by itself. */
    if (row->state != UC_SEND_FAILED && row->waits_for == NULL)
      continue;
    g_assert_true (row->state != UC_SEND_FAILED || row->reason != NULL);
    if (row->kind == UC_OP_POST)
      g_hash_table_add (run->failed, uc_fault_steps_dup_name (row->message));
    uc_session_discard (device->client->session, row->op_id);
  }
  uc_test_client_wait_outbox_empty (device->client);
}

static void
fill_holes (UcDevice *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_session_sync_full_async (device->client->session, NULL, uc_test_result_cb, &result);
  uc_session_sync_full_finish (device->client->session, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
}

/* (nullable) */
static char *
dup_difference (Run *run, UcDevice *device)
{
  g_auto (GStrv) server = uc_test_truth_of_server (run->world->server, device->username);
  g_auto (GStrv) client = uc_test_truth_of_client (device->client);

  return uc_test_truth_dup_difference ((const char *const *) server, (const char *const *) client);
}

/* (nullable): what still differs when nothing comes any more. */
static char *
wait_for_equal (Run *run, UcDevice *device)
{
  g_autofree char *difference = dup_difference (run, device);

  for (guint i = 0; difference != NULL && i < ARRIVE_TURNS; i++) {
    uc_fault_world_run (TURN_MS);
    /* Without a stream what is new is asked for in time. */
    if (device->is_polling)
      uc_test_time_skip (5000);
    g_free (difference);
    difference = dup_difference (run, device);
  }
  return g_steal_pointer (&difference);
}

/* Nothing but counts of replies. */
static gboolean
is_about_counts (const char *difference)
{
  g_auto (GStrv) lines = g_strsplit (difference, "\n", -1);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
    const char *row = strchr (lines[i], ':') + 1;

    row += strspn (row, " ");
    if (!g_str_has_prefix (row, "channel ") &&
        (!g_str_has_prefix (row, "post ") || strstr (row, " root: ") == NULL))
      return FALSE;
  }
  return TRUE;
}

/* In a few runs of a hundred a count, of a channel or of replies, is right only after the
 * next start, which reads it anew. Whoever looks for that sets UC_TEST_STRICT. */
static void
check_store (Run *run, UcDevice *device)
{
  g_autofree char *difference = wait_for_equal (run, device);

  if (difference != NULL && is_about_counts (difference) && g_getenv ("UC_TEST_STRICT") == NULL) {
    g_test_message ("seed %u, late:\n%s", run->seed, difference);
    g_clear_pointer (&difference, g_free);
    uc_fault_world_restart_device (run->world, device);
    uc_fault_world_settle (run->world);
    difference = wait_for_equal (run, device);
  }
  if (difference != NULL)
    g_error ("Seed %u: device %u is not what the server is:\n%s", run->seed,
             (guint) (device - run->world->devices), difference);
}

/* -- Once, and in order -------------------------------------------------------------- */

/* What was deleted may be there or not; so may replies to it. */
static gboolean
may_be_missing (Run *run, const UcWritten *written)
{
  return g_hash_table_contains (run->failed, written->name) ||
         g_hash_table_contains (run->steps->deleted, written->name) ||
         (written->root_name != NULL &&
          (g_hash_table_contains (run->steps->deleted, written->root_name) ||
           g_hash_table_contains (run->failed, written->root_name)));
}

static void
check_once (Run *run, const UcWritten *written, GHashTable *counts)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, written->name));

  if (n > 1 || (n == 0 && !may_be_missing (run, written)))
    g_error ("Seed %u: message %s is there %u times", run->seed, written->name, n);
}

static guint
get_number (const char *name)
{
  return (guint) g_ascii_strtoull (strchr (name, '-') + 1, NULL, 10);
}

/* Sent again after it was refused, or a reply to such a one, which waited for it. */
static gboolean
was_sent_again (Run *run, const char *name)
{
  for (guint i = 0; i < run->steps->written->len; i++) {
    const UcWritten *written = g_ptr_array_index (run->steps->written, i);

    if (g_str_equal (written->name, name) && written->root_name != NULL &&
        g_hash_table_contains (run->steps->rewritten, written->root_name))
      return TRUE;
  }
  return g_hash_table_contains (run->steps->rewritten, name);
}

/* Of each device in each channel. */
static void
check_channel (Run *run, const char *channel_id, GHashTable *counts)
{
  g_auto (GStrv) texts = uc_test_server_dup_texts (run->world->server, channel_id);
  guint last[UC_WORLD_N_DEVICES] = { 0 };

  for (guint i = 0; texts[i] != NULL; i++) {
    char *name = uc_fault_steps_dup_name (texts[i]);
    guint before = GPOINTER_TO_UINT (g_hash_table_lookup (counts, name));
    guint device;
    guint number;

    if (g_str_equal (name, UC_WORLD_MARK)) {
      g_free (name);
      continue;
    }
    if (was_sent_again (run, name)) {
      g_hash_table_replace (counts, name, GUINT_TO_POINTER (before + 1));
      continue;
    }
    device = (guint) (name[1] - '0');
    number = get_number (name) + 1;
    if (number <= last[device])
      g_error ("Seed %u: %s does not stand where it was written", run->seed, name);
    last[device] = number;
    g_hash_table_replace (counts, name, GUINT_TO_POINTER (before + 1));
  }
}

static void
check_server (Run *run)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < UC_WORLD_N_CHANNELS; i++)
    check_channel (run, run->world->channel_ids[i], counts);
  for (guint i = 0; i < run->steps->written->len; i++)
    check_once (run, g_ptr_array_index (run->steps->written, i), counts);
}

/* -- A run --------------------------------------------------------------------------- */

static guint
get_number_of (const char *variable, guint otherwise)
{
  const char *value = g_getenv (variable);

  return value != NULL ? (guint) g_ascii_strtoull (value, NULL, 10) : otherwise;
}

static void
run_seed (guint32 seed, gboolean is_polling)
{
  Run    run = { .seed = seed };
  guint  n_steps = get_number_of ("UC_TEST_STEPS", N_STEPS);
  gint64 begin_us = g_get_real_time ();

  run.world = uc_fault_world_new (is_polling);
  run.steps = uc_fault_steps_new (run.world, seed);
  run.failed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_test_message ("UC_TEST_SEED=%u%s", seed, is_polling ? ", polling" : "");
  for (guint i = 0; i < n_steps; i++)
    uc_fault_steps_take (run.steps);

  uc_fault_world_settle (run.world);
  for (guint i = 0; i < UC_WORLD_N_DEVICES; i++)
    discard_failed (&run, &run.world->devices[i]);
  uc_fault_world_settle (run.world);
  check_server (&run);
  for (guint i = 0; i < UC_WORLD_N_DEVICES; i++) {
    fill_holes (&run.world->devices[i]);
    check_store (&run, &run.world->devices[i]);
  }
  g_test_message ("seed %u: %u messages, %u refused, %.1f s", seed, run.steps->written->len,
                  g_hash_table_size (run.failed), (double) (g_get_real_time () - begin_us) / 1e6);
  g_hash_table_unref (run.failed);
  uc_fault_steps_free (run.steps);
  uc_fault_world_free (run.world);
}

static void
test_seeds (gconstpointer is_polling)
{
  guint n_runs = get_number_of ("UC_TEST_RUNS", g_getenv ("UC_TEST_SEED") != NULL ? 1 : N_SEEDS);
  guint first = get_number_of ("UC_TEST_SEED", 1);

  for (guint i = 0; i < n_runs; i++)
    run_seed (first + i, GPOINTER_TO_INT (is_polling));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_data_func ("/integration/faults/stream", GINT_TO_POINTER (FALSE), test_seeds);
  g_test_add_data_func ("/integration/faults/polling", GINT_TO_POINTER (TRUE), test_seeds);
  return g_test_run ();
}
