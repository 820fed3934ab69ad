/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-demo-script.h"

G_BEGIN_DECLS

/* What the two halves of the reader share: uc-demo-script.c gathers lines and knows of
 * conversations and days, uc-demo-script-line.c reads a line of what is said. */

typedef struct {
  const char *text; /* borrowed */
  guint       number;
} UcDemoLine;

typedef struct {
  const char      *name;
  UcDemoScriptKind kind;
  GRand           *rand;
  UcDemoScript    *script;
  guint            line; /* the one being read */

  UcDemoConversation *conversation; /* (unowned) (nullable) */
  gboolean            has_days;
  guint               first_day;
  guint               last_day;
  guint               step;
  GArray             *lines; /* (owned) (element-type UcDemoLine): of these days */

  UcDemoSection *section; /* (unowned) (nullable) */
  UcDemoMessage *root;    /* (unowned) (nullable): the last that is no reply */
  UcDemoMessage *last;    /* (unowned) (nullable) */
} UcDemoReader;

gboolean _uc_demo_refuse (UcDemoReader *self, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
gboolean _uc_demo_check_person (UcDemoReader *self, const char *name, GError **error);
gboolean _uc_demo_take_member (UcDemoReader *self, const char *name, GError **error);
gboolean _uc_demo_read_line (UcDemoReader *self, const char *line, GError **error);
void     _uc_demo_message_free (gpointer message);

G_END_DECLS
