/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define UC_FAULT_SECTOR_BYTES 512

/* What a cut of power leaves of the sectors that were not synced. */
typedef enum
{
  UC_FAULT_CUT_LOSES_ALL,
  UC_FAULT_CUT_KEEPS_SOME,
  UC_FAULT_CUT_TEARS,
} UcFaultCut;
#define UC_N_FAULT_CUTS 3

/**
 * UcFaultDisk:
 *
 * One file as the disk has it, whoever has it open.
 */
typedef struct _UcFaultDisk UcFaultDisk;

UcFaultDisk *uc_fault_disk_new      (const char   *path) G_GNUC_WARN_UNUSED_RESULT;
void         uc_fault_disk_free     (UcFaultDisk  *self);

/* Before bytes of @file change. */
void         uc_fault_disk_remember (UcFaultDisk  *self,
                                     sqlite3_file *file,
                                     gint64        offset,
                                     gint64        n_bytes);
/* It was synced, or is gone. */
void         uc_fault_disk_forget   (UcFaultDisk  *self);
/* Makes of the file what is left of it. */
void         uc_fault_disk_cut      (UcFaultDisk  *self,
                                     UcFaultCut    cut,
                                     GRand        *random);

G_END_DECLS
