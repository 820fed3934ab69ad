/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose turn it is in the outbox, and what an answer means. */

#include "config.h"

#include "uc-outbox-plan-private.h"

#include "uc-error.h"

static UcOutboxRow *
add_row (GPtrArray  *rows,
         const char *op_id,
         const char *channel_id,
         UcOpKind    kind,
         UcSendState state,
         const char *waits_for)
{
  UcOutboxRow *row = g_new0 (UcOutboxRow, 1);

  row->number = rows->len + 1;
  row->op_id = g_strdup (op_id);
  row->channel_id = g_strdup (channel_id);
  row->kind = kind;
  row->state = state;
  row->waits_for = g_strdup (waits_for);
  g_ptr_array_add (rows, row);
  return row;
}

static GPtrArray *
new_rows (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) uc_outbox_row_free);
}

/* The op ids of the plan, joined; "" when nothing may go. */
static char *
dup_plan (GPtrArray *rows, const char *blocked_channel)
{
  g_autoptr (GHashTable) blocked = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) plan = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  if (blocked_channel != NULL)
    g_hash_table_add (blocked, (gpointer) blocked_channel);
  plan = _uc_outbox_plan (rows, blocked);
  for (guint i = 0; i < plan->len; i++)
    g_ptr_array_add (ids, ((UcOutboxRow *) g_ptr_array_index (plan, i))->op_id);
  g_ptr_array_add (ids, NULL);
  return g_strjoinv (" ", (GStrv) ids->pdata);
}

static void
test_order (void)
{
  g_autoptr (GPtrArray) rows = new_rows ();
  g_autofree char *plan = NULL;

  add_row (rows, "a1", "a", UC_OP_POST, UC_SEND_QUEUED, NULL);
  add_row (rows, "b1", "b", UC_OP_POST, UC_SEND_QUEUED, NULL);
  add_row (rows, "a2", "a", UC_OP_POST, UC_SEND_QUEUED, NULL);
  add_row (rows, "b2", "b", UC_OP_VIEW, UC_SEND_QUEUED, NULL);
  plan = dup_plan (rows, NULL);
  g_assert_cmpstr (plan, ==, "a1 b1");
}

static void
test_blocked (void)
{
  g_autoptr (GPtrArray) rows = new_rows ();
  g_autofree char *plan = NULL;

  add_row (rows, "a1", "a", UC_OP_POST, UC_SEND_QUEUED, NULL);
  add_row (rows, "b1", "b", UC_OP_POST, UC_SEND_QUEUED, NULL);
  plan = dup_plan (rows, "a");
  g_assert_cmpstr (plan, ==, "b1");
}

/* What was refused for good holds nobody back but those that answer it. */
static void
test_parked (void)
{
  g_autoptr (GPtrArray) rows = new_rows ();
  g_autofree char *plan = NULL;

  add_row (rows, "a1", "a", UC_OP_POST, UC_SEND_FAILED, NULL);
  add_row (rows, "a2", "a", UC_OP_POST, UC_SEND_QUEUED, "a1");
  add_row (rows, "a3", "a", UC_OP_POST, UC_SEND_QUEUED, NULL);
  plan = dup_plan (rows, NULL);
  g_assert_cmpstr (plan, ==, "a3");
}

/* One in doubt goes before everything behind it: else the order would be lost. */
static void
test_doubt_first (void)
{
  g_autoptr (GPtrArray) rows = new_rows ();
  g_autofree char *plan = NULL;

  add_row (rows, "a1", "a", UC_OP_POST, UC_SEND_IN_DOUBT, NULL);
  add_row (rows, "a2", "a", UC_OP_POST, UC_SEND_QUEUED, NULL);
  plan = dup_plan (rows, NULL);
  g_assert_cmpstr (plan, ==, "a1");
}

static void
test_waiting (void)
{
  g_autoptr (GPtrArray) rows = new_rows ();
  g_autofree char *plan = NULL;

  add_row (rows, "a1", "a", UC_OP_POST, UC_SEND_QUEUED, NULL);
  add_row (rows, "a2", "a", UC_OP_EDIT, UC_SEND_QUEUED, "a1");
  plan = dup_plan (rows, NULL);
  g_assert_cmpstr (plan, ==, "a1");
}

static void
test_nothing (void)
{
  g_autoptr (GPtrArray) rows = new_rows ();
  g_autofree char *plan = dup_plan (rows, NULL);

  g_assert_cmpstr (plan, ==, "");
}

static void
test_find (void)
{
  g_autoptr (GPtrArray) rows = new_rows ();
  g_autoptr (UcOutboxRow) stolen = NULL;

  add_row (rows, "a1", "a", UC_OP_POST, UC_SEND_QUEUED, NULL);
  add_row (rows, "a2", "a", UC_OP_POST, UC_SEND_QUEUED, NULL);
  g_assert_cmpint (_uc_outbox_find (rows, "a2"), ==, 1);
  g_assert_cmpint (_uc_outbox_find (rows, "a3"), ==, -1);
  stolen = _uc_outbox_steal (rows, "a1");
  g_assert_cmpstr (stolen->op_id, ==, "a1");
  g_assert_cmpint (_uc_outbox_find (rows, "a2"), ==, 0);
  g_assert_null (_uc_outbox_steal (rows, "a1"));
  g_assert_null (_uc_outbox_steal (NULL, "a1"));
}

static void
test_step (void)
{
  static const struct {
    UcOpKind     kind;
    UcSendState  state;
    UcOutboxStep step;
  } cases[] = {
    { UC_OP_POST, UC_SEND_QUEUED, UC_OUTBOX_SEND },
    { UC_OP_POST, UC_SEND_IN_DOUBT, UC_OUTBOX_SETTLE },
    { UC_OP_POST, UC_SEND_SENDING, UC_OUTBOX_SETTLE },
    { UC_OP_EDIT, UC_SEND_IN_DOUBT, UC_OUTBOX_SEND },
    { UC_OP_DELETE, UC_SEND_SENDING, UC_OUTBOX_SEND },
    { UC_OP_REACT, UC_SEND_IN_DOUBT, UC_OUTBOX_SEND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    UcOutboxRow row = { .kind = cases[i].kind, .state = cases[i].state };

    g_assert_cmpint (_uc_outbox_get_step (&row), ==, cases[i].step);
  }
}

static UcOutboxOutcome
judge (UcOpKind kind, int code, const char *error_id)
{
  g_autoptr (GError) error = g_error_new_literal (UC_ERROR, code, "no");

  return _uc_outbox_judge (kind, error, error_id);
}

static void
test_judge_post (void)
{
  static const struct {
    UcErrorCode     code;
    UcOutboxOutcome outcome;
  } cases[] = {
    { UC_ERROR_OFFLINE, UC_OUTBOX_DOUBT },      { UC_ERROR_TIMEOUT, UC_OUTBOX_DOUBT },
    { UC_ERROR_SERVER, UC_OUTBOX_DOUBT },       { UC_ERROR_PROTOCOL, UC_OUTBOX_DOUBT },
    { UC_ERROR_RATE_LIMITED, UC_OUTBOX_PAUSE }, { UC_ERROR_FORBIDDEN, UC_OUTBOX_REFUSED },
    { UC_ERROR_NOT_FOUND, UC_OUTBOX_REFUSED },  { UC_ERROR_INVALID, UC_OUTBOX_REFUSED },
    { UC_ERROR_CONFLICT, UC_OUTBOX_REFUSED },   { UC_ERROR_DISABLED, UC_OUTBOX_REFUSED },
    { UC_ERROR_STORAGE, UC_OUTBOX_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (judge (UC_OP_POST, cases[i].code, ""), ==, cases[i].outcome);
  g_assert_cmpint (_uc_outbox_judge (UC_OP_POST, NULL, ""), ==, UC_OUTBOX_DONE);
  g_assert_cmpint (judge (UC_OP_POST, UC_ERROR_SERVER, "api.post.deduplicate_create_post.pending"),
                   ==, UC_OUTBOX_DOUBT);
}

/* A 401 is the end of the session only when the server says so. */
static void
test_judge_auth (void)
{
  g_assert_cmpint (judge (UC_OP_POST, UC_ERROR_AUTH, "api.context.session_expired.app_error"), ==,
                   UC_OUTBOX_PAUSE);
  g_assert_cmpint (judge (UC_OP_POST, UC_ERROR_AUTH, "api.team.delete.not_enabled.app_error"), ==,
                   UC_OUTBOX_REFUSED);
  g_assert_cmpint (judge (UC_OP_EDIT, UC_ERROR_AUTH, "api.context.session_expired.app_error"), ==,
                   UC_OUTBOX_PAUSE);
}

static void
test_judge_change (void)
{
  g_assert_cmpint (judge (UC_OP_EDIT, UC_ERROR_TIMEOUT, ""), ==, UC_OUTBOX_RETRY);
  g_assert_cmpint (judge (UC_OP_EDIT, UC_ERROR_PROTOCOL, ""), ==, UC_OUTBOX_RETRY);
  g_assert_cmpint (judge (UC_OP_EDIT, UC_ERROR_NOT_FOUND, ""), ==, UC_OUTBOX_REFUSED);
  g_assert_cmpint (judge (UC_OP_EDIT, UC_ERROR_FORBIDDEN, ""), ==, UC_OUTBOX_REFUSED);
  g_assert_cmpint (judge (UC_OP_DELETE, UC_ERROR_NOT_FOUND, ""), ==, UC_OUTBOX_GONE);
  g_assert_cmpint (judge (UC_OP_DELETE, UC_ERROR_FORBIDDEN, ""), ==, UC_OUTBOX_CHECK_DELETED);
  g_assert_cmpint (judge (UC_OP_REACT, UC_ERROR_NOT_FOUND, ""), ==, UC_OUTBOX_REFUSED);
  g_assert_cmpint (judge (UC_OP_UNREACT, UC_ERROR_NOT_FOUND, ""), ==, UC_OUTBOX_GONE);
  g_assert_cmpint (judge (UC_OP_VIEW, UC_ERROR_FORBIDDEN, ""), ==, UC_OUTBOX_GONE);
  g_assert_cmpint (judge (UC_OP_VIEW, UC_ERROR_OFFLINE, ""), ==, UC_OUTBOX_RETRY);
  g_assert_cmpint (judge (UC_OP_SET_UNREAD, UC_ERROR_FORBIDDEN, ""), ==, UC_OUTBOX_GONE);
}

static void
test_judge_cancelled (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");

  g_assert_cmpint (_uc_outbox_judge (UC_OP_POST, error, ""), ==, UC_OUTBOX_PAUSE);
}

static void
test_counts (void)
{
  g_assert_false (_uc_outbox_wants_counts (UC_OP_VIEW, UC_OUTBOX_DONE));
  g_assert_true (_uc_outbox_wants_counts (UC_OP_VIEW, UC_OUTBOX_GONE));
  g_assert_true (_uc_outbox_wants_counts (UC_OP_SET_UNREAD, UC_OUTBOX_DONE));
  g_assert_true (_uc_outbox_wants_counts (UC_OP_SET_UNREAD, UC_OUTBOX_REFUSED));
  g_assert_false (_uc_outbox_wants_counts (UC_OP_SET_UNREAD, UC_OUTBOX_RETRY));
  g_assert_false (_uc_outbox_wants_counts (UC_OP_POST, UC_OUTBOX_REFUSED));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/outbox-plan/order", test_order);
  g_test_add_func ("/sync/outbox-plan/blocked", test_blocked);
  g_test_add_func ("/sync/outbox-plan/parked", test_parked);
  g_test_add_func ("/sync/outbox-plan/doubt-first", test_doubt_first);
  g_test_add_func ("/sync/outbox-plan/waiting", test_waiting);
  g_test_add_func ("/sync/outbox-plan/nothing", test_nothing);
  g_test_add_func ("/sync/outbox-plan/find", test_find);
  g_test_add_func ("/sync/outbox-plan/step", test_step);
  g_test_add_func ("/sync/outbox-plan/judge-post", test_judge_post);
  g_test_add_func ("/sync/outbox-plan/judge-auth", test_judge_auth);
  g_test_add_func ("/sync/outbox-plan/judge-change", test_judge_change);
  g_test_add_func ("/sync/outbox-plan/judge-cancelled", test_judge_cancelled);
  g_test_add_func ("/sync/outbox-plan/counts", test_counts);
  return g_test_run ();
}
