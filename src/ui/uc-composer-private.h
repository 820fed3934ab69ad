/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-completion.h"
#include "uc-composer.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum {
  UC_COMPOSER_WRITE,
  UC_COMPOSER_REPLY,
  UC_COMPOSER_EDIT,
} UcComposerMode;

/* A file that goes with the next message. */
typedef struct {
  GFile      *file;         /* (owned) */
  char       *name;         /* (owned) as it is shown */
  char       *content_type; /* (owned) */
  gint64      size_bytes;
  GdkTexture *thumbnail; /* (owned) (nullable) of a picture, a moment later */
} UcComposerFile;

struct _UcComposer {
  GtkWidget parent_instance;

  GtkWidget         *mode_box;
  GtkLabel          *mode_title;
  GtkLabel          *mode_excerpt;
  AdwWrapBox        *files_box;
  GtkWidget         *attach_button;
  GtkScrolledWindow *scrolled;
  GtkTextView       *text_view;
  GtkTextBuffer     *buffer;
  GtkLabel          *placeholder;
  GtkMenuButton     *emoji_button;
  GtkWidget         *send_button;
  GtkLabel          *counter;

  UcSession     *session;     /* (owned) */
  UcDirectory   *directory;   /* (owned) */
  GCancellable  *cancellable; /* (owned) of the draft being read; cancelled in dispose */
  char          *channel_id;  /* (owned) "" for nowhere */
  char          *root_id;     /* (owned) */
  UcComposerMode mode;
  UcMessage     *message;     /* (owned) (nullable) of REPLY and EDIT */
  char          *stash;       /* (owned) (nullable) what was being written before EDIT */
  gint64         typed_at_us; /* when the others were told last */

  /* sending */
  gboolean     is_sending;
  GtkTextMark *sent_end; /* behind what is being sent */
  GtkTextTag  *sent_tag;

  /* draft */
  guint    draft_id; /* timer */
  gboolean is_draft_dirty;
  gboolean is_filling; /* the program writes, not the user */

  /* files */
  GPtrArray  *files;  /* (owned) (element-type UcComposerFile) */
  GHashTable *parked; /* (owned) place -> GPtrArray of them, of other conversations */
  GQueue      checks; /* (owned) of files that are looked at, the present one first */
  guint       n_left_out;

  /* completion */
  UcCompletion *completion; /* (owned) */
  GtkPopover   *popover;
  GtkListBox   *suggestions;
  gboolean      has_preedit;

  gboolean send_on_enter;
};

/* uc-composer.c */
void _uc_composer_set_text (UcComposer *self, const char *text);
void _uc_composer_update (UcComposer *self);

/* uc-composer-send.c */
gboolean _uc_composer_can_send (UcComposer *self);
void     _uc_composer_send (UcComposer *self);

/* uc-composer-mode.c */
gboolean _uc_composer_leave_mode (UcComposer *self);

/* uc-composer-draft.c */
void  _uc_composer_draft_changed (UcComposer *self);
void  _uc_composer_draft_save (UcComposer *self);
void  _uc_composer_draft_load (UcComposer *self);
char *_uc_composer_dup_unsent (UcComposer *self);

/* uc-composer-files.c */
void   _uc_composer_files_init (UcComposer *self);
void   _uc_composer_files_choose (UcComposer *self);
void   _uc_composer_files_switch (UcComposer *self, const char *channel_id, const char *root_id);
char **_uc_composer_dup_paths (UcComposer *self);
void   _uc_composer_files_drop (UcComposer *self, guint n);
void   _uc_composer_show_files (UcComposer *self);
char  *_uc_composer_dup_place (const char *channel_id, const char *root_id);
/* (transfer none) */
GPtrArray *_uc_composer_get_files (UcComposer *self, const char *place);

/* uc-composer-attach.c */
GPtrArray *_uc_composer_new_files (void);
void       _uc_composer_attach_clear (UcComposer *self);

/* uc-composer-complete.c */
void     _uc_composer_complete_init (UcComposer *self);
void     _uc_composer_complete_update (UcComposer *self);
gboolean _uc_composer_complete_key (UcComposer *self, guint key);
void     _uc_composer_complete_close (UcComposer *self);

/* uc-composer-keys.c */
void _uc_composer_keys_init (UcComposer *self);
void _uc_composer_insert (UcComposer *self, const char *text);

G_END_DECLS
