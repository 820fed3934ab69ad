/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-export.h"

#include "uc-annotation.h"
#include "uc-channel.h"
#include "uc-post.h"
#include "uc-store-export.h"
#include "uc-user.h"

G_BEGIN_DECLS

typedef struct _UcExportFormat UcExportFormat;

/* A file of a paged format: a month of a conversation, or a part of one. */
typedef struct
{
  UcChannel *channel;   /* (owned) */
  char      *title;     /* of the conversation */
  char      *label;     /* "2026-11", "2026-11 (2)" */
  char      *file_name;
  char      *previous;  /* (nullable) file name */
  char      *next;      /* (nullable) known when it ends */
  gint64     n_messages;
} UcExportPage;

/* What the formats may look at; they only append text, the driver writes it. */
typedef struct
{
  const UcExportFormat *format;
  gboolean              with_files;
  char                 *site;     /* "" when it is not known */
  char                 *user_id;
  char                 *username;
  char                 *channel_id; /* (nullable) the one that is exported */
  gint64                now_ms;
  GHashTable           *users;    /* id to UcUser */
} UcExport;

/* @paths: for each of the post's files where it lies in the export, NULL: nowhere. */
struct _UcExportFormat
{
  const char *name;
  const char *extension;
  /* A file for each UcExportPage and an index; else one file for everything. */
  gboolean    is_paged;

  void (*begin)      (UcExport *self, GString *out); /* (nullable) */
  void (*user)       (UcExport *self, const UcUser *user, GString *out); /* (nullable) */
  void (*channel)    (UcExport *self, const UcChannel *channel, GString *out); /* (nullable) */
  void (*begin_page) (UcExport *self, const UcExportPage *page, GString *out); /* (nullable) */
  void (*message)    (UcExport *self, const UcMessage *message, GPtrArray *paths, GString *out);
  void (*end_page)   (UcExport *self, const UcExportPage *page, GString *out); /* (nullable) */
  void (*draft)      (UcExport *self, const UcDraft *draft, GString *out); /* (nullable) */
  void (*outbox_row) (UcExport *self, const UcOutboxRow *row, GString *out); /* (nullable) */
  /* Of a paged format: @drafts (element-type UcDraft) too. */
  void (*index)      (UcExport *self, GPtrArray *pages, GPtrArray *drafts, GString *out);
  void (*end)        (UcExport *self, const UcExportResult *result, GString *out);
};

extern const UcExportFormat _uc_export_jsonl;
extern const UcExportFormat _uc_export_html;
extern const UcExportFormat _uc_export_markdown;

/* -- uc-export-names.c ----------------------------------------------------------------- */

/* "Anna Ek", or the id of somebody unknown; safe to show. */
char       *_uc_export_dup_author     (UcExport         *self,
                                       const UcPost     *post) G_GNUC_WARN_UNUSED_RESULT;
/* "anna.ek", "" when it is not known. */
const char *_uc_export_get_username   (UcExport         *self,
                                       const char       *user_id);
char       *_uc_export_dup_title      (UcExport         *self,
                                       const UcChannel  *channel) G_GNUC_WARN_UNUSED_RESULT;
/* Local time in one of g_date_time_format()'s formats. */
char       *_uc_export_dup_time       (gint64            time_ms,
                                       const char       *format) G_GNUC_WARN_UNUSED_RESULT;
/* The text as it is shown here: with an edit that waits, without what could harm. */
char       *_uc_export_dup_text       (const UcMessage  *message) G_GNUC_WARN_UNUSED_RESULT;
/* A word for a person about a message that is not sent; NULL when it is. */
const char *_uc_export_get_note       (const UcMessage  *message);
const char *_uc_export_get_state      (UcSendState       state);

/* -- uc-export-files.c ----------------------------------------------------------------- */

/**
 * UcExportFolder:
 *
 * The folder that is written to. Names in it are safe and never taken twice.
 */
typedef struct _UcExportFolder UcExportFolder;

UcExportFolder *_uc_export_folder_make  (const char      *path,
                                         GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void            _uc_export_folder_free  (UcExportFolder  *self);
/* A name from @wanted that nothing in the folder has yet, without an extension. */
char           *_uc_export_folder_take_name (UcExportFolder *self,
                                         const char      *wanted) G_GNUC_WARN_UNUSED_RESULT;
/* Begins a file, which takes what is written from now on. */
gboolean        _uc_export_folder_begin (UcExportFolder  *self,
                                         const char      *name,
                                         GError         **error);
/* Writes @text and empties it. */
gboolean        _uc_export_folder_write (UcExportFolder  *self,
                                         GString         *text,
                                         GCancellable    *cancellable,
                                         GError         **error);
gboolean        _uc_export_folder_end   (UcExportFolder  *self,
                                         GError         **error);
/* Copies a file's bytes, once; *@path (transfer full) (nullable) is where they lie in the
 * folder, NULL when they are nowhere on this computer. */
gboolean        _uc_export_folder_copy  (UcExportFolder  *self,
                                         const UcFile    *file,
                                         const char      *cache_folder,
                                         char           **path,
                                         GCancellable    *cancellable,
                                         GError         **error);

/* -- uc-export-html-text.c --------------------------------------------------------------- */

/* Markdown of a message as HTML that can do nothing. */
void        _uc_export_html_append_text   (GString    *out,
                                           const char *markdown);
/* Plain text. */
void        _uc_export_html_append_plain  (GString    *out,
                                           const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcExportFolder, _uc_export_folder_free)

G_END_DECLS
