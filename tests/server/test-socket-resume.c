/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A connection that broke is taken up again: protocol.md 18.7, case by case. */

#include "config.h"

#include "uc-server-test-socket.h"
#include "uc-test.h"

typedef struct {
  UcServerTest *test;
  UcTestSocket *socket; /* anna's */
  char         *channel_id;
  char         *connection_id;
  gint64        next;
} Fixture;

static void
take_hello (Fixture *self)
{
  g_autoptr (JsonObject) hello = uc_test_socket_wait_event (self->socket, "hello");

  g_assert_cmpint (json_object_get_int_member (hello, "seq"), ==, 0);
  g_set_str (&self->connection_id, uc_test_frame_get_data (hello, "connection_id"));
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->test = uc_server_test_new ();
  uc_server_test_add_user (self->test, "anna");
  uc_server_test_add_user (self->test, "ben");
  self->channel_id = uc_server_test_add_channel (self->test, "ben", "talk", "O");
  uc_server_test_join (self->test, self->channel_id, "anna");
  self->socket = uc_test_socket_new (self->test, "anna", "");
  take_hello (self);
  uc_test_socket_flush (self->socket);
  self->next = uc_test_socket_count (self->socket, "status_change") + 1;
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_clear_pointer (&self->socket, uc_test_socket_free);
  uc_server_test_free (self->test);
  g_free (self->channel_id);
  g_free (self->connection_id);
}

static gboolean
is_gone (gpointer user_data)
{
  Fixture *self = user_data;

  return uc_server_count_sockets (self->test->server, uc_server_test_get_id (self->test, "anna")) ==
         0;
}

static void
break_off (Fixture *self)
{
  uc_test_socket_break (self->socket);
  g_clear_pointer (&self->socket, uc_test_socket_free);
  uc_test_wait_until (is_gone, self, 10000);
}

/* Typing is one event for anna, and nothing else. */
static void
cause (Fixture *self, guint n)
{
  g_autofree char *body =
      g_strdup_printf ("{\"channel_id\":\"%s\",\"parent_id\":\"\"}", self->channel_id);

  for (guint i = 0; i < n; i++)
    uc_server_test_do (self->test, "ben", "POST", "/users/me/typing", body, 200);
}

static void
come_back_as (Fixture *self, const char *username, const char *connection_id, gint64 next)
{
  g_autofree char *query =
      g_strdup_printf ("?connection_id=%s&sequence_number=%" G_GINT64_FORMAT, connection_id, next);

  g_clear_pointer (&self->socket, uc_test_socket_free);
  self->socket = uc_test_socket_new (self->test, username, query);
}

static void
come_back (Fixture *self)
{
  come_back_as (self, "anna", self->connection_id, self->next);
}

/* No hello, the numbers go on without a gap from @first, and among the events are so
 * many of typing: coming and going are events too. */
static void
check_resumed (Fixture *self, gint64 first, guint n_typing)
{
  uc_test_socket_flush (self->socket);
  g_assert_cmpuint (uc_test_socket_count (self->socket, "hello"), ==, 0);
  g_assert_cmpuint (uc_test_socket_count (self->socket, "typing"), ==, n_typing);
  self->next = first;
  for (guint i = 0; i < self->socket->frames->len; i++) {
    JsonObject *frame = json_node_get_object (g_ptr_array_index (self->socket->frames, i));

    if (json_object_has_member (frame, "event"))
      g_assert_cmpint (json_object_get_int_member (frame, "seq"), ==, self->next++);
  }
  g_ptr_array_set_size (self->socket->frames, 0);
}

static void
check_fresh (Fixture *self)
{
  g_autofree char *old_id = g_strdup (self->connection_id);

  take_hello (self);
  g_assert_cmpstr (self->connection_id, !=, old_id);
  uc_test_socket_flush (self->socket);
  g_assert_cmpuint (uc_test_socket_count (self->socket, "typing"), ==, 0);
}

static void
test_missed (Fixture *self, gconstpointer unused)
{
  break_off (self);
  cause (self, 3);
  come_back (self);
  check_resumed (self, self->next, 3);

  /* And once more: the id is still the same. */
  break_off (self);
  cause (self, 2);
  come_back (self);
  check_resumed (self, self->next, 2);
}

static void
test_nothing_missed (Fixture *self, gconstpointer unused)
{
  break_off (self);
  come_back (self);
  check_resumed (self, self->next, 0);
  cause (self, 1);
  check_resumed (self, self->next, 1);
}

static void
test_lost_frames (Fixture *self, gconstpointer unused)
{
  cause (self, 6);
  uc_test_socket_flush (self->socket);
  break_off (self);
  cause (self, 2);
  self->next += 2;
  come_back (self);
  check_resumed (self, self->next, 6);
}

static void
test_many (Fixture *self, gconstpointer unused)
{
  break_off (self);
  cause (self, 150);
  come_back (self);
  check_resumed (self, self->next, 150);
}

static void
test_too_many (Fixture *self, gconstpointer unused)
{
  break_off (self);
  cause (self, 300);
  come_back (self);
  check_fresh (self);
}

static void
test_wrong_number (Fixture *self, gconstpointer unused)
{
  break_off (self);
  cause (self, 1);
  come_back_as (self, "anna", self->connection_id, self->next + 20);
  check_fresh (self);
}

static void
test_number_too_old (Fixture *self, gconstpointer unused)
{
  cause (self, 140);
  uc_test_socket_flush (self->socket);
  break_off (self);
  come_back_as (self, "anna", self->connection_id, self->next);
  check_fresh (self);
}

static void
test_unknown (Fixture *self, gconstpointer unused)
{
  break_off (self);
  come_back_as (self, "anna", "abcdefghijkmnopqrstuwxyz13", self->next);
  check_fresh (self);
}

static void
test_restarted (Fixture *self, gconstpointer unused)
{
  uc_server_test_restart (self->test);
  come_back (self);
  check_fresh (self);
}

/* The server still believes in the old one. */
static void
test_still_open (Fixture *self, gconstpointer unused)
{
  g_autoptr (UcTestSocket) old = g_steal_pointer (&self->socket);

  come_back (self);
  check_fresh (self);
  cause (self, 1);
  json_object_unref (uc_test_socket_wait_event (old, "typing"));
  json_object_unref (uc_test_socket_wait_event (self->socket, "typing"));
}

static void
test_other_user (Fixture *self, gconstpointer unused)
{
  break_off (self);
  cause (self, 3);
  come_back_as (self, "admin", self->connection_id, self->next);
  check_fresh (self);
}

static void
test_other_session (Fixture *self, gconstpointer unused)
{
  break_off (self);
  cause (self, 3);
  uc_server_test_log_in (self->test, "anna");
  come_back (self);
  check_resumed (self, self->next, 3);
}

static void
test_challenge (Fixture *self, gconstpointer unused)
{
  g_autofree char *challenge = g_strdup_printf (
      "{\"seq\":1,\"action\":\"authentication_challenge\",\"data\":{\"token\":\"%s\"}}",
      (const char *) g_hash_table_lookup (self->test->tokens, "anna"));

  break_off (self);
  cause (self, 3);
  come_back_as (self, NULL, self->connection_id, self->next);
  uc_test_socket_say (self->socket, challenge);
  check_fresh (self);
}

static void
test_malformed (Fixture *self, gconstpointer unused)
{
  static const char *const bad[] = {
    "?connection_id=no-id&sequence_number=3",
    "?connection_id=abcdefghijkmnopqrstuwxyz13",
    "?connection_id=abcdefghijkmnopqrstuwxyz13&sequence_number=x",
    "?connection_id=abcdefghijkmnopqrstuwxyz13&sequence_number=99999999999999999999",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (UcTestSocket) socket = uc_test_socket_new (self->test, "anna", bad[i]);

    uc_test_socket_wait_closed (socket);
    g_assert_cmpuint (socket->frames->len, ==, 0);
  }
}

/* Who was signed out in between gets nothing of what was kept. */
static void
test_signed_out (Fixture *self, gconstpointer unused)
{
  break_off (self);
  cause (self, 3);
  uc_server_test_do (self->test, "anna", "POST", "/users/logout", NULL, 200);
  uc_server_test_log_in (self->test, "anna");
  come_back (self);
  check_fresh (self);
}

#define ADD(name, func) g_test_add ("/resume/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("missed", test_missed);
  ADD ("nothing-missed", test_nothing_missed);
  ADD ("lost-frames", test_lost_frames);
  ADD ("many", test_many);
  ADD ("too-many", test_too_many);
  ADD ("wrong-number", test_wrong_number);
  ADD ("number-too-old", test_number_too_old);
  ADD ("unknown", test_unknown);
  ADD ("restarted", test_restarted);
  ADD ("still-open", test_still_open);
  ADD ("other-user", test_other_user);
  ADD ("other-session", test_other_session);
  ADD ("challenge", test_challenge);
  ADD ("malformed", test_malformed);
  ADD ("signed-out", test_signed_out);
  return g_test_run ();
}
