/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One random step after the other. All choices come from one seed; what the processes
 * make of them may differ from run to run. */

#include "config.h"

#include "uc-fault-steps.h"

#include "uc-test-time.h"
#include "uc-test.h"

#define HTML                                                                                       \
  "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n<html>Welcome</html>"
#define ANSWER(status, headers, body, length)                                                      \
  "HTTP/1.1 " status "\r\n" headers "Content-Length: " length "\r\n\r\n" body
#define LIMITED(retry) ANSWER ("429 Too Many Requests", retry, "limit exceeded\n", "15")
#define BROKEN                                                                                     \
  ANSWER ("500 Internal Server Error", "Content-Type: application/json\r\n",                       \
          "{\"id\":\"app.x\",\"message\":\"x\",\"status_code\":500}", "49")

/* What happens to the next few requests or events of a device. */
static const UcFault faults[] = {
  { UC_FAULT_RESET, "POST *", 2 },
  { UC_FAULT_RESET, "GET *", 3 },
  { UC_FAULT_STALL, "POST *", 1 },
  { UC_FAULT_STALL, "GET */posts*", 1 },
  { UC_FAULT_CUT, "POST */posts", 1, 0, 150 },
  { UC_FAULT_CUT, "PUT *", 1, 0, 60 },
  { UC_FAULT_TWICE, "POST */posts", 1 },
  { UC_FAULT_TWICE, "PUT *", 1 },
  { UC_FAULT_TWICE, "DELETE *", 1 },
  { UC_FAULT_DELAY, "*", 4, 0, 30 },
  { UC_FAULT_DELAY, "GET *", 3, 0, 120 },
  { UC_FAULT_SWALLOW, "POST */posts", 2 },
  { UC_FAULT_SWALLOW, "POST *", 2 },
  { UC_FAULT_SWALLOW, "PUT *", 2 },
  { UC_FAULT_SWALLOW, "DELETE *", 2 },
  { UC_FAULT_SWALLOW, "GET *", 4 },
  { UC_FAULT_STALL_ANSWER, "POST */posts", 1 },
  { UC_FAULT_STALL_ANSWER, "GET *", 1 },
  { UC_FAULT_TRUNCATE, "POST */posts", 1, 0, 300 },
  { UC_FAULT_TRUNCATE, "GET *", 2, 0, 200 },
  { UC_FAULT_REPLACE, "POST */posts", 2, 0, 0, BROKEN },
  { UC_FAULT_REPLACE, "PUT *", 2, 0, 0, BROKEN },
  { UC_FAULT_REPLACE, "*", 2, 0, 0, HTML },
  { UC_FAULT_ANSWER, "*", 3, 0, 0, BROKEN },
  { UC_FAULT_ANSWER, "GET *", 3, 0, 0, HTML },
  { UC_FAULT_ANSWER, "*", 1, 0, 0, LIMITED ("Retry-After: 7\r\n") },
  { UC_FAULT_ANSWER, "POST *", 1, 0, 0, LIMITED ("") },
  { UC_FAULT_ANSWER, "*", 1, 0, 0, LIMITED ("Retry-After: -3\r\n") },
  { UC_FAULT_EVENT_DROP, "*", 1 },
  { UC_FAULT_EVENT_DROP, "posted", 2 },
  { UC_FAULT_EVENT_DROP, "reaction_*", 1 },
  { UC_FAULT_EVENT_DROP, "post_edited", 1 },
  { UC_FAULT_EVENT_DROP, "channel_viewed", 1 },
  { UC_FAULT_EVENT_DOUBLE, "*", 3 },
  { UC_FAULT_EVENT_SWAP, "*", 1 },
  { UC_FAULT_EVENT_SWAP, "posted", 1 },
  { UC_FAULT_EVENT_CUT, "*", 1 },
  { UC_FAULT_EVENT_STALL, "*", 1 },
};

static const char *const emoji[] = { "+1", "heart", "tada" };

static void
written_free (gpointer data)
{
  UcWritten *written = data;

  g_free (written->channel_id);
  g_free (written->name);
  g_free (written->root_name);
  g_free (written);
}

UcFaultSteps *
uc_fault_steps_new (UcFaultWorld *world, guint32 seed)
{
  UcFaultSteps *self = g_new0 (UcFaultSteps, 1);

  self->world = world;
  self->rand = g_rand_new_with_seed (seed);
  self->written = g_ptr_array_new_with_free_func (written_free);
  self->deleted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rewritten = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
uc_fault_steps_free (UcFaultSteps *self)
{
  g_rand_free (self->rand);
  g_ptr_array_unref (self->written);
  g_hash_table_unref (self->deleted);
  g_hash_table_unref (self->rewritten);
  g_free (self);
}

char *
uc_fault_steps_dup_name (const char *text)
{
  return g_strndup (text, strcspn (text, " "));
}

static guint
choose (UcFaultSteps *self, guint n)
{
  return (guint) g_rand_int_range (self->rand, 0, (gint32) n);
}

static UcDevice *
choose_device (UcFaultSteps *self)
{
  return &self->world->devices[choose (self, UC_WORLD_N_DEVICES)];
}

static const char *
choose_channel (UcFaultSteps *self)
{
  return self->world->channel_ids[choose (self, UC_WORLD_N_CHANNELS)];
}

/* (nullable): a message that the device shows; one's own when @is_own; no reply when
 * @is_root. */
static UcMessage *
choose_message (UcFaultSteps *self, UcDevice *device, gboolean is_own, gboolean is_root)
{
  g_autoptr (GPtrArray) all = uc_test_client_load (device->client, choose_channel (self), 20);
  g_autoptr (GPtrArray) fitting = g_ptr_array_new ();
  const char *me = uc_session_get_user_id (device->client->session);

  for (guint i = 0; i < all->len; i++) {
    UcMessage *message = g_ptr_array_index (all, i);

    if ((!is_own || g_str_equal (message->post->user_id, me)) &&
        (!is_root || *message->post->root_id == '\0') && !message->is_delete_queued)
      g_ptr_array_add (fitting, message);
  }
  return fitting->len > 0
             ? uc_message_ref (g_ptr_array_index (fitting, choose (self, fitting->len)))
             : NULL;
}

/* -- What people do ------------------------------------------------------------------ */

static void
write_message (UcFaultSteps *self, UcDevice *device, const char *channel_id, UcMessage *root)
{
  UcWritten       *written = g_new0 (UcWritten, 1);
  g_autofree char *text = NULL;

  written->device = (guint) (device - self->world->devices);
  written->channel_id = g_strdup (channel_id);
  written->name = g_strdup_printf ("d%u-%u", written->device, self->written->len);
  if (root != NULL)
    written->root_name = uc_fault_steps_dup_name (root->post->message);
  text = g_strdup_printf ("%s @%s", written->name,
                          choose (self, 3) == 0 ? self->world->ben : "nobody");
  g_ptr_array_add (self->written, written);
  uc_test_client_send (device->client, channel_id, root != NULL ? root->key : NULL, text);
}

static void
do_post (UcFaultSteps *self, UcDevice *device)
{
  write_message (self, device, choose_channel (self), NULL);
}

static void
do_reply (UcFaultSteps *self, UcDevice *device)
{
  g_autoptr (UcMessage) root = choose_message (self, device, FALSE, TRUE);

  if (root != NULL)
    write_message (self, device, root->post->channel_id, root);
}

static void
do_edit (UcFaultSteps *self, UcDevice *device)
{
  g_autoptr (UcMessage) message = choose_message (self, device, TRUE, FALSE);
  g_autofree char *name = message != NULL ? uc_fault_steps_dup_name (message->post->message) : NULL;
  g_autofree char *text = g_strdup_printf ("%s changed %u", name, g_rand_int (self->rand));

  if (message == NULL)
    return;
  /* When it was refused already this sends it again, after what was written later. */
  if (g_str_has_prefix (message->post->id, "local:"))
    g_hash_table_add (self->rewritten, uc_fault_steps_dup_name (message->post->message));
  uc_session_edit (device->client->session, message, text);
}

static void
do_delete (UcFaultSteps *self, UcDevice *device)
{
  g_autoptr (UcMessage) message = choose_message (self, device, TRUE, FALSE);

  if (message == NULL)
    return;
  g_hash_table_add (self->deleted, uc_fault_steps_dup_name (message->post->message));
  uc_session_delete (device->client->session, message);
}

static void
do_react (UcFaultSteps *self, UcDevice *device)
{
  g_autoptr (UcMessage) message = choose_message (self, device, FALSE, FALSE);

  if (message != NULL)
    uc_session_react (device->client->session, message, emoji[choose (self, 3)],
                      choose (self, 3) > 0);
}

static void
do_pin (UcFaultSteps *self, UcDevice *device)
{
  g_autoptr (UcMessage) message = choose_message (self, device, FALSE, FALSE);

  if (message != NULL)
    uc_session_pin (device->client->session, message, choose (self, 2) > 0);
}

static void
do_read (UcFaultSteps *self, UcDevice *device)
{
  uc_session_mark_read (device->client->session, choose_channel (self));
}

static void
do_unread (UcFaultSteps *self, UcDevice *device)
{
  g_autoptr (UcMessage) message = choose_message (self, device, FALSE, FALSE);

  if (message != NULL)
    uc_session_mark_unread (device->client->session, message);
}

static void
do_look (UcFaultSteps *self, UcDevice *device)
{
  uc_session_set_visible (device->client->session,
                          choose (self, 3) > 0 ? choose_channel (self) : NULL, choose (self, 2));
}

static void
joined_cb (GObject *source, GAsyncResult *result, gpointer unused)
{
  uc_session_join_channel_finish (UC_SESSION (source), result, NULL);
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer unused)
{
  uc_session_leave_channel_finish (UC_SESSION (source), result, NULL);
}

/* Comes of it what may: these need the server. */
static void
do_join_or_leave (UcFaultSteps *self, UcDevice *device)
{
  const char *channel_id = self->world->channel_ids[UC_WORLD_N_CHANNELS - 1];

  if (choose (self, 3) > 0)
    uc_session_join_channel_async (device->client->session, channel_id, NULL, joined_cb, NULL);
  else
    uc_session_leave_channel_async (device->client->session, channel_id, NULL, left_cb, NULL);
}

/* -- What happens to them ------------------------------------------------------------ */

static void
do_fault (UcFaultSteps *self, UcDevice *device)
{
  uc_fault_proxy_put (device->proxy, &faults[choose (self, G_N_ELEMENTS (faults))]);
}

static void
do_lift (UcFaultSteps *self, UcDevice *device)
{
  uc_fault_proxy_lift (device->proxy);
}

static void
do_down (UcFaultSteps *self, UcDevice *device)
{
  uc_fault_proxy_set_down (device->proxy, choose (self, 2));
}

static void
do_break (UcFaultSteps *self, UcDevice *device)
{
  uc_fault_proxy_break_sockets (device->proxy);
}

static void
do_retry (UcFaultSteps *self, UcDevice *device)
{
  uc_session_retry_now (device->client->session);
}

static void
do_wait (UcFaultSteps *self, UcDevice *device)
{
  uc_test_time_skip ((guint) g_rand_int_range (self->rand, 100, 35000));
}

static void
do_restart (UcFaultSteps *self, UcDevice *device)
{
  uc_fault_world_restart_device (self->world, device);
}

static void
do_server (UcFaultSteps *self, UcDevice *device)
{
  if (self->world->is_server_dead)
    uc_fault_world_revive_server (self->world);
  else
    uc_fault_world_kill_server (self->world);
}

static void
do_forget (UcFaultSteps *self, UcDevice *device)
{
  uc_fault_world_forget (self->world);
}

static void
do_switch_socket (UcFaultSteps *self, UcDevice *device)
{
  uc_fault_proxy_refuse_sockets (device->proxy, choose (self, 2));
}

static const struct {
  guint weight;
  void (*run) (UcFaultSteps *self, UcDevice *device);
} steps[] = {
  { 30, do_post },  { 12, do_reply },  { 10, do_edit },  { 5, do_delete }, { 12, do_react },
  { 4, do_pin },    { 8, do_read },    { 4, do_unread }, { 5, do_look },   { 4, do_join_or_leave },
  { 22, do_fault }, { 4, do_lift },    { 6, do_down },   { 4, do_break },  { 6, do_retry },
  { 8, do_wait },   { 2, do_restart }, { 2, do_server }, { 3, do_forget }, { 2, do_switch_socket },
};

void
uc_fault_steps_take (UcFaultSteps *self)
{
  guint total = 0;
  guint at;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (steps); i++)
    total += steps[i].weight;
  at = choose (self, total);
  for (i = 0; at >= steps[i].weight; i++)
    at -= steps[i].weight;
  steps[i].run (self, choose_device (self));
  uc_fault_world_run (choose (self, 12));
}
