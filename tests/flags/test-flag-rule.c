/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-flag-rule.h"

#include "uc-json.h"

#define ALICE "9bq3fsyo1jyojxp5y4y8sf7zqe"
#define BOB   "3enrnfw7k7y53nb4x7ra9pj4fw"
/* Their buckets, computed with another implementation of SHA-256. */
#define ALICE_BUCKET 48.95
#define BOB_BUCKET   74.67

static UcFlagRule *
rule (const char *text)
{
  g_autoptr (JsonNode) node = uc_json_parse (text, -1, NULL);

  g_assert_nonnull (node);
  return uc_flag_rule_new_from_json (json_node_get_object (node));
}

static UcFlagOutcome
evaluate (const char *text, const UcFlagContext *context)
{
  g_autoptr (UcFlagRule) self = rule (text);

  g_assert_nonnull (self);
  return uc_flag_rule_evaluate (self, "realtime_features", context);
}

static void
test_bucket (void)
{
  guint n_quarter = 0;
  guint n_first = 0;
  guint n_both = 0;

  g_assert_cmpfloat (uc_flag_bucket ("realtime_features", ALICE), ==, ALICE_BUCKET);
  g_assert_cmpfloat (uc_flag_bucket ("realtime_features", BOB), ==, BOB_BUCKET);
  g_assert_cmpfloat (uc_flag_bucket ("ai_mode", ALICE), ==, 99.2);
  g_assert_cmpfloat (uc_flag_bucket ("ai_mode", BOB), ==, 98.88);
  g_assert_cmpfloat (uc_flag_bucket ("virtual_scrolling", "5rafe8kbrtfcpc4x3ysn6yx84o"), ==, 76.89);
  g_assert_cmpfloat (uc_flag_bucket ("advanced_search", "t9cqnkeojt84pd4giowtac5uao"), ==, 15.63);
  g_assert_cmpfloat (uc_flag_bucket ("ai_mode", NULL), ==, 93.78);

  /* Over many people; each flag takes another quarter of them. */
  for (guint i = 0; i < 10000; i++) {
    g_autofree char *user = g_strdup_printf ("user-%u", i);
    gboolean         is_in = uc_flag_bucket ("realtime_features", user) < 25;

    n_quarter += is_in;
    n_first += uc_flag_bucket ("ai_mode", user) < 0.5;
    n_both += is_in && uc_flag_bucket ("ai_mode", user) < 25;
  }
  g_assert_cmpuint (n_quarter, ==, 2490);
  g_assert_cmpuint (n_first, ==, 61);
  g_assert_cmpuint (n_both, ==, 627);
}

static void
test_defaults (void)
{
  UcFlagContext context = { .user_id = ALICE, .percentage_override = -1 };
  g_autoptr (UcFlagRule) empty = rule ("{}");
  g_autoptr (UcFlagRule) nulls =
      rule ("{\"enabled\":null,\"rollout_percentage\":null,\"groups\":null,\"roles\":null,"
            "\"user_segments\":null,\"starts_at\":null,\"fallback_enabled\":null,\"new\":[]}");

  g_assert_cmpint (uc_flag_rule_evaluate (empty, "x", &context), ==, UC_FLAG_OFF_DISABLED);
  g_assert_true (uc_flag_rule_has_fallback (empty));
  g_assert_true (uc_flag_rule_is_monitored (empty));
  g_assert_false (uc_flag_rule_is_enabled (empty));
  g_assert_cmpfloat (uc_flag_rule_get_percentage (empty), ==, 100);
  g_assert_cmpint (uc_flag_rule_evaluate (nulls, "x", &context), ==, UC_FLAG_OFF_DISABLED);
  g_assert_true (uc_flag_rule_has_fallback (nulls));
  g_assert_cmpint (evaluate ("{\"enabled\":true}", &context), ==, UC_FLAG_ON_BASE);
}

static void
test_wrong_types (void)
{
  static const char *const texts[] = {
    "{\"enabled\":\"true\"}",
    "{\"enabled\":1}",
    "{\"fallback_enabled\":0}",
    "{\"monitoring_enabled\":[]}",
    "{\"rollout_percentage\":\"25\"}",
    "{\"rollout_percentage\":-1}",
    "{\"rollout_percentage\":100.5}",
    "{\"rollout_percentage\":true}",
    "{\"starts_at\":\"2026-01-01\"}",
    "{\"starts_at\":-1}",
    "{\"starts_at\":1.5}",
    "{\"user_segments\":\"heads\"}",
    "{\"user_segments\":[7]}",
    "{\"roles\":{}}",
    "{\"roles\":[\"a\",null]}",
    "{\"groups\":{}}",
    "{\"groups\":[7]}",
    "{\"groups\":[{\"segment\":7}]}",
    "{\"groups\":[{\"percentage\":\"5\"}]}",
    "{\"groups\":[{},{\"starts_at\":-5}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (UcFlagRule) self = rule (texts[i]);

    if (self != NULL)
      g_error ("Taken: %s", texts[i]);
  }
}

typedef struct {
  const char   *rule;
  const char   *user_id;
  const char   *roles;
  const char   *segment; /* (nullable) */
  gint64        now_ms;
  double        override;
  UcFlagOutcome outcome;
} Vector;

/* "heads" is a segment, "system_admin" a role. */
static const Vector vectors[] = {
  { "{\"enabled\":false,\"rollout_percentage\":100}", ALICE, "", NULL, 0, -1,
    UC_FLAG_OFF_DISABLED },
  /* The bucket: 48.95 is below 48.96 and not below itself. */
  { "{\"enabled\":true,\"rollout_percentage\":48.96}", ALICE, "", NULL, 0, -1, UC_FLAG_ON_BASE },
  { "{\"enabled\":true,\"rollout_percentage\":48.95}", ALICE, "", NULL, 0, -1,
    UC_FLAG_OFF_PERCENTAGE },
  { "{\"enabled\":true,\"rollout_percentage\":49}", ALICE, "", NULL, 0, -1, UC_FLAG_ON_BASE },
  { "{\"enabled\":true,\"rollout_percentage\":49}", BOB, "", NULL, 0, -1, UC_FLAG_OFF_PERCENTAGE },
  { "{\"enabled\":true,\"rollout_percentage\":0}", ALICE, "", NULL, 0, -1, UC_FLAG_OFF_PERCENTAGE },
  { "{\"enabled\":true,\"rollout_percentage\":100}", BOB, "", NULL, 0, -1, UC_FLAG_ON_BASE },
  /* The override for tests replaces the percentage, nothing else. */
  { "{\"enabled\":true,\"rollout_percentage\":0}", ALICE, "", NULL, 0, 100, UC_FLAG_ON_BASE },
  { "{\"enabled\":true}", ALICE, "", NULL, 0, 0, UC_FLAG_OFF_PERCENTAGE },
  { "{\"enabled\":false}", ALICE, "", NULL, 0, 100, UC_FLAG_OFF_DISABLED },
  /* Starting. */
  { "{\"enabled\":true,\"starts_at\":1000}", ALICE, "", NULL, 999, -1, UC_FLAG_OFF_NOT_STARTED },
  { "{\"enabled\":true,\"starts_at\":1000}", ALICE, "", NULL, 1000, -1, UC_FLAG_ON_BASE },
  /* Segments and roles: each that is named must have a match. */
  { "{\"enabled\":true,\"user_segments\":[\"heads\"]}", ALICE, "", NULL, 0, -1,
    UC_FLAG_OFF_SEGMENT },
  { "{\"enabled\":true,\"user_segments\":[\"x\",\"heads\"]}", ALICE, "", "heads", 0, -1,
    UC_FLAG_ON_BASE },
  { "{\"enabled\":true,\"roles\":[\"system_admin\"]}", ALICE, "system_user", NULL, 0, -1,
    UC_FLAG_OFF_ROLE },
  { "{\"enabled\":true,\"roles\":[\"system_admin\"]}", ALICE, "system_administrator", NULL, 0, -1,
    UC_FLAG_OFF_ROLE },
  { "{\"enabled\":true,\"roles\":[\"system_admin\"]}", ALICE, "system_user system_admin", NULL, 0,
    -1, UC_FLAG_ON_BASE },
  { "{\"enabled\":true,\"roles\":[\"system_admin\"],\"user_segments\":[\"heads\"]}", ALICE,
    "system_admin", NULL, 0, -1, UC_FLAG_OFF_SEGMENT },
  { "{\"enabled\":true,\"roles\":[\"system_admin\"],\"user_segments\":[\"heads\"]}", ALICE,
    "system_user", "heads", 0, -1, UC_FLAG_OFF_ROLE },
  { "{\"enabled\":true,\"roles\":[\"system_admin\"],\"user_segments\":[\"heads\"],"
    "\"rollout_percentage\":10}",
    ALICE, "system_admin", "heads", 0, -1, UC_FLAG_OFF_PERCENTAGE },
  /* Groups stand beside the base rule. */
  { "{\"enabled\":true,\"rollout_percentage\":0,\"groups\":[{\"segment\":\"heads\",\"percentage\":"
    "50}]}",
    ALICE, "", "heads", 0, -1, UC_FLAG_ON_GROUP },
  { "{\"enabled\":true,\"rollout_percentage\":0,\"groups\":[{\"segment\":\"heads\",\"percentage\":"
    "50}]}",
    BOB, "", "heads", 0, -1, UC_FLAG_OFF_PERCENTAGE },
  { "{\"enabled\":true,\"rollout_percentage\":0,\"groups\":[{\"segment\":\"heads\",\"percentage\":"
    "50}]}",
    ALICE, "", NULL, 0, -1, UC_FLAG_OFF_PERCENTAGE },
  { "{\"enabled\":true,\"rollout_percentage\":0,\"groups\":[{\"segment\":\"heads\",\"starts_at\":9}"
    "]}",
    ALICE, "", "heads", 8, -1, UC_FLAG_OFF_PERCENTAGE },
  { "{\"enabled\":true,\"rollout_percentage\":0,\"groups\":[{\"segment\":\"heads\",\"starts_at\":9}"
    "]}",
    ALICE, "", "heads", 9, -1, UC_FLAG_ON_GROUP },
  { "{\"enabled\":true,\"rollout_percentage\":0,\"groups\":[{\"segment\":\"x\"},{\"percentage\":50}"
    "]}",
    ALICE, "", NULL, 0, -1, UC_FLAG_ON_GROUP },
  { "{\"enabled\":true,\"roles\":[\"system_admin\"],\"groups\":[{\"segment\":\"heads\"}]}", ALICE,
    "", "heads", 0, -1, UC_FLAG_ON_GROUP },
  { "{\"enabled\":false,\"groups\":[{\"segment\":\"heads\"}]}", ALICE, "", "heads", 0, -1,
    UC_FLAG_OFF_DISABLED },
  { "{\"enabled\":true,\"starts_at\":5,\"groups\":[{\"segment\":\"heads\"}]}", ALICE, "", "heads",
    4, -1, UC_FLAG_OFF_NOT_STARTED },
};

static void
test_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    const Vector     *v = &vectors[i];
    const char *const segments[] = { v->segment, NULL };
    UcFlagContext     context = {
          .user_id = v->user_id,
          .roles = v->roles,
          .segments = v->segment != NULL ? segments : NULL,
          .now_ms = v->now_ms,
          .percentage_override = v->override,
    };
    UcFlagOutcome outcome = evaluate (v->rule, &context);

    g_test_message ("%s", v->rule);
    g_assert_cmpint (outcome, ==, v->outcome);
    g_assert_cmpint (uc_flag_outcome_is_on (outcome), ==,
                     v->outcome == UC_FLAG_ON_BASE || v->outcome == UC_FLAG_ON_GROUP);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/flags/rule/bucket", test_bucket);
  g_test_add_func ("/flags/rule/defaults", test_defaults);
  g_test_add_func ("/flags/rule/wrong-types", test_wrong_types);
  g_test_add_func ("/flags/rule/vectors", test_vectors);
  return g_test_run ();
}
