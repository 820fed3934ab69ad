/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UcBackground:
 *
 * The desktop's leave to run without a window, and to be started with the session: asked
 * of the background portal inside of a sandbox; outside nobody has to be asked, and the
 * start lies in a file of the autostart folder. Follows the settings "run-in-background"
 * and "autostart", and takes back what is refused. Main thread.
 *
 * Signals: "refused" (UcBackground *, const char *text)   for a person
 */
#define UC_TYPE_BACKGROUND (uc_background_get_type ())
G_DECLARE_FINAL_TYPE (UcBackground, uc_background, UC, BACKGROUND, GObject)

/* @has_portal: whether this is a sandbox. */
UcBackground *uc_background_new (GSettings *settings,
                                 gboolean   has_portal) G_GNUC_WARN_UNUSED_RESULT;
/* Whether this process runs inside of a Flatpak. */
gboolean uc_background_is_sandboxed (void);
/* The last window has gone: asks, once a run, whether the program may stay. */
void uc_background_begin (UcBackground *self);

G_END_DECLS
