/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-arrivals-private.h"
#include "uc-channel-sync-private.h"
#include "uc-polling-private.h"
#include "uc-reader-private.h"

G_BEGIN_DECLS

/* Shared by the two files of the reader alone. */
struct _UcReader {
  GObject parent_instance;

  UcContext     *context;    /* (owned) */
  UcPeople      *people;     /* (owned) */
  UcWatermarks  *watermarks; /* (owned) */
  UcIngest      *ingest;     /* (owned) */
  UcChannelSync *channels;   /* (owned) */
  UcHistory     *history;    /* (owned) */
  UcArrivals    *arrivals;
  UcPolling     *polling; /* (owned) */

  GCancellable *cancellable; /* (owned) of the lists under way */
  gboolean      is_catching_up;
  gboolean      has_lists; /* of this catching up */
  gboolean      is_listing;
  gboolean      are_lists_owed; /* what wanted them was overtaken by a break */
  gboolean      is_online;
  gboolean      has_read_teams;
  guint         lists_id;
  GQueue        unchecked; /* (owned) ids of channels that may have changed unnoticed */
  guint         trickle_id;
  char         *visible_id; /* (owned) (nullable) */
};

/* Reads teams, channels and memberships, and queues what turns out to need reading. */
void _uc_reader_read_lists (UcReader *self);
/* Lets go of the lists that are under way: their answer belongs to another time. */
void _uc_reader_drop_lists (UcReader *self);
void _uc_reader_read_lists_later (UcReader *self);
/* Asks what changed in the unchecked channels, one after the other. */
void _uc_reader_start_trickle (UcReader *self);
void _uc_reader_pause_trickle (UcReader *self);
void _uc_reader_drop_trickle (UcReader *self);
/* After a break: what is still to be done of before. */
void _uc_reader_pay_lists (UcReader *self);
void _uc_reader_lists_wanted_cb (UcIngest *ingest, UcReader *self);
/* Tells it when everything urgent is read. */
void     _uc_reader_check_caught_up (UcReader *self);
gboolean _uc_reader_is_visible (UcReader *self, const char *channel_id);

G_END_DECLS
