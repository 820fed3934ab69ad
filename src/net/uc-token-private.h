/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     _uc_token_free      (char       *token);
gboolean _uc_token_is_usable (const char *token);

G_END_DECLS
