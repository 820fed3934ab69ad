/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The welcome page: two buttons that ask for what comes next. */

#include "config.h"

#include "uc-welcome-page.h"

struct _UcWelcomePage {
  AdwNavigationPage parent_instance;

  GtkWidget *sign_in_button;
  GtkWidget *demo_button;
};

G_DEFINE_FINAL_TYPE (UcWelcomePage, uc_welcome_page, ADW_TYPE_NAVIGATION_PAGE)

enum {
  SIGNAL_SIGN_IN,
  SIGNAL_DEMO,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
sign_in_clicked_cb (UcWelcomePage *self)
{
  g_signal_emit (self, signals[SIGNAL_SIGN_IN], 0);
}

static void
demo_clicked_cb (UcWelcomePage *self)
{
  g_signal_emit (self, signals[SIGNAL_DEMO], 0);
}

static void
uc_welcome_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_WELCOME_PAGE);

  G_OBJECT_CLASS (uc_welcome_page_parent_class)->dispose (object);
}

static void
uc_welcome_page_class_init (UcWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = uc_welcome_page_dispose;

  signals[SIGNAL_SIGN_IN] = g_signal_new ("sign-in", UC_TYPE_WELCOME_PAGE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DEMO] = g_signal_new ("demo", UC_TYPE_WELCOME_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, UcWelcomePage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, UcWelcomePage, demo_button);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, demo_clicked_cb);
}

static void
uc_welcome_page_init (UcWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * uc_welcome_page_set_has_demo:
 * @has_demo: whether the bundled server is there to be tried
 *
 * Shows or hides the demo button.
 */
void
uc_welcome_page_set_has_demo (UcWelcomePage *self, gboolean has_demo)
{
  g_return_if_fail (UC_IS_WELCOME_PAGE (self));

  gtk_widget_set_visible (self->demo_button, has_demo);
}
