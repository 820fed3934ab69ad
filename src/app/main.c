/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's entry: what must be set before anything runs, then the application. */

#include "config.h"

#include "uc-application.h"

#include "uc-log.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <sys/resource.h>
#include <sys/stat.h>

int
main (int argc, char **argv)
{
  g_autoptr (UcApplication) application = NULL;
  int status;

  /* What is written is nobody else's to read, and a core file would hold messages. */
  umask (077);
  setrlimit (RLIMIT_CORE, &(struct rlimit){ 0, 0 });

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, UC_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  uc_log_install ();
  g_set_application_name (_ ("Unified Chat"));

  application = uc_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);

  return status != 0 ? status : uc_application_get_exit_status (application);
}
