/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the people of the demo say, read from texts whose form is told at the top of
 * demo/talk.txt. The reader is strict: whatever it does not know is an error that
 * names the line. Plain data, immutable once read; any thread. */

typedef struct _UcDemoMessage UcDemoMessage;

typedef struct {
  char *emoji;
  GStrv names;
} UcDemoReaction;

typedef struct {
  gboolean is_picture;
  char    *name;
  char    *text; /* the title of a picture, the content of a file */
} UcDemoFile;

struct _UcDemoMessage {
  const UcDemoMessage *root; /* (nullable) of a reply: in the same section */
  char                *author;
  char                *text;
  char                *correction; /* (nullable): what the author changed it to */
  int                  at;         /* minute of the day, or second of the scene */
  GPtrArray           *reactions;  /* (element-type UcDemoReaction) */
  GPtrArray           *files;      /* (element-type UcDemoFile) */
  gboolean             is_pinned;
};

/* One day's talk in one conversation, or one scene. */
typedef struct {
  guint      days_ago; /* 0 for scenes */
  GPtrArray *messages; /* (element-type UcDemoMessage), in the order of time */
} UcDemoSection;

typedef struct {
  char      *name; /* "" for direct and group conversations */
  char      *display_name;
  char      *purpose;
  char      *header;
  gboolean   is_private;
  GPtrArray *people;   /* (element-type utf8): user names of the members */
  GPtrArray *sections; /* (element-type UcDemoSection) */
} UcDemoConversation;

typedef enum {
  UC_DEMO_HISTORY, /* days and times of the day; choices are made while it is read */
  UC_DEMO_SCENES,  /* seconds after the scene began; choices are made when it is played */
} UcDemoScriptKind;

/**
 * UcDemoScript:
 *
 * All conversations of one text.
 */
typedef struct {
  GPtrArray *conversations; /* (element-type UcDemoConversation) */
} UcDemoScript;

/* @name is for the errors, which are UC_ERROR_INVALID and name the line. */
UcDemoScript *uc_demo_script_parse (const char      *text,
                                    const char      *name,
                                    UcDemoScriptKind kind,
                                    GRand           *rand,
                                    GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* One of the program's own texts: "talk.txt", "scenes.txt". */
UcDemoScript *uc_demo_script_load (const char      *name,
                                   UcDemoScriptKind kind,
                                   GRand           *rand,
                                   GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void          uc_demo_script_free (UcDemoScript *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcDemoScript, uc_demo_script_free)

G_END_DECLS
