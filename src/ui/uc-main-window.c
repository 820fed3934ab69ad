/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: what it shows and how the pages in it are joined. What its actions do
 * stands in uc-main-window-actions.c, how something is opened in uc-main-window-open.c. */

#include "config.h"

#include "uc-main-window-private.h"

#include "uc-thread.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (UcMainWindow, uc_main_window, ADW_TYPE_APPLICATION_WINDOW)

static guint signals[UC_MAIN_WINDOW_N_SIGNALS];

/* -- From the pages ------------------------------------------------------------------- */

static void
try_again_cb (UcMainWindow *self)
{
  _uc_main_window_emit (self, UC_MAIN_WINDOW_SIGNAL_TRY_AGAIN);
}

static void
watched_changed_cb (UcMainWindow *self)
{
  _uc_main_window_emit (self, UC_MAIN_WINDOW_SIGNAL_WATCHED_CHANGED);
}

/* Leaving the sign-in page of somebody who is signed in already leads back to the
 * account. */
static void
way_in_popped_cb (UcMainWindow *self, AdwNavigationPage *page)
{
  if ((gpointer) page == self->sign_in_page && self->account != NULL)
    gtk_stack_set_visible_child_name (self->stack, "account");
}

/* -- The class ----------------------------------------------------------------------------- */

static gboolean
uc_main_window_close_request (GtkWindow *window)
{
  uc_main_window_flush (UC_MAIN_WINDOW (window));

  return GTK_WINDOW_CLASS (uc_main_window_parent_class)->close_request (window);
}

static void
uc_main_window_dispose (GObject *object)
{
  UcMainWindow *self = UC_MAIN_WINDOW (object);

  if (self->account != NULL)
    uc_main_window_forget_account (self);
  g_clear_object (&self->settings);
  g_clear_object (&self->accounts);
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_MAIN_WINDOW);

  G_OBJECT_CLASS (uc_main_window_parent_class)->dispose (object);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name, UC_TYPE_MAIN_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
uc_main_window_class_init (UcMainWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = uc_main_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = uc_main_window_close_request;

  signals[UC_MAIN_WINDOW_SIGNAL_DEMO] = new_signal ("demo");
  signals[UC_MAIN_WINDOW_SIGNAL_SIGNED_IN] =
      g_signal_new ("signed-in", UC_TYPE_MAIN_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, UC_TYPE_SIGN_IN);
  signals[UC_MAIN_WINDOW_SIGNAL_SIGN_IN_AGAIN] = new_signal ("sign-in-again");
  signals[UC_MAIN_WINDOW_SIGNAL_SIGN_OUT] = new_signal ("sign-out");
  signals[UC_MAIN_WINDOW_SIGNAL_TRY_AGAIN] = new_signal ("try-again");
  signals[UC_MAIN_WINDOW_SIGNAL_WATCHED_CHANGED] = new_signal ("watched-changed");

  g_type_ensure (UC_TYPE_SIDEBAR_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-main-window.ui");
  gtk_widget_class_bind_template_child (widget_class, UcMainWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, UcMainWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, UcMainWindow, progress_label);
  gtk_widget_class_bind_template_child (widget_class, UcMainWindow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, UcMainWindow, progress_detail);
  gtk_widget_class_bind_template_child (widget_class, UcMainWindow, fault_page);
  gtk_widget_class_bind_template_child (widget_class, UcMainWindow, way_in);
  gtk_widget_class_bind_template_child (widget_class, UcMainWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, UcMainWindow, sidebar_view);
  gtk_widget_class_bind_template_child (widget_class, UcMainWindow, sidebar_page);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, way_in_popped_cb);
  gtk_widget_class_bind_template_callback (widget_class, watched_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, _uc_main_window_open_first);
  gtk_widget_class_bind_template_callback (widget_class, _uc_main_window_update_narrow);
}

static void
uc_main_window_init (UcMainWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  _uc_main_window_add_actions (self);
  if (UC_IS_DEVELOPMENT)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
}

/**
 * uc_main_window_new:
 * @application: the program
 * @settings: its settings
 *
 * Returns: (transfer none): a window that the application holds; it shows work under
 *   way until it is told something else
 */
UcMainWindow *
uc_main_window_new (AdwApplication *application, GSettings *settings)
{
  UcMainWindow *self;

  UC_ASSERT_MAIN_THREAD ();
  g_return_val_if_fail (ADW_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (UC_TYPE_MAIN_WINDOW, "application", application, NULL);
  self->settings = g_object_ref (settings);
  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (settings, "changed::ai-mode",
                           G_CALLBACK (_uc_main_window_update_show_flags), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * uc_main_window_set_has_demo:
 * @has_demo: whether there is a demo organisation to be tried
 *
 * Offers the demo on the welcome page, or not.
 */
void
uc_main_window_set_has_demo (UcMainWindow *self, gboolean has_demo)
{
  g_return_if_fail (UC_IS_MAIN_WINDOW (self));

  self->has_demo = has_demo;
  if (self->welcome_page != NULL)
    uc_welcome_page_set_has_demo (self->welcome_page, has_demo);
}

/**
 * uc_main_window_set_accounts:
 * @accounts: (element-type UcWindowAccount): those that run
 *
 * Offers them all beside the one that is shown. Once, before anything is shown.
 */
void
uc_main_window_set_accounts (UcMainWindow *self, GListModel *accounts)
{
  g_return_if_fail (UC_IS_MAIN_WINDOW (self));
  g_return_if_fail (G_IS_LIST_MODEL (accounts));

  g_return_if_fail (self->accounts == NULL);

  self->accounts = g_object_ref (accounts);
  uc_sidebar_page_set_accounts (self->sidebar_page, accounts);
}

/**
 * uc_main_window_show_welcome:
 *
 * Shows the first page.
 */
void
uc_main_window_show_welcome (UcMainWindow *self)
{
  g_return_if_fail (UC_IS_MAIN_WINDOW (self));

  _uc_main_window_need_welcome (self);
  adw_navigation_view_replace_with_tags (self->way_in, (const char *[]){ "welcome" }, 1);
  gtk_stack_set_visible_child_name (self->stack, "way-in");
}

/**
 * uc_main_window_show_sign_in:
 * @server: (nullable): an address to look at
 * @login: (nullable): a user name to fill in
 *
 * Shows the sign-in page.
 */
void
uc_main_window_show_sign_in (UcMainWindow *self, const char *server, const char *login)
{
  UcSignInPage *page;

  g_return_if_fail (UC_IS_MAIN_WINDOW (self));

  page = _uc_main_window_need_sign_in (self);
  if (adw_navigation_view_get_visible_page (self->way_in) != ADW_NAVIGATION_PAGE (page))
    adw_navigation_view_push (self->way_in, ADW_NAVIGATION_PAGE (page));
  gtk_stack_set_visible_child_name (self->stack, "way-in");
  uc_sign_in_page_begin (page, server, login);
}

/**
 * uc_main_window_fail_sign_in:
 * @error: why the account could not be made
 *
 * Goes back to the sign-in page and says so.
 */
void
uc_main_window_fail_sign_in (UcMainWindow *self, const GError *error)
{
  g_return_if_fail (UC_IS_MAIN_WINDOW (self));
  g_return_if_fail (error != NULL);

  gtk_stack_set_visible_child_name (self->stack, "way-in");
  uc_sign_in_page_fail (_uc_main_window_need_sign_in (self), error);
}

/**
 * uc_main_window_show_progress:
 * @text: what is being done
 * @fraction: how much of it is done, below 0 when there is no telling
 *
 * Shows that the window has to be waited for.
 */
void
uc_main_window_show_progress (UcMainWindow *self, const char *text, double fraction)
{
  g_return_if_fail (UC_IS_MAIN_WINDOW (self));
  g_return_if_fail (text != NULL);

  gtk_label_set_text (self->progress_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_detail), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), fraction >= 0);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress_bar, MIN (fraction, 1));
  gtk_stack_set_visible_child_name (self->stack, "progress");
}

/**
 * uc_main_window_show_upgrade:
 * @step: what is being done to the store
 * @fraction: how much of the whole is done
 *
 * Shows how far the store is on its way to this version, and that one need not wait
 * for it with the window open.
 */
void
uc_main_window_show_upgrade (UcMainWindow *self, const char *step, double fraction)
{
  g_autofree char *text = NULL;
  g_autofree char *detail = NULL;

  g_return_if_fail (UC_IS_MAIN_WINDOW (self));
  g_return_if_fail (step != NULL);

  text = g_strdup_printf (_ ("Bringing your messages up to date… %d %%"),
                          (int) (CLAMP (fraction, 0, 1) * 100));
  detail = g_strdup_printf ("%s\n%s", step,
                            _ ("If you close the window, this goes on at the next start."));
  uc_main_window_show_progress (self, text, CLAMP (fraction, 0, 1));
  gtk_label_set_text (self->progress_detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_detail), TRUE);
}

/**
 * uc_main_window_show_fault:
 * @title: what is wrong
 * @text: what that means and what can be done
 *
 * Shows a fault that keeps the program from going on.
 */
void
uc_main_window_show_fault (UcMainWindow *self, const char *title, const char *text)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (UC_IS_MAIN_WINDOW (self));
  g_return_if_fail (title != NULL && text != NULL);

  escaped = g_markup_escape_text (text, -1); /* a description is markup */
  adw_status_page_set_title (self->fault_page, title);
  adw_status_page_set_description (self->fault_page, escaped);
  gtk_stack_set_visible_child_name (self->stack, "fault");
}

/**
 * uc_main_window_get_account:
 *
 * Returns: (transfer none) (nullable): the account that is shown
 */
UcWindowAccount *
uc_main_window_get_account (UcMainWindow *self)
{
  g_return_val_if_fail (UC_IS_MAIN_WINDOW (self), NULL);

  return self->account;
}

/**
 * uc_main_window_toast:
 * @text: something to be read once
 *
 * Shows @text for a moment.
 */
void
uc_main_window_toast (UcMainWindow *self, const char *text)
{
  g_return_if_fail (UC_IS_MAIN_WINDOW (self));
  g_return_if_fail (text != NULL);

  adw_toast_overlay_add_toast (
      self->toasts, g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, NULL));
}

/**
 * uc_main_window_close:
 *
 * Closes the window. By itself one with a dialog over it only closes the dialog.
 */
void
uc_main_window_close (UcMainWindow *self)
{
  g_return_if_fail (UC_IS_MAIN_WINDOW (self));

  _uc_main_window_close_dialogs (self);
  gtk_window_close (GTK_WINDOW (self));
}

/**
 * uc_main_window_flush:
 *
 * Writes down what is being written.
 */
void
uc_main_window_flush (UcMainWindow *self)
{
  g_return_if_fail (UC_IS_MAIN_WINDOW (self));

  if (self->conversation_page != NULL)
    uc_conversation_page_flush (self->conversation_page);
}

void
_uc_main_window_emit_signed_in (UcMainWindow *self, UcSignIn *sign_in)
{
  g_signal_emit (self, signals[UC_MAIN_WINDOW_SIGNAL_SIGNED_IN], 0, sign_in);
}

/* Only this file knows the numbers of the signals. */
void
_uc_main_window_emit (UcMainWindow *self, guint signal)
{
  g_signal_emit (self, signals[signal], 0);
}
