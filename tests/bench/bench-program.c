/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program itself for bench-start, watched from inside: all of it but main() is the
 * library that unified-chat is made of.
 *
 * bench-program start|stay */

#include "config.h"

#include "uc-application.h"
#include "uc-bench-child.h"
#include "uc-log.h"
#include "uc-row-message.h"
#include "uc-sidebar-row.h"
#include "uc-timeline-view.h"

#include <glib/gi18n.h>
#include <locale.h>

static GtkWidget *
find (GtkWidget *root, GType type)
{
  if (!gtk_widget_get_mapped (root) || G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return gtk_widget_get_mapped (root) ? root : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static UcBenchPainted
get_painted (GtkWidget *window)
{
  if (find (window, UC_TYPE_ROW_MESSAGE) == NULL)
    return UC_BENCH_NOTHING;

  return find (window, UC_TYPE_SIDEBAR_ROW) != NULL ? UC_BENCH_ALL : UC_BENCH_CONTENT;
}

static GtkAdjustment *
get_adjustment (GtkWidget *window)
{
  GtkWidget *view = find (window, UC_TYPE_TIMELINE_VIEW);

  return view != NULL ? gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view)) : NULL;
}

int
main (int argc, char **argv)
{
  g_autoptr (UcApplication) application = NULL;

  g_return_val_if_fail (argc == 2, 2);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, UC_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  uc_log_install ();
  g_set_application_name (_ ("Unified Chat"));

  application = uc_application_new ();
  uc_bench_child_follow (GTK_APPLICATION (application), argv[1], get_painted, get_adjustment);

  return g_application_run (G_APPLICATION (application), 1, argv);
}
