/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * UcTestServer:
 *
 * A real server for a test: the bundled one as a process of its own on a free port
 * and with an empty data folder, an administrator and a team in it. Calls block; the
 * server is another process. With UC_TEST_SERVER_URL, UC_TEST_ADMIN and
 * UC_TEST_PASSWORD in the environment it is that server instead, which then is not to
 * be killed.
 */
typedef struct _UcTestServer UcTestServer;

UcTestServer *uc_test_server_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void          uc_test_server_free        (UcTestServer *self);

const char   *uc_test_server_get_site    (UcTestServer *self);
guint16       uc_test_server_get_port    (UcTestServer *self);
const char   *uc_test_server_get_team_id (UcTestServer *self);
/* (nullable): of a server that was started here. */
const char   *uc_test_server_get_data_dir (UcTestServer *self);

/* SIGKILL; returns when the process is gone. */
void          uc_test_server_kill        (UcTestServer *self);
/* Again, on the same port and with the same data. */
void          uc_test_server_restart     (UcTestServer *self);

/* A member of the team whose name begins with @name; gives the whole user name, by
 * which the functions below know him. */
char         *uc_test_server_add_user    (UcTestServer *self,
                                          const char   *name) G_GNUC_WARN_UNUSED_RESULT;
const char   *uc_test_server_get_user_id (UcTestServer *self,
                                          const char   *username);
const char   *uc_test_server_get_token   (UcTestServer *self,
                                          const char   *username);
const char   *uc_test_server_get_password (UcTestServer *self);
/* A public channel with these members (user names, NULL at the end). */
char         *uc_test_server_add_channel (UcTestServer *self,
                                          const char   *name,
                                          ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
void          uc_test_server_join        (UcTestServer *self,
                                          const char   *channel_id,
                                          const char   *username);
/* The id of the new post. */
char         *uc_test_server_post        (UcTestServer *self,
                                          const char   *username,
                                          const char   *channel_id,
                                          const char   *root_id,
                                          const char   *message) G_GNUC_WARN_UNUSED_RESULT;
/* Texts of the ordinary posts of a channel, oldest first. */
GStrv         uc_test_server_dup_texts   (UcTestServer *self,
                                          const char   *channel_id) G_GNUC_WARN_UNUSED_RESULT;

/* Any call; @username NULL: the administrator; @path below /api/v4 or, beginning with
 * "/plugins/", below the site. Fails the test unless @status comes. (nullable) */
JsonNode     *uc_test_server_call        (UcTestServer *self,
                                          const char   *username,
                                          const char   *method,
                                          const char   *path,
                                          const char   *body,
                                          guint         status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcTestServer, uc_test_server_free)

G_END_DECLS
