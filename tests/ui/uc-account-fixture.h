/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-window-account.h"

G_BEGIN_DECLS

/* For tests: an account over a real store in a temporary folder, filled with a small
 * organisation, and a server that cannot be reached. */
typedef struct {
  UcStore         *store;
  UcSession       *session;
  UcWindowAccount *account;
} UcAccountFixture;

/* Ids of what is in it. */
#define UC_FIXTURE_ME       "meannayyyyyyyyyyyyyyyyyyyy"
#define UC_FIXTURE_BEN      "benmoseryyyyyyyyyyyyyyyyyy"
#define UC_FIXTURE_CARLA    "cariasimsyyyyyyyyyyyyyyyyy"
#define UC_FIXTURE_HOSPITAL "hospitayyyyyyyyyyyyyyyyyyy"
#define UC_FIXTURE_RESEARCH "researchyyyyyyyyyyyyyyyyyy"
/* Open; 3 unread with 1 mention. */
#define UC_FIXTURE_TOWN "townsquareyyyyyyyyyyyyyyyy"
/* Private; nothing unread. */
#define UC_FIXTURE_SURGERY "surgeryyyyyyyyyyyyyyyyyyyy"
/* Open; a favourite. */
#define UC_FIXTURE_WARD "wardthreeyyyyyyyyyyyyyyyyy"
/* With Ben; 1 unread. */
#define UC_FIXTURE_DIRECT "directbenyyyyyyyyyyyyyyyyy"
/* In the other team; 2 unread. */
#define UC_FIXTURE_LAB "iaboratoryyyyyyyyyyyyyyyyy"

UcAccountFixture *uc_account_fixture_new (void) G_GNUC_WARN_UNUSED_RESULT;
void              uc_account_fixture_free (UcAccountFixture *self);
/* A message in a channel, as if it had been pushed. */
void uc_account_fixture_post (UcAccountFixture *self,
                              const char       *channel_id,
                              const char       *user_id,
                              const char       *text,
                              gboolean          mentions_me);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcAccountFixture, uc_account_fixture_free)

G_END_DECLS
