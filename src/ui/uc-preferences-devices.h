/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-window-account.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UcPreferencesDevices:
 *
 * Where one is signed in, by what the server says now, and a way to end each of it. It
 * asks when it is first shown.
 */
#define UC_TYPE_PREFERENCES_DEVICES (uc_preferences_devices_get_type ())
G_DECLARE_FINAL_TYPE (UcPreferencesDevices,
                      uc_preferences_devices,
                      UC,
                      PREFERENCES_DEVICES,
                      AdwPreferencesPage)

AdwPreferencesPage *uc_preferences_devices_new (UcWindowAccount *account, GSettings *settings);

G_END_DECLS
