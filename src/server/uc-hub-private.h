/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-hub.h"
#include "uc-session-table.h"
#include "uc-ws-peer.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

struct _UcHub {
  UcDispatch   *dispatch; /* (unowned) */
  const UcSite *site;     /* (unowned) */
  GHashTable   *members;  /* (owned) (element-type UcHubMember): all of them, as a set */
  GHashTable   *by_id;    /* (element-type utf8 UcHubMember): those that said hello */
  GHashTable   *by_user;  /* (element-type utf8 GPtrArray<UcHubMember>) */
  guint         sweep_id;
  gboolean      is_closed;
};

/**
 * UcHubMember:
 *
 * One connection, also while it is broken and may come back. Counted references,
 * because answers of the worker come when it may be gone.
 */
typedef struct {
  UcHub           *hub;           /* (unowned) (nullable): NULL once it is gone */
  UcWsPeer        *peer;          /* (owned) (nullable): NULL while it is broken */
  UcServerSession *session;       /* (owned) (nullable): NULL until it is known whose */
  char            *connection_id; /* (nullable): told by hello */
  char            *token;         /* (nullable): of the header, until it is checked */
  char            *wanted_id;     /* (nullable): the connection to take up again */
  gint64           wanted_seq;
  gint64           next_seq;
  GQueue           kept;         /* (element-type Kept): what can be told again */
  guint            n_missed;     /* of them, told to nobody yet */
  guint            n_actions;    /* on their way through the worker */
  gint64           broken_at_ms; /* 0 while it is connected */
  guint            auth_timer_id;
} UcHubMember;

UcHubMember *_uc_hub_member_ref (UcHubMember *self);
void         _uc_hub_member_unref (UcHubMember *self);
/* It is known now whose connection this is: hello, or what was missed. */
void _uc_hub_member_welcome (UcHubMember *self, UcServerSession *session, gboolean is_by_header);
/* An event; it counts on also while the connection is broken. */
void _uc_hub_member_tell (UcHubMember *self, UcPush *push);
/* The connection is gone, the member may come back. */
void _uc_hub_member_lose_peer (UcHubMember *self);
/* Ends the connection for good. */
void _uc_hub_member_drop (UcHubMember *self);

/* uc-hub-actions.c: a message of the client, and what it asks. */
void _uc_hub_take_message (UcHubMember *self, const guint8 *data, gsize length);
void _uc_hub_check_token (UcHubMember *self, const char *token, gint64 challenge_seq);
void _uc_hub_note_presence (UcHub *hub, const char *user_id, gboolean is_connected);

/* How many living connections a user has. */
guint         _uc_hub_count_connected (UcHub *self, const char *user_id);
gint64        _uc_hub_get_now_ms (UcHub *self);
UcDispatch   *_uc_hub_get_dispatch (UcHub *self);
const UcSite *_uc_hub_get_site (UcHub *self);

G_END_DECLS
