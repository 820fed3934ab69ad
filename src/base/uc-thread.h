/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Opens public functions of sync, view and ui. */
#define UC_ASSERT_MAIN_THREAD() g_assert (uc_thread_is_main ())

gboolean uc_thread_is_main (void);

G_END_DECLS
