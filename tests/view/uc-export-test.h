/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-export.h"
#include "uc-store-test.h"

G_BEGIN_DECLS

/* A store of somebody who has met everything that a name or a text can do to a file, and
 * an export of it. */

#define EXPORT_FILE "file0000000000000000000000"
#define EXPORT_LOST "lost0000000000000000000000"

typedef struct
{
  UcTestStore   *store;  /* (owned) open, as beside a window */
  char          *cache;  /* (owned) with the bytes of EXPORT_FILE */
  char          *folder; /* (owned) where it goes */
  UcExportResult result;
} UcExportTest;

UcExportTest *uc_export_test_new   (void) G_GNUC_WARN_UNUSED_RESULT;
void          uc_export_test_free  (UcExportTest *self);
/* NULL when it went well. */
GError       *uc_export_test_try   (UcExportTest *self,
                                    const char   *format,
                                    const char   *channel_id,
                                    gboolean      with_files) G_GNUC_WARN_UNUSED_RESULT;
void          uc_export_test_run   (UcExportTest *self,
                                    const char   *format);
/* A file of the export. */
char         *uc_export_test_read  (UcExportTest *self,
                                    const char   *name) G_GNUC_WARN_UNUSED_RESULT;
/* The one whose name begins so. */
char         *uc_export_test_find  (UcExportTest *self,
                                    const char   *prefix) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type utf8): all names in the folder and in those in it, sorted. */
GPtrArray    *uc_export_test_list  (UcExportTest *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcExportTest, uc_export_test_free)

G_END_DECLS
