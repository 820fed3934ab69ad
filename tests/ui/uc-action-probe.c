/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The actions of a window and a program that are not there. */

#include "config.h"

#include "uc-action-probe.h"

static void
asked_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UcActionProbe   *self = user_data;
  g_autofree char *text = parameter != NULL ? g_variant_print (parameter, FALSE) : g_strdup ("");

  g_free (self->last);
  self->last = g_strstrip (g_strdup_printf ("%s %s", g_action_get_name (G_ACTION (action)), text));
}

UcActionProbe *
uc_action_probe_new (GtkWidget *widget)
{
  static const GActionEntry entries[] = {
    { "open-channel", asked_cb, "s" },     { "open-found", asked_cb, "(ss)" },
    { "open-message", asked_cb, "(sss)" }, { "open-person", asked_cb, "s" },
    { "open-team", asked_cb, "s" },        { "retry", asked_cb },
    { "unlock", asked_cb },
    { "sign-in-again", asked_cb },         { "sign-out", asked_cb },
    { "preview-found", asked_cb, "(ss)" }, { "leave-search", asked_cb },
  };
  UcActionProbe *self = g_new0 (UcActionProbe, 1);

  self->last = g_strdup ("");
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (widget, "win", G_ACTION_GROUP (self->actions));
  gtk_widget_insert_action_group (widget, "app", G_ACTION_GROUP (self->actions));

  return self;
}

void
uc_action_probe_free (UcActionProbe *self)
{
  g_object_unref (self->actions);
  g_free (self->last);
  g_free (self);
}

GtkWidget *
uc_action_probe_find (GtkWidget *root, GType type)
{
  if (!gtk_widget_get_visible (root))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = uc_action_probe_find (child, type);

    if (found != NULL)
      return found;
  }

  return NULL;
}
