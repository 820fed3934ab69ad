/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-notifier-digest.h"
#include "uc-notifier.h"

G_BEGIN_DECLS

typedef enum {
  UC_DIGEST_NONE,    /* up to date; nothing to tell */
  UC_DIGEST_AWAY,    /* not up to date: what comes is told later */
  UC_DIGEST_PENDING, /* up to date again: told as soon as the counts have come to rest */
} UcDigestPhase;

struct _UcNotifier {
  GObject parent_instance;

  GApplication     *application; /* (unowned) outlives us */
  GSettings        *settings;    /* (owned) */
  UcWindowAccount  *account;     /* (owned) */
  GCancellable     *cancellable; /* (owned) */
  GHashTable       *shown;       /* (owned) set of channel ids with a notification */
  GHashTable       *in_digest;   /* (owned) set of channel ids that the digest shown tells of */
  UcNotifierCounts *before;      /* (owned) (nullable) when one was last up to date */
  UcDigestPhase     digest;
  guint             digest_id;
  UcMessage        *ringing; /* (owned) (nullable) the call that rings */
  guint             ring_id;
  char             *watched; /* (owned) */
};

void  _uc_notifier_send (UcNotifier    *self,
                         const char    *name,
                         const char    *title,
                         const char    *body,
                         GNotification *note);
void  _uc_notifier_withdraw_id (UcNotifier *self, const char *name);
char *_uc_notifier_dup_title (UcNotifier *self, const UcMessage *message) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) */
const UcChannelState *_uc_notifier_get_state (UcNotifier *self, const char *channel_id);

/* uc-notifier-call.c */
gboolean _uc_notifier_ring (UcNotifier *self, UcMessage *message);
void     _uc_notifier_stop_ringing (UcNotifier *self, const char *channel_id);
void     _uc_notifier_check_call (UcNotifier *self, UcStore *store);

/* uc-notifier-away.c */
void _uc_notifier_state_changed_cb (UcNotifier *self, UcSession *session);
/* Something came late: it is told of soon, with all else that does. */
void _uc_notifier_queue_digest (UcNotifier *self);

G_END_DECLS
