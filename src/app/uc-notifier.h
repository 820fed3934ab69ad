/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-window-account.h"

G_BEGIN_DECLS

/**
 * UcNotifier:
 *
 * Desktop notifications of one account: a direct message or a mention, in a
 * conversation that is not being looked at. One a conversation, replaced by the next,
 * withdrawn when it is read. Activating it is the action `app.open-message`.
 */
#define UC_TYPE_NOTIFIER (uc_notifier_get_type ())
G_DECLARE_FINAL_TYPE (UcNotifier, uc_notifier, UC, NOTIFIER, GObject)

UcNotifier *uc_notifier_new (GApplication    *application,
                             GSettings       *settings,
                             UcWindowAccount *account) G_GNUC_WARN_UNUSED_RESULT;
/* The conversation that is being looked at; "" for none. */
void uc_notifier_set_watched (UcNotifier *self, const char *channel_id);

G_END_DECLS
