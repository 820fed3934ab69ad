/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UcFaultKind:
 * @UC_FAULT_IO_ERROR: the operation fails
 * @UC_FAULT_FULL: no write finds room
 * @UC_FAULT_SHORT_READ: a read gets half of what it asked for, the rest zeros
 * @UC_FAULT_KILL: the process is killed; what it wrote stays
 * @UC_FAULT_POWER_CUT: the process ends, and of what was not synced nothing, some
 *   sectors, or torn sectors stay, as the seed says
 */
typedef enum
{
  UC_FAULT_IO_ERROR,
  UC_FAULT_FULL,
  UC_FAULT_SHORT_READ,
  UC_FAULT_KILL,
  UC_FAULT_POWER_CUT,
} UcFaultKind;

/* Stands between SQLite and the disk of this process from now on. Every database that
 * is opened later goes through it; without a fault armed it only counts. */
void     uc_fault_vfs_install       (void);

/* Strikes at the @n-th (from 1) operation of the sort that @kind is about: reads for a
 * short read, what changes files for a full disk, death and power; everything for an
 * error. @is_lasting: also at all that follow, until disarmed. What lies on the disk
 * now counts as synced. */
void     uc_fault_vfs_arm           (UcFaultKind kind,
                                     guint       n,
                                     gboolean    is_lasting,
                                     guint32     seed);
void     uc_fault_vfs_disarm        (void);
gboolean uc_fault_vfs_has_struck    (void);
/* Operations of that sort since the last arming, to know how far to count. */
guint    uc_fault_vfs_get_count     (void);

G_END_DECLS
