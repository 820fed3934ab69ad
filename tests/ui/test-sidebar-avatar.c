/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Initials of names as people have them. */

#include "config.h"

#include "uc-sidebar-avatar.h"

#include "uc-display.h"

static void
test_initials (void)
{
  static const struct {
    const char *name, *initials;
  } rows[] = {
    { "", "" },
    { "anna", "A" },
    { "Anna Keller", "AK" },
    { "Jean Luc Picard", "JP" },
    { "émile zola", "ÉZ" },
    { "(bot) Ward", "BW" },
    { "李 小龙", "李小" },
    { "Anna ", "A" },
    { "🙂", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *initials = uc_sidebar_avatar_dup_initials (rows[i].name);

    g_assert_cmpstr (initials, ==, rows[i].initials);
  }
}

static void
test_size (void)
{
  GtkWidget *avatar = g_object_ref_sink (g_object_new (UC_TYPE_SIDEBAR_AVATAR, "size", 40, NULL));
  int        minimum, natural;

  uc_sidebar_avatar_set_person (UC_SIDEBAR_AVATAR (avatar), "someone", "Anna Keller");
  gtk_widget_measure (avatar, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 40);
  g_assert_cmpint (natural, ==, 40);
  g_assert_finalize_object (avatar);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  g_test_add_func ("/ui/sidebar-avatar/initials", test_initials);
  g_test_add_func ("/ui/sidebar-avatar/size", test_size);

  return g_test_run ();
}
