/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The banner of the sync state. Appears a moment after a state that lasts, goes a
 * moment after all is well, so that a network that flaps makes no flicker. While it
 * counts down, and only while somebody looks, it ticks once a second. */

#include "config.h"

#include "uc-window-banner.h"

#include "uc-window-banner-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* How long a state must last before it is told, and how long all must be well before
 * the banner goes. */
#define SHOW_AFTER_MS 1500
#define HIDE_AFTER_MS 4000

struct _UcWindowBanner {
  GtkWidget parent_instance;

  AdwBanner       *banner;
  UcWindowAccount *account; /* (owned) (nullable) */
  const char      *action;  /* (nullable) of the button */
  guint            change_id;
  guint            tick_id;
};

G_DEFINE_FINAL_TYPE (UcWindowBanner, uc_window_banner, GTK_TYPE_WIDGET)

/* Somebody looks at it: only then it is worth waking the computer once a second. */
static gboolean
is_watched (UcWindowBanner *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return gtk_widget_get_mapped (GTK_WIDGET (self)) && GTK_IS_WINDOW (root) &&
         gtk_window_is_active (GTK_WINDOW (root));
}

static gint64
get_wait_s (UcWindowBanner *self)
{
  gint64 next_ms = uc_session_get_next_try_ms (uc_window_account_get_session (self->account));

  if (next_ms == 0 || !is_watched (self))
    return 0;

  return MAX (1, (next_ms - uc_window_account_get_now_ms (self->account) + 999) / 1000);
}

static void
describe (UcWindowBanner *self, UcBannerText *text)
{
  UcSession *session;

  *text = (UcBannerText){ 0 };
  if (self->account == NULL)
    return;
  session = uc_window_account_get_session (self->account);
  uc_window_banner_describe (uc_session_get_state (session), uc_session_get_state_reason (session),
                             get_wait_s (self),
                             uc_store_get_condition (uc_session_get_store (session)), text);
}

static gboolean
tick_cb (gpointer user_data)
{
  UcWindowBanner *self = user_data;
  g_auto (UcBannerText) text = { 0 };

  describe (self, &text);
  if (text.title != NULL)
    adw_banner_set_title (self->banner, text.title);

  return G_SOURCE_CONTINUE;
}

/* A countdown needs a clock; anything else needs none. */
static void
update_tick (UcWindowBanner *self)
{
  gboolean is_wanted =
      self->account != NULL && adw_banner_get_revealed (self->banner) &&
      uc_session_get_state (uc_window_account_get_session (self->account)) == UC_SYNC_OFFLINE &&
      get_wait_s (self) > 0;

  if (is_wanted && self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
  else if (!is_wanted)
    g_clear_handle_id (&self->tick_id, g_source_remove);
}

static void
show_now (UcWindowBanner *self)
{
  g_auto (UcBannerText) text = { 0 };

  g_clear_handle_id (&self->change_id, g_source_remove);
  describe (self, &text);
  if (text.title != NULL) {
    adw_banner_set_title (self->banner, text.title);
    adw_banner_set_button_label (self->banner, text.button);
    gtk_widget_set_tooltip_text (
        GTK_WIDGET (self->banner),
        uc_session_get_state_reason (uc_window_account_get_session (self->account)));
    self->action = text.action;
  }
  adw_banner_set_revealed (self->banner, text.title != NULL);
  update_tick (self);
}

static gboolean
change_cb (gpointer user_data)
{
  UcWindowBanner *self = user_data;

  self->change_id = 0;
  show_now (self);

  return G_SOURCE_REMOVE;
}

static void
state_changed_cb (UcWindowBanner *self)
{
  gboolean is_shown = adw_banner_get_revealed (self->banner);
  g_auto (UcBannerText) text = { 0 };

  describe (self, &text);
  if (is_shown && text.title != NULL) {
    show_now (self);
    return;
  }
  if (!is_shown && text.title == NULL) {
    g_clear_handle_id (&self->change_id, g_source_remove);
    return;
  }
  if (is_shown) {
    adw_banner_set_title (self->banner, _ ("Connected"));
    adw_banner_set_button_label (self->banner, NULL);
  }
  if (self->change_id == 0)
    self->change_id = g_timeout_add (is_shown ? HIDE_AFTER_MS : SHOW_AFTER_MS, change_cb, self);
}

static void
button_clicked_cb (UcWindowBanner *self)
{
  if (self->action != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), self->action, NULL);
}

static void
disconnect (UcWindowBanner *self)
{
  UcSession *session = uc_window_account_get_session (self->account);

  g_signal_handlers_disconnect_by_data (session, self);
  g_signal_handlers_disconnect_by_data (uc_session_get_store (session), self);
}

static void
uc_window_banner_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (uc_window_banner_parent_class)->map (widget);
  state_changed_cb (UC_WINDOW_BANNER (widget));
  update_tick (UC_WINDOW_BANNER (widget));
}

static void
uc_window_banner_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (uc_window_banner_parent_class)->unmap (widget);
  update_tick (UC_WINDOW_BANNER (widget));
}

static void
active_changed_cb (UcWindowBanner *self)
{
  if (self->account != NULL && adw_banner_get_revealed (self->banner))
    show_now (self);
}

static void
uc_window_banner_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (uc_window_banner_parent_class)->root (widget);
  if (GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active",
                             G_CALLBACK (active_changed_cb), widget, G_CONNECT_SWAPPED);
}

static void
uc_window_banner_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), active_changed_cb, widget);
  GTK_WIDGET_CLASS (uc_window_banner_parent_class)->unroot (widget);
}

static void
uc_window_banner_dispose (GObject *object)
{
  UcWindowBanner *self = UC_WINDOW_BANNER (object);

  g_clear_handle_id (&self->change_id, g_source_remove);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->account != NULL)
    disconnect (self);
  g_clear_object (&self->account);
  if (self->banner != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->banner));
  self->banner = NULL;

  G_OBJECT_CLASS (uc_window_banner_parent_class)->dispose (object);
}

static void
uc_window_banner_class_init (UcWindowBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = uc_window_banner_dispose;
  widget_class->map = uc_window_banner_map;
  widget_class->unmap = uc_window_banner_unmap;
  widget_class->root = uc_window_banner_root;
  widget_class->unroot = uc_window_banner_unroot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
uc_window_banner_init (UcWindowBanner *self)
{
  self->banner = ADW_BANNER (adw_banner_new (""));
  /* What servers and networks say of themselves is text. */
  adw_banner_set_use_markup (self->banner, FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->banner), GTK_WIDGET (self));
  g_signal_connect_object (self->banner, "button-clicked", G_CALLBACK (button_clicked_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * uc_window_banner_new:
 *
 * Returns: (transfer floating): a banner with nothing to tell
 */
GtkWidget *
uc_window_banner_new (void)
{
  return g_object_new (UC_TYPE_WINDOW_BANNER, NULL);
}

/**
 * uc_window_banner_set_account:
 * @account: (nullable): whose state to tell
 *
 * Follows @account from now on.
 */
void
uc_window_banner_set_account (UcWindowBanner *self, UcWindowAccount *account)
{
  g_return_if_fail (UC_IS_WINDOW_BANNER (self));
  g_return_if_fail (account == NULL || UC_IS_WINDOW_ACCOUNT (account));

  if (self->account == account)
    return;

  if (self->account != NULL)
    disconnect (self);
  g_set_object (&self->account, account);
  if (account != NULL) {
    UcSession *session = uc_window_account_get_session (account);

    g_signal_connect_object (session, "state-changed", G_CALLBACK (state_changed_cb), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (uc_session_get_store (session), "condition-changed",
                             G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
  }
  g_clear_handle_id (&self->change_id, g_source_remove);
  adw_banner_set_revealed (self->banner, FALSE);
  state_changed_cb (self);
}
