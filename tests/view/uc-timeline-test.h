/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-test-model.h"
#include "uc-test.h"
#include "uc-timeline-private.h"
#include "uc-view-test.h"

G_BEGIN_DECLS

#define TEST_MINUTE (60 * 1000)

/* A timeline of TEST_CHANNEL over a real store, watched. */
typedef struct
{
  UcViewTest  *account;
  UcTimeline  *timeline;
  UcTestModel *watched;
  int          open_position;
} Fixture;

/* An account; the timeline is opened by uc_timeline_test_open(). */
void            uc_timeline_test_set_up_bare (Fixture       *fixture,
                                              gconstpointer  data);
/* p0 … p499, a minute apart, the whole history, open at its end. */
void            uc_timeline_test_set_up      (Fixture       *fixture,
                                              gconstpointer  data);
void            uc_timeline_test_tear_down   (Fixture       *fixture,
                                              gconstpointer  data);
void            uc_timeline_test_open        (Fixture       *fixture,
                                              const char    *root_id);

/* Messages by text; D day, U unread, ^ beginning, # hole. */
char           *uc_timeline_test_dup_rows    (Fixture       *fixture,
                                              guint          first,
                                              guint          n) G_GNUC_WARN_UNUSED_RESULT;
void            uc_timeline_test_assert_rows (Fixture       *fixture,
                                              const char    *expected);
guint           uc_timeline_test_count       (Fixture       *fixture);
UcTimelineItem *uc_timeline_test_get_item    (Fixture       *fixture,
                                              const char    *post_id_or_key) G_GNUC_WARN_UNUSED_RESULT;
/* What is in the window is, in order, what the store has between its ends, and its rows
 * are those of a timeline that is built anew. */
void            uc_timeline_test_check       (Fixture       *fixture);

/* Counts ::changed of an item and holds its revisions to growing. */
typedef struct
{
  guint n_changed;
  guint revision;
} Watch;

void            uc_timeline_test_watch       (UcTimelineItem *item,
                                              Watch          *watch);

#define TEST_ADD(path, before, func)                                                              \
  g_test_add (path, Fixture, NULL, uc_timeline_test_##before, func, uc_timeline_test_tear_down)

G_END_DECLS
