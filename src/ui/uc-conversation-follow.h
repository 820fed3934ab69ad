/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whether @uri points at a message of @site: (transfer full) (nullable), its id. Pure. */
char *uc_conversation_follow_dup_post_id (const char *uri,
                                          const char *site) G_GNUC_WARN_UNUSED_RESULT;
/* Hands a link that was found safe to the desktop. */
void uc_conversation_follow_open (const char *uri, GtkWidget *parent);

G_END_DECLS
