/* SPDX-License-Identifier: GPL-3.0-or-later */

/* unified-chat-ctl: the engine without a window, for administrators, scripts and
 * tests. Here: the table of subcommands and the choice of one. */

#include "config.h"

#include "uc-commands.h"

#include "uc-log.h"

#include <glib/gi18n.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

typedef struct {
  const char *name;
  const char *arguments;
  const char *summary;
  int (*run) (UcCtl *ctl, int argc, char **argv);
} Command;

static const Command commands[] = {
  { "login", "--server URL --user NAME --password-file FILE|--token-file FILE --store FILE",
    "sign in and make a store", uc_command_login },
  { "sync", "[--full] --store FILE", "bring the store up to date and send what waits",
    uc_command_sync },
  { "send", "--channel NAME|--user NAME [--thread ID] [--file F]... --store FILE TEXT",
    "queue a message", uc_command_send },
  { "outbox", "--store FILE", "list what waits to be sent", uc_command_outbox },
  { "channels", "--store FILE", "list the conversations", uc_command_channels },
  { "read", "--channel NAME [--before ID] [--limit N] --store FILE", "print messages",
    uc_command_read },
  { "search", "[--limit N] --store FILE QUERY", "find messages", uc_command_search },
  { "classify", "[FILE]", "category and priority of JSON lines with id and text",
    uc_command_classify },
  { "store info", "--store FILE", "what the store holds", uc_command_store_info },
  { "store check", "[--repair] --store FILE", "whether the store is sound; put right what can be",
    uc_command_store_check },
  { "store compare", "A B", "what sets two stores apart: 0 equal, 1 different, 2 failed",
    uc_command_store_compare },
  { "store backup", "--store FILE BACKUP", "copy the store while it may be in use",
    uc_command_store_backup },
  { "store migrate", "[--dry-run] --store FILE",
    "bring the store up to date; what could not be carried over", uc_command_store_migrate },
  { "store restore", "--store FILE BACKUP", "put a backup in the store's place",
    uc_command_store_restore },
  { "store export",
    "--format jsonl|html|markdown [--channel NAME] [--with-files] --store FILE FOLDER",
    "write one's own data to a new folder", uc_command_store_export },
  { "store retention", "--days N [--channel NAME] [--all-backups] [--dry-run] --store FILE",
    "delete for good what is older", uc_command_store_retention },
  { "store hold list", "--store FILE", "what retention must leave alone",
    uc_command_store_hold_list },
  { "store hold add",
    "[--channel NAME] [--since YYYY-MM-DD] [--until YYYY-MM-DD] --store FILE REASON",
    "put a legal hold on messages", uc_command_store_hold_add },
  { "store hold remove", "--store FILE NUMBER", "lift a legal hold", uc_command_store_hold_remove },
};

static void
print_help (FILE *stream)
{
  fprintf (stream, "Usage: unified-chat-ctl COMMAND [OPTION…]\n\n"
                   "Commands:\n");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (stream, "  %-14s %s\n", commands[i].name, commands[i].summary);
  fprintf (stream,
           "\nEvery command takes --store FILE, --token-store FILE and --json; COMMAND --help "
           "tells the rest.\nExit status: 0 done, 1 failed, 2 usage.\n");
}

/* How many words of @argv name @command; 0: another one. */
static int
match (const Command *command, int argc, char **argv)
{
  g_auto (GStrv) words = g_strsplit (command->name, " ", -1);
  int n_words = 0;

  while (words[n_words] != NULL) {
    if (n_words + 1 >= argc || strcmp (argv[n_words + 1], words[n_words]) != 0)
      return 0;
    n_words++;
  }
  return n_words;
}

/* Output that did not arrive is a failure too. */
static int
run (const Command *command, int argc, char **argv)
{
  g_autoptr (UcCtl) ctl = uc_ctl_new (command->name, command->arguments);
  int status = command->run (ctl, argc, argv);

  if (fflush (stdout) != 0 || ferror (stdout)) {
    fprintf (stderr, "unified-chat-ctl %s: writing: %s\n", command->name, g_strerror (errno));
    return UC_EXIT_FAILED;
  }
  return status;
}

int
main (int argc, char **argv)
{
  static const struct rlimit no_core = { 0, 0 };

  setlocale (LC_ALL, "");
  /* What this program writes is a person's own: messages, tokens, backups. */
  umask (077);
  (void) setrlimit (RLIMIT_CORE, &no_core);
  bindtextdomain (GETTEXT_PACKAGE, UC_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  uc_log_install ();
  g_set_prgname ("unified-chat-ctl");

  if (argc < 2) {
    print_help (stderr);
    return UC_EXIT_USAGE;
  }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0 ||
      strcmp (argv[1], "help") == 0) {
    print_help (stdout);
    return UC_EXIT_DONE;
  }
  if (strcmp (argv[1], "--version") == 0) {
    printf ("unified-chat-ctl %s\n", UC_VERSION);
    return UC_EXIT_DONE;
  }

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    int n_words = match (&commands[i], argc, argv);

    if (n_words > 0) {
      return run (&commands[i], argc - n_words, argv + n_words);
    }
  }

  fprintf (stderr, "unified-chat-ctl: there is no command “%s”; see --help\n", argv[1]);
  return UC_EXIT_USAGE;
}
