/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* "{one|two}" in a text of the demo becomes one of the two; choices may hold others. */
char *uc_demo_choose (const char *text, GRand *rand, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
