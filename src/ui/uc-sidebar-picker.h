/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-window-account.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum {
  UC_PICK_CHANNEL, /* a public channel to join */
  UC_PICK_PERSON,  /* somebody to write to */
} UcPickKind;

/**
 * UcSidebarPicker:
 *
 * A dialog to find a public channel of the team, or a person, and to begin a
 * conversation there. What is stored is found at once, the rest when the server has
 * answered; picking needs the server. Ends by the action `win.open-channel` on the
 * widget it was presented over.
 */
#define UC_TYPE_SIDEBAR_PICKER (uc_sidebar_picker_get_type ())
G_DECLARE_FINAL_TYPE (UcSidebarPicker, uc_sidebar_picker, UC, SIDEBAR_PICKER, AdwDialog)

AdwDialog *uc_sidebar_picker_new (UcPickKind kind, UcWindowAccount *account);

G_END_DECLS
