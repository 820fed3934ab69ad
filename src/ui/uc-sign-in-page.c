/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sign-in page. One step after the other on one page; what was typed stays when a
 * step fails, and the error stands under the field it is about. Keeps no password:
 * the fields are emptied as soon as the server has taken them. */

#include "config.h"

#include "uc-sign-in-page.h"

#include "uc-sign-in-page-text.h"

#include <glib/gi18n.h>

typedef enum {
  STEP_SERVER,
  STEP_LOOKING,
  STEP_CREDENTIALS,
  STEP_SIGNING_IN,
  STEP_ADOPTING,
} Step;

struct _UcSignInPage {
  AdwNavigationPage parent_instance;

  GtkEditable    *server_row;
  GtkWidget      *server_spinner;
  GtkWidget      *server_found;
  GtkLabel       *server_error;
  GtkWidget      *look_button;
  GtkRevealer    *credentials;
  GtkLabel       *site_label;
  AdwToggleGroup *kind_group;
  GtkEditable    *login_row;
  GtkEditable    *password_row;
  GtkEditable    *code_row;
  GtkEditable    *token_row;
  GtkLabel       *credentials_error;
  GtkWidget      *sign_in_button;
  GtkWidget      *sign_in_spinner;
  GtkWidget      *cancel_button;

  Step          step;
  gboolean      is_mfa_needed;
  UcSignIn     *sign_in;     /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of the step under way */
};

G_DEFINE_FINAL_TYPE (UcSignInPage, uc_sign_in_page, ADW_TYPE_NAVIGATION_PAGE)

enum {
  SIGNAL_SIGNED_IN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_token_chosen (UcSignInPage *self)
{
  return g_strcmp0 (adw_toggle_group_get_active_name (self->kind_group), "token") == 0;
}

static gboolean
has_text (GtkEditable *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (row)));

  return *text != '\0';
}

static gboolean
are_credentials_complete (UcSignInPage *self)
{
  if (is_token_chosen (self))
    return has_text (self->token_row);

  return has_text (self->login_row) && *gtk_editable_get_text (self->password_row) != '\0' &&
         (!self->is_mfa_needed || has_text (self->code_row));
}

/* The whole look of the page follows from its step. */
static void
update (UcSignInPage *self)
{
  gboolean is_busy =
      self->step == STEP_LOOKING || self->step == STEP_SIGNING_IN || self->step == STEP_ADOPTING;
  gboolean is_signing_in = self->step == STEP_SIGNING_IN || self->step == STEP_ADOPTING;
  gboolean is_found = self->step >= STEP_CREDENTIALS;
  gboolean is_token = is_token_chosen (self);

  /* Not insensitive: the focus stays where it is while the server is waited for. */
  gtk_editable_set_editable (self->server_row, !is_busy);
  gtk_widget_set_visible (self->server_spinner, self->step == STEP_LOOKING);
  gtk_widget_set_visible (self->server_found, is_found);
  gtk_widget_set_visible (self->look_button, !is_found);
  gtk_widget_set_sensitive (self->look_button, !is_busy && has_text (self->server_row));

  gtk_revealer_set_reveal_child (self->credentials, is_found);
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind_group), !is_busy);
  gtk_widget_set_visible (GTK_WIDGET (self->login_row), !is_token);
  gtk_widget_set_visible (GTK_WIDGET (self->password_row), !is_token);
  gtk_widget_set_visible (GTK_WIDGET (self->code_row), !is_token && self->is_mfa_needed);
  gtk_widget_set_visible (GTK_WIDGET (self->token_row), is_token);
  gtk_editable_set_editable (self->login_row, !is_busy);
  gtk_editable_set_editable (self->password_row, !is_busy);
  gtk_editable_set_editable (self->code_row, !is_busy);
  gtk_editable_set_editable (self->token_row, !is_busy);
  gtk_widget_set_sensitive (self->sign_in_button, !is_busy && are_credentials_complete (self));
  gtk_widget_set_visible (self->sign_in_spinner, is_signing_in);
  /* Once the account is being made there is nothing left to call back. */
  gtk_widget_set_visible (self->cancel_button,
                          self->step == STEP_LOOKING || self->step == STEP_SIGNING_IN);
}

static void
show_error (GtkLabel *label, GtkEditable *row, const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (label), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE,
                                  label, NULL, -1);
  gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
clear_row_error (GtkEditable *row)
{
  gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
  gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static void
clear_errors (UcSignInPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->server_error), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->credentials_error), FALSE);
  clear_row_error (self->server_row);
  clear_row_error (self->login_row);
  clear_row_error (self->password_row);
  clear_row_error (self->code_row);
  clear_row_error (self->token_row);
}

static void
clear_secrets (UcSignInPage *self)
{
  gtk_editable_set_text (self->password_row, "");
  gtk_editable_set_text (self->code_row, "");
  gtk_editable_set_text (self->token_row, "");
}

static void
cancel_step (UcSignInPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* -- Looking at the server -------------------------------------------------------- */

static void
check_server_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!uc_sign_in_check_server_finish (UC_SIGN_IN (source), result, &error)) {
    g_autofree char *text = NULL;

    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      return;
    self->step = STEP_SERVER;
    update (self);
    text = uc_sign_in_page_dup_error_text (error, UC_SIGN_IN_LOOKING);
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->server_error), error->message);
    show_error (self->server_error, self->server_row, text);
    return;
  }

  self->step = STEP_CREDENTIALS;
  gtk_label_set_text (self->site_label, uc_sign_in_get_site_name (self->sign_in));
  update (self);
  gtk_widget_grab_focus (
      GTK_WIDGET (has_text (self->login_row) ? self->password_row : self->login_row));
}

static void
look_cb (UcSignInPage *self)
{
  if (!has_text (self->server_row) || self->step != STEP_SERVER)
    return;

  clear_errors (self);
  cancel_step (self);
  g_clear_object (&self->sign_in);
  self->sign_in = uc_sign_in_new ();
  self->cancellable = g_cancellable_new ();
  self->is_mfa_needed = FALSE;
  self->step = STEP_LOOKING;
  update (self);
  uc_sign_in_check_server_async (self->sign_in, gtk_editable_get_text (self->server_row),
                                 self->cancellable, check_server_cb, g_object_ref (self));
}

/* -- Signing in --------------------------------------------------------------------- */

static void
show_credentials_error (UcSignInPage *self, const GError *error, UcSignInAttempt attempt)
{
  g_autofree char *text = uc_sign_in_page_dup_error_text (error, attempt);
  GtkEditable     *row = attempt == UC_SIGN_IN_TOKEN  ? self->token_row
                         : attempt == UC_SIGN_IN_CODE ? self->code_row
                                                      : self->password_row;

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->credentials_error), error->message);
  show_error (self->credentials_error, row, text);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean        is_mfa_needed = FALSE;
  UcSignInAttempt attempt = is_token_chosen (self) ? UC_SIGN_IN_TOKEN
                            : self->is_mfa_needed  ? UC_SIGN_IN_CODE
                                                   : UC_SIGN_IN_PASSWORD;

  if (uc_sign_in_finish (UC_SIGN_IN (source), result, &is_mfa_needed, &error)) {
    self->step = STEP_ADOPTING;
    clear_secrets (self);
    update (self);
    g_signal_emit (self, signals[SIGNAL_SIGNED_IN], 0, self->sign_in);
    return;
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->step = STEP_CREDENTIALS;
  if (is_mfa_needed && !self->is_mfa_needed) {
    self->is_mfa_needed = TRUE;
    update (self);
    gtk_label_set_text (self->credentials_error,
                        _ ("This account also wants a code from your authenticator app."));
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->credentials_error), NULL);
    gtk_widget_set_visible (GTK_WIDGET (self->credentials_error), TRUE);
    gtk_widget_grab_focus (GTK_WIDGET (self->code_row));
    return;
  }
  update (self);
  show_credentials_error (self, error, attempt);
}

static void
sign_in_cb (UcSignInPage *self)
{
  if (self->step != STEP_CREDENTIALS || !are_credentials_complete (self))
    return;

  clear_errors (self);
  cancel_step (self);
  self->cancellable = g_cancellable_new ();
  self->step = STEP_SIGNING_IN;
  update (self);
  if (is_token_chosen (self)) {
    g_autofree char *token = g_strstrip (g_strdup (gtk_editable_get_text (self->token_row)));

    uc_sign_in_with_token_async (self->sign_in, token, self->cancellable, signed_in_cb,
                                 g_object_ref (self));
    memset (token, 0, strlen (token));
  } else {
    g_autofree char *login = g_strstrip (g_strdup (gtk_editable_get_text (self->login_row)));
    g_autofree char *code = g_strstrip (g_strdup (gtk_editable_get_text (self->code_row)));

    uc_sign_in_with_password_async (self->sign_in, login,
                                    gtk_editable_get_text (self->password_row), code,
                                    self->cancellable, signed_in_cb, g_object_ref (self));
  }
}

/* -- What is typed ------------------------------------------------------------------- */

static void
cancel_cb (UcSignInPage *self)
{
  cancel_step (self);
  self->step = self->step == STEP_LOOKING ? STEP_SERVER : STEP_CREDENTIALS;
  update (self);
}

static void
server_changed_cb (UcSignInPage *self)
{
  /* Another address is another server: what was found there no longer counts. */
  if (self->step == STEP_CREDENTIALS)
    self->step = STEP_SERVER;
  clear_errors (self);
  update (self);
}

static void
credentials_changed_cb (UcSignInPage *self)
{
  update (self);
}

static void
uc_sign_in_page_hidden (AdwNavigationPage *page)
{
  UcSignInPage *self = UC_SIGN_IN_PAGE (page);

  cancel_step (self);
  clear_secrets (self);
  if (self->step != STEP_ADOPTING) {
    self->step = STEP_SERVER;
    update (self);
  }
}

static void
uc_sign_in_page_dispose (GObject *object)
{
  UcSignInPage *self = UC_SIGN_IN_PAGE (object);

  cancel_step (self);
  g_clear_object (&self->sign_in);
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_SIGN_IN_PAGE);

  G_OBJECT_CLASS (uc_sign_in_page_parent_class)->dispose (object);
}

static void
uc_sign_in_page_class_init (UcSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = uc_sign_in_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hidden = uc_sign_in_page_hidden;

  signals[SIGNAL_SIGNED_IN] = g_signal_new ("signed-in", UC_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 1, UC_TYPE_SIGN_IN);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, UcSignInPage, server_row);
  gtk_widget_class_bind_template_child (widget_class, UcSignInPage, server_spinner);
  gtk_widget_class_bind_template_child (widget_class, UcSignInPage, server_found);
  gtk_widget_class_bind_template_child (widget_class, UcSignInPage, server_error);
  gtk_widget_class_bind_template_child (widget_class, UcSignInPage, look_button);
  gtk_widget_class_bind_template_child (widget_class, UcSignInPage, credentials);
  gtk_widget_class_bind_template_child (widget_class, UcSignInPage, site_label);
  gtk_widget_class_bind_template_child (widget_class, UcSignInPage, kind_group);
  gtk_widget_class_bind_template_child (widget_class, UcSignInPage, login_row);
  gtk_widget_class_bind_template_child (widget_class, UcSignInPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, UcSignInPage, code_row);
  gtk_widget_class_bind_template_child (widget_class, UcSignInPage, token_row);
  gtk_widget_class_bind_template_child (widget_class, UcSignInPage, credentials_error);
  gtk_widget_class_bind_template_child (widget_class, UcSignInPage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, UcSignInPage, sign_in_spinner);
  gtk_widget_class_bind_template_child (widget_class, UcSignInPage, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, look_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, server_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, credentials_changed_cb);
}

static void
uc_sign_in_page_init (UcSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * uc_sign_in_page_begin:
 * @server: (nullable): an address to fill in and look at
 * @login: (nullable): a user name to fill in
 *
 * Begins anew, forgetting what was typed before.
 */
void
uc_sign_in_page_begin (UcSignInPage *self, const char *server, const char *login)
{
  g_return_if_fail (UC_IS_SIGN_IN_PAGE (self));

  cancel_step (self);
  g_clear_object (&self->sign_in);
  self->step = STEP_SERVER;
  self->is_mfa_needed = FALSE;
  gtk_editable_set_text (self->server_row, server != NULL ? server : "");
  gtk_editable_set_text (self->login_row, login != NULL ? login : "");
  clear_secrets (self);
  clear_errors (self);
  update (self);
  if (server != NULL)
    look_cb (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->server_row));
}

/**
 * uc_sign_in_page_fail:
 * @error: why the account could not be made here
 *
 * Shows that the sign-in was taken by the server but not here.
 */
void
uc_sign_in_page_fail (UcSignInPage *self, const GError *error)
{
  g_return_if_fail (UC_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (error != NULL);

  self->step = STEP_CREDENTIALS;
  update (self);
  show_credentials_error (self, error, UC_SIGN_IN_ADOPTING);
}
