/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server dies in the middle of its work: what it has acknowledged is there when it
 * comes back, and a repetition of all of it doubles nothing. */

#include "config.h"

#include "uc-test-server.h"

#include "uc-test.h"

#include <libsoup/soup.h>
#include <string.h>

#define N_ROUNDS 5

/* Many posts under way at once; the texts of those that were answered. */
typedef struct {
  UcTestServer *server;
  SoupSession  *session;
  const char   *username;
  const char   *channel_id;
  GPtrArray    *acknowledged;
  guint         n_sent;
  guint         n_under_way;
  guint         n_wanted;
  gboolean      is_over;
} Writer;

typedef struct {
  Writer *writer;
  char   *text;
} Sent;

static void send_one (Writer *self);

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sent        *sent = user_data;
  Writer      *self = sent->writer;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  guint        status = soup_message_get_status (message);
  g_autoptr (GBytes) bytes =
      soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);

  self->n_under_way--;
  if (bytes != NULL && status == 201)
    g_ptr_array_add (self->acknowledged, g_strdup (sent->text));
  g_free (sent->text);
  g_free (sent);
  if (!self->is_over)
    send_one (self);
}

static SoupMessage *
new_message (Writer *self, const char *text)
{
  g_autofree char *uri =
      g_strconcat (uc_test_server_get_site (self->server), "/api/v4/posts", NULL);
  g_autofree char *token =
      g_strconcat ("Bearer ", uc_test_server_get_token (self->server, self->username), NULL);
  g_autofree char *body =
      g_strdup_printf ("{\"channel_id\":\"%s\",\"message\":\"%s\",\"pending_post_id\":\"%s\"}",
                       self->channel_id, text, text);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  SoupMessage *message = soup_message_new ("POST", uri);

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", token);
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  return message;
}

static void
send_one (Writer *self)
{
  Sent *sent = g_new0 (Sent, 1);
  g_autoptr (SoupMessage) message = NULL;

  sent->writer = self;
  sent->text = g_strdup_printf ("message-%u", self->n_sent++);
  message = new_message (self, sent->text);
  self->n_under_way++;
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, sent_cb,
                                    sent);
}

static gboolean
has_enough (gpointer user_data)
{
  Writer *self = user_data;

  return self->acknowledged->len >= self->n_wanted;
}

static gboolean
is_still (gpointer user_data)
{
  return ((Writer *) user_data)->n_under_way == 0;
}

static void
write_until_killed (Writer *self)
{
  self->is_over = FALSE;
  self->session = soup_session_new_with_options ("max-conns", 32, "max-conns-per-host", 32, NULL);
  for (guint i = 0; i < 32; i++)
    send_one (self);
  self->n_wanted = self->acknowledged->len + 40 + g_random_int_range (0, 40);
  uc_test_wait_until (has_enough, self, 30000);
  self->is_over = TRUE;
  uc_test_server_kill (self->server);
  uc_test_wait_until (is_still, self, 30000);
  g_clear_object (&self->session);
}

/* Texts of the server as a set; no text is there twice. */
static GHashTable *
read_texts (Writer *self)
{
  g_auto (GStrv) texts = uc_test_server_dup_texts (self->server, self->channel_id);
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; texts[i] != NULL; i++)
    g_assert_true (g_hash_table_add (set, g_strdup (texts[i])));
  return set;
}

static void
check_acknowledged (Writer *self)
{
  g_autoptr (GHashTable) texts = read_texts (self);

  for (guint i = 0; i < self->acknowledged->len; i++)
    g_assert_true (g_hash_table_contains (texts, g_ptr_array_index (self->acknowledged, i)));
}

/* What a client does that does not know what has arrived. */
static void
repeat_all (Writer *self)
{
  for (guint i = 0; i < self->n_sent; i++) {
    g_autofree char *body = g_strdup_printf (
        "{\"channel_id\":\"%s\",\"message\":\"message-%u\",\"pending_post_id\":\"message-%u\"}",
        self->channel_id, i, i);
    g_autoptr (JsonNode) post =
        uc_test_server_call (self->server, self->username, "POST", "/posts", body, 201);
  }
}

static void
test_kill (void)
{
  g_autoptr (UcTestServer) server = uc_test_server_new ();
  g_autofree char *username = uc_test_server_add_user (server, "anna");
  g_autofree char *channel_id = uc_test_server_add_channel (server, "talk", username, NULL);
  g_autoptr (GPtrArray) acknowledged = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) texts = NULL;
  Writer writer = {
    .server = server, .username = username, .channel_id = channel_id, .acknowledged = acknowledged
  };

  for (guint i = 0; i < N_ROUNDS; i++) {
    write_until_killed (&writer);
    uc_test_server_restart (server);
    check_acknowledged (&writer);
  }
  repeat_all (&writer);
  texts = read_texts (&writer);
  g_assert_cmpuint (g_hash_table_size (texts), ==, writer.n_sent);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kill/acknowledged", test_kill);
  return g_test_run ();
}
