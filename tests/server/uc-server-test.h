/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-server.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

#define UC_TEST_PASSWORD "Probe-2026!x"

/**
 * UcServerTest:
 *
 * A server in the process of its test, with a folder of its own and a clock that the
 * test moves, and what is needed to talk to it. "admin" is there from the beginning,
 * and a team. Waiting runs the main loop; failing to get an answer fails the test.
 */
typedef struct {
  UcServer    *server; /* (owned) */
  UcClock     *clock;  /* (owned) */
  SoupSession *client; /* (owned) */
  char        *data_dir;
  GHashTable  *tokens;   /* (owned) user name to token */
  GHashTable  *user_ids; /* (owned) user name to id */
  char        *team_id;
} UcServerTest;

typedef struct {
  guint               status;
  SoupMessageHeaders *headers; /* (owned) */
  GBytes             *body;    /* (owned) */
  JsonNode           *json;    /* (owned) (nullable): when it is JSON */
} UcTestAnswer;

UcServerTest *uc_server_test_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* Nobody is there yet, and nothing. */
UcServerTest *uc_server_test_new_empty (void) G_GNUC_WARN_UNUSED_RESULT;
void          uc_server_test_free (UcServerTest *self);
/* In order, and again over the same data. */
void uc_server_test_restart (UcServerTest *self);

/* Any call. @username NULL: nobody's. @path below /api/v4, or from the root on when it
 * begins with "/plugins/" or "//". */
UcTestAnswer *uc_server_test_ask (UcServerTest *self,
                                  const char   *username,
                                  const char   *method,
                                  const char   *path,
                                  const char   *body) G_GNUC_WARN_UNUSED_RESULT;
/* The same with a whole message, and the token in it or none. */
UcTestAnswer *uc_server_test_send (UcServerTest *self,
                                   SoupMessage  *message) G_GNUC_WARN_UNUSED_RESULT;
SoupMessage  *uc_server_test_new_message (UcServerTest *self,
                                          const char   *username,
                                          const char   *method,
                                          const char   *path) G_GNUC_WARN_UNUSED_RESULT;
void          uc_test_answer_free (UcTestAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcTestAnswer, uc_test_answer_free)

/* A call that has to give @status; its JSON. (nullable) */
JsonNode *uc_server_test_call (UcServerTest *self,
                               const char   *username,
                               const char   *method,
                               const char   *path,
                               const char   *body,
                               guint         status) G_GNUC_WARN_UNUSED_RESULT;
/* The same when the answer does not matter. */
void uc_server_test_do (UcServerTest *self,
                        const char   *username,
                        const char   *method,
                        const char   *path,
                        const char   *body,
                        guint         status);
/* A call that has to be refused with this id. */
void uc_server_test_refused (UcServerTest *self,
                             const char   *username,
                             const char   *method,
                             const char   *path,
                             const char   *body,
                             guint         status,
                             const char   *error_id);

/* Somebody who is signed in: a member of the team, or of none. */
void        uc_server_test_add_user (UcServerTest *self, const char *username);
void        uc_server_test_add_stranger (UcServerTest *self, const char *username);
void        uc_server_test_log_in (UcServerTest *self, const char *username);
const char *uc_server_test_get_id (UcServerTest *self, const char *username);
/* @type "O" or "P"; @owner makes it. */
char *uc_server_test_add_channel (UcServerTest *self,
                                  const char   *owner,
                                  const char   *name,
                                  const char   *type) G_GNUC_WARN_UNUSED_RESULT;
void  uc_server_test_join (UcServerTest *self, const char *channel_id, const char *username);
char *uc_server_test_post (UcServerTest *self,
                           const char   *username,
                           const char   *channel_id,
                           const char   *message) G_GNUC_WARN_UNUSED_RESULT;

/* Members of an answer. */
const char *uc_test_get_string (JsonNode *node, const char *member);
gint64      uc_test_get_int (JsonNode *node, const char *member);
guint       uc_test_get_length (JsonNode *node);

/* Sends bytes as they are over a connection of their own, and gives what comes back
 * until the server closes it or has been silent for a while. */
char   *uc_server_test_raw (UcServerTest *self,
                            const char   *request,
                            gssize        length) G_GNUC_WARN_UNUSED_RESULT;
guint16 uc_server_test_get_port (UcServerTest *self);

/* A connection that stays open. */
GSocketConnection *uc_server_test_connect (UcServerTest *self) G_GNUC_WARN_UNUSED_RESULT;

/* The smallest picture there is. */
GBytes *uc_test_dup_png (void) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcServerTest, uc_server_test_free)

G_END_DECLS
