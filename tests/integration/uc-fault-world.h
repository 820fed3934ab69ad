/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-fault-proxy.h"
#include "uc-test-client.h"
#include "uc-test-server.h"

G_BEGIN_DECLS

#define UC_WORLD_N_DEVICES  3
#define UC_WORLD_N_CHANNELS 3
#define UC_WORLD_MARK       "mark"

/* A device of somebody: a client behind a proxy of its own. */
typedef struct {
  const char   *username; /* (unowned) */
  char         *dir;
  UcFaultProxy *proxy;      /* (owned) */
  UcTestClient *client;     /* (owned) */
  gboolean      is_polling; /* has no socket by a flag */
} UcDevice;

/**
 * UcFaultWorld:
 *
 * A server, two people, one of them with two devices, and three channels that all are
 * in.
 */
typedef struct {
  UcTestServer *server; /* (owned) */
  char         *anna;
  char         *ben;
  char         *channel_ids[UC_WORLD_N_CHANNELS];
  UcDevice      devices[UC_WORLD_N_DEVICES];
  gboolean      is_server_dead;
} UcFaultWorld;

UcFaultWorld *uc_fault_world_new (gboolean is_polling) G_GNUC_WARN_UNUSED_RESULT;
void          uc_fault_world_free (UcFaultWorld *self);

/* Begins the program of a device whose client was freed. */
void uc_fault_world_start_device (UcFaultWorld *self, UcDevice *device);
/* The device's program ends in order, and begins again over the same folder. */
void uc_fault_world_restart_device (UcFaultWorld *self, UcDevice *device);
/* The server dies and comes back. */
void uc_fault_world_kill_server (UcFaultWorld *self);
void uc_fault_world_revive_server (UcFaultWorld *self);
/* The server forgets which posts it has seen, as a Mattermost server does after 30 s. */
void uc_fault_world_forget (UcFaultWorld *self);

/* Lets the main loop run for so long. */
void uc_fault_world_run (guint ms);
/* Ends all faults, writes UC_WORLD_MARK into every channel, since only the next event
 * shows that one was lost, and waits until nobody has anything to do any more. What is
 * refused for good stays in the outboxes. */
void uc_fault_world_settle (UcFaultWorld *self);

G_END_DECLS
