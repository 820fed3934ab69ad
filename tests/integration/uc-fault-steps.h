/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-fault-world.h"

G_BEGIN_DECLS

/**
 * UcFaultSteps:
 *
 * Random things that people do and that happen to them, and the memory of what was
 * written and where.
 */
typedef struct {
  UcFaultWorld *world;   /* (unowned) */
  GRand        *rand;    /* (owned) */
  GPtrArray    *written; /* (owned) (element-type UcWritten) in order of writing */
  GHashTable   *deleted; /* (owned) set of the names of messages somebody deleted */
  /* (owned) set of the names of those that were edited before they were sent */
  GHashTable *rewritten;
} UcFaultSteps;

/* A message that was written; its text begins with @name and a blank, and keeps that
 * over edits. */
typedef struct {
  guint device;
  char *channel_id;
  char *name;
  char *root_name; /* (nullable) */
} UcWritten;

UcFaultSteps *uc_fault_steps_new (UcFaultWorld *world, guint32 seed) G_GNUC_WARN_UNUSED_RESULT;
void          uc_fault_steps_free (UcFaultSteps *self);
/* Somebody does something, or something happens, and a little time passes. */
void uc_fault_steps_take (UcFaultSteps *self);
/* The name at the beginning of a message's text. */
char *uc_fault_steps_dup_name (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
