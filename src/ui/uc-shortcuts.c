/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every key of the program in one table. A row with an action is an accelerator; one
 * without is a key that a widget takes by itself and is only told here. */

#include "config.h"

#include "uc-shortcuts.h"

#include <glib/gi18n.h>

typedef struct {
  const char *action; /* (nullable) */
  const char *accels; /* space separated; the first is shown, all with "or" */
  const char *title;
} Shortcut;

typedef struct {
  const char     *title;
  const Shortcut *shortcuts;
  guint           n_shortcuts;
} Section;

static const Shortcut general[] = {
  { "win.show-switcher", "<Control>k", N_ ("Switch to a conversation or person") },
  { "win.search-here", "<Control>f", N_ ("Search in this conversation") },
  { "win.search", "<Control><Shift>f", N_ ("Search everywhere") },
  { "win.new-direct", "<Control>n", N_ ("New direct message") },
  { "win.browse-channels", "<Control><Shift>n", N_ ("Browse channels") },
  { "win.show-preferences", "<Control>comma", N_ ("Preferences") },
  { "win.show-shortcuts", "<Control>question F1", N_ ("Keyboard shortcuts") },
  { NULL, "F10", N_ ("Main menu") },
  { "window.close", "<Control>w", N_ ("Close the window") },
  { "app.quit", "<Control>q", N_ ("Quit") },
};

static const Shortcut conversations[] = {
  { "win.previous-conversation", "<Alt>Up", N_ ("Conversation above") },
  { "win.next-conversation", "<Alt>Down", N_ ("Conversation below") },
  { "win.previous-unread", "<Alt><Shift>Up", N_ ("Unread conversation above") },
  { "win.next-unread", "<Alt><Shift>Down", N_ ("Unread conversation below") },
  { "win.mark-all-read", "<Shift>Escape", N_ ("Mark everything as read") },
  { "win.show-unread", "<Control>u", N_ ("All that is unread, of all accounts") },
  { "win.focus-sidebar", "<Control>1", N_ ("Go to the list of conversations") },
  { "win.focus-composer", "<Control>2", N_ ("Go to the message entry") },
  { "win.focus-results", "<Control>3", N_ ("Go back to the search results") },
  { NULL, "Menu <Shift>F10", N_ ("Menu of a conversation or message") },
};

static const Shortcut writing[] = {
  { NULL, "Return", N_ ("Send, or by preference a new line") },
  { NULL, "<Shift>Return", N_ ("New line") },
  { NULL, "<Control>Return", N_ ("Send") },
  { NULL, "Up", N_ ("Edit the last message, in an empty entry") },
  { NULL, "Escape", N_ ("Leave a reply or an edit") },
  { NULL, "<Control>b", N_ ("Bold") },
  { NULL, "<Control>i", N_ ("Italic") },
  { NULL, "<Control>v", N_ ("Paste text, a picture or files") },
  { NULL, "Tab", N_ ("Take the suggestion") },
};

static const Shortcut reading[] = {
  { NULL, "Up Down", N_ ("Message above, message below") },
  { NULL, "Page_Up Page_Down", N_ ("One page up or down") },
  { NULL, "<Shift>Page_Up <Shift>Page_Down", N_ ("The same, while writing") },
  { NULL, "Home End", N_ ("The oldest message that is loaded, the newest one") },
  { "win.go-to-day", "<Control>j", N_ ("Go to a day") },
  { "win.go-to-unread", "<Control><Shift>j", N_ ("First message that was unread") },
  { "win.go-to-newest", "<Alt>End", N_ ("Newest message") },
  { "win.go-back", "<Alt>Left", N_ ("Back to where you were before a jump") },
  { NULL, "<Control>c", N_ ("Copy what is selected") },
};

static const Shortcut search[] = {
  { NULL, "Down Up", N_ ("From the entry to the results, and back") },
  { NULL, "Return", N_ ("Open a result") },
  { NULL, "<Control>Return", N_ ("Open it and stay in the results") },
  { "win.next-result", "F3", N_ ("Open the next result") },
  { "win.previous-result", "<Shift>F3", N_ ("Open the previous result") },
  { NULL, "BackSpace", N_ ("Remove the last filter, at the start of the entry") },
  { NULL, "Escape", N_ ("Go back to where the search was begun") },
};

static const Shortcut message[] = {
  { NULL, "Return", N_ ("Menu of the message") },
  { NULL, "r", N_ ("Reply") },
  { NULL, "t", N_ ("Open the thread") },
  { NULL, "plus", N_ ("React") },
  { NULL, "e", N_ ("Edit") },
  { NULL, "Delete", N_ ("Delete") },
  { NULL, "p", N_ ("Pin") },
  { NULL, "s", N_ ("Save") },
  { NULL, "u", N_ ("Mark as unread from here") },
  { NULL, "l", N_ ("Copy the link") },
};

static const Section sections[] = {
  { N_ ("General"), general, G_N_ELEMENTS (general) },
  { N_ ("Conversations"), conversations, G_N_ELEMENTS (conversations) },
  { N_ ("Writing"), writing, G_N_ELEMENTS (writing) },
  { N_ ("Reading"), reading, G_N_ELEMENTS (reading) },
  { N_ ("Searching"), search, G_N_ELEMENTS (search) },
  { N_ ("With the Focus on a Message"), message, G_N_ELEMENTS (message) },
};

static GtkWidget *
make_keys (const char *accels)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_auto (GStrv) names = g_strsplit (accels, " ", -1);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  for (guint i = 0; names[i] != NULL; i++) {
    GdkModifierType  modifiers;
    guint            keyval;
    g_autofree char *text = NULL;
    GtkWidget       *key;

    if (!gtk_accelerator_parse (names[i], &keyval, &modifiers))
      continue;
    text = gtk_accelerator_get_label (keyval, modifiers);
    key = gtk_label_new (text);
    gtk_widget_add_css_class (key, "uc-key");
    gtk_box_append (GTK_BOX (box), key);
  }

  return box;
}

static GtkWidget *
make_group (const Section *section)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ (section->title));
  for (guint i = 0; i < section->n_shortcuts; i++) {
    GtkWidget *row = adw_action_row_new ();

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (section->shortcuts[i].title));
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_keys (section->shortcuts[i].accels));
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  }

  return group;
}

/**
 * uc_shortcuts_install:
 * @application: the program
 *
 * Tells @application every accelerator.
 */
void
uc_shortcuts_install (GtkApplication *application)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++) {
    for (guint j = 0; j < sections[i].n_shortcuts; j++) {
      const Shortcut *shortcut = &sections[i].shortcuts[j];
      g_auto (GStrv) accels = g_strsplit (shortcut->accels, " ", -1);

      if (shortcut->action != NULL)
        gtk_application_set_accels_for_action (application, shortcut->action,
                                               (const char *const *) accels);
    }
  }
}

/**
 * uc_shortcuts_dialog_new:
 *
 * Returns: (transfer floating): a dialog that lists every key
 */
AdwDialog *
uc_shortcuts_dialog_new (void)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                              ADW_PREFERENCES_GROUP (make_group (&sections[i])));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (dialog, _ ("Keyboard Shortcuts"));
  adw_dialog_set_content_width (dialog, 560);
  adw_dialog_set_content_height (dialog, 640);
  adw_dialog_set_child (dialog, view);

  return dialog;
}
