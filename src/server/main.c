/* SPDX-License-Identifier: GPL-3.0-or-later */

/* unified-chat-server: reads the command line and runs the server until it is told to
 * end. Says one line on standard output, when it is ready. */

#include "config.h"

#include "uc-demo.h"
#include "uc-log.h"
#include "uc-server.h"

#include <glib-unix.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>

typedef struct {
  GMainLoop *loop;
  UcServer  *server;
  int        status;
  gboolean   is_ending;
  gboolean   is_demo;
  UcDemo    *demo; /* (nullable) */
} Program;

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *program = user_data;

  uc_server_stop_finish (program->server, result, NULL);
  g_main_loop_quit (program->loop);
}

static gboolean
signal_cb (gpointer user_data)
{
  Program *program = user_data;

  if (!program->is_ending) {
    program->is_ending = TRUE;
    g_clear_pointer (&program->demo, uc_demo_free);
    uc_server_stop_async (program->server, stopped_cb, program);
  }
  return G_SOURCE_CONTINUE;
}

static void
fail (Program *program, const GError *error)
{
  g_printerr ("unified-chat-server: %s\n", error->message);
  program->status = EXIT_FAILURE;
  g_main_loop_quit (program->loop);
}

static void
say_ready (Program *program)
{
  g_print ("listening on %s\n", uc_server_get_url (program->server));
  fflush (stdout);
}

static void
demo_started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *program = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDemo) demo = uc_demo_start_finish (program->server, result, &error);

  if (demo == NULL) {
    fail (program, error);
    return;
  }
  if (program->is_ending)
    return;
  program->demo = g_steal_pointer (&demo);
  say_ready (program);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *program = user_data;
  g_autoptr (GError) error = NULL;

  if (!uc_server_start_finish (program->server, result, &error))
    fail (program, error);
  else if (program->is_demo)
    uc_demo_start_async (program->server, NULL, NULL, demo_started_cb, program);
  else
    say_ready (program);
}

/* What lies in memory is not for core files, what lies on disk not for others; each
 * socket is an open file. */
static void
harden (void)
{
  struct rlimit limit = { 0, 0 };

  setrlimit (RLIMIT_CORE, &limit);
  umask (077);
  if (getrlimit (RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit (RLIMIT_NOFILE, &limit);
  }
}

static char *
dup_default_data_dir (void)
{
  return g_build_filename (g_get_user_data_dir (), "unified-chat-server", NULL);
}

int
main (int argc, char **argv)
{
  int                port = 8065;
  g_autofree char   *data_dir = NULL;
  g_autofree char   *folder = NULL;
  g_autofree char   *address = NULL;
  g_autofree char   *trusted_proxy = NULL;
  g_autofree char   *site_url = NULL;
  gboolean           is_demo = FALSE;
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &port, "Port to listen on; 0 takes a free one", "N" },
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &data_dir, "Folder of the data", "DIR" },
    { "address", 'a', 0, G_OPTION_ARG_STRING, &address, "Address to listen on", "A" },
    { "trusted-proxy", 0, 0, G_OPTION_ARG_STRING, &trusted_proxy,
      "Address of the reverse proxy that all requests come through", "P" },
    { "site-url", 0, 0, G_OPTION_ARG_STRING, &site_url, "Address that people use", "URL" },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &is_demo,
      "Fill an empty folder with an organisation that lives", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- a small chat server");
  g_autoptr (GError) error = NULL;
  Program         program = { 0 };
  UcServerOptions options = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 1 || port < 0 ||
      port > G_MAXUINT16) {
    g_printerr ("unified-chat-server: %s\n",
                error != NULL ? error->message : "unknown argument; see --help");
    return 2;
  }
  harden ();
  uc_log_install ();
  if (data_dir == NULL)
    data_dir = dup_default_data_dir ();
  folder = g_canonicalize_filename (data_dir, NULL);
  options.data_dir = folder;
  options.address = address;
  options.trusted_proxy = trusted_proxy;
  options.site_url = site_url;
  options.port = (guint16) port;

  program.is_demo = is_demo;
  program.loop = g_main_loop_new (NULL, FALSE);
  program.server = uc_server_new (&options);
  g_unix_signal_add (SIGTERM, signal_cb, &program);
  g_unix_signal_add (SIGINT, signal_cb, &program);
  uc_server_start_async (program.server, NULL, started_cb, &program);
  g_main_loop_run (program.loop);
  g_clear_pointer (&program.demo, uc_demo_free);
  g_clear_object (&program.server);
  g_main_loop_unref (program.loop);
  return program.status;
}
