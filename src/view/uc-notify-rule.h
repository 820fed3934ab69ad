/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-sidebar.h"

G_BEGIN_DECLS

/* Why a message is, or is not, notified on the desktop. */
typedef enum
{
  UC_NOTIFY_MENTION,  /* one's name, a keyword, @all; and a reply where one follows */
  UC_NOTIFY_DIRECT,   /* it is for me alone, or for a few */
  UC_NOTIFY_ALL,      /* everything in this conversation is notified */
  UC_NOTIFY_N_YES,

  UC_NOTIFY_OWN = UC_NOTIFY_N_YES,
  UC_NOTIFY_SYSTEM,       /* somebody joined, and the like */
  UC_NOTIFY_OFF_HERE,     /* this computer's preference */
  UC_NOTIFY_DISTURBING,   /* do not disturb */
  UC_NOTIFY_MUTED,        /* the conversation */
  UC_NOTIFY_OFF_CHANNEL,  /* nothing of this conversation */
  UC_NOTIFY_OFF_ACCOUNT,  /* nothing at all, on the server */
  UC_NOTIFY_ONLY_MENTION, /* the conversation notifies of mentions, and this is none */
  UC_NOTIFY_WATCHED,      /* it was on screen */
  UC_NOTIFY_N_REASONS,
} UcNotifyReason;

/**
 * UcNotifyCase:
 *
 * What the rule looks at.
 */
typedef struct
{
  const UcPost         *post;
  const UcChannelState *state; /* (nullable): of its channel */
  const UcUser         *me;    /* (nullable): not known yet */
  const char           *my_user_id;
  UcPresence            presence; /* one's own */
  gboolean              mentions_me;
  gboolean              is_on_here; /* this computer notifies at all */
  gboolean              is_watched; /* the conversation is being looked at */
} UcNotifyCase;

UcNotifyReason uc_notify_decide          (const UcNotifyCase *one);
gboolean       uc_notify_reason_is_yes   (UcNotifyReason      reason);
/* One or two sentences for a person. */
const char    *uc_notify_reason_describe (UcNotifyReason      reason);

G_END_DECLS
