/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person in lists outside conversations. */

#include "config.h"

#include "uc-sidebar-avatar.h"

#include "uc-row-avatar.h"

struct _UcSidebarAvatar {
  GtkWidget parent_instance;

  int   size;
  char *user_id;  /* (owned) */
  char *initials; /* (owned) */
};

G_DEFINE_FINAL_TYPE (UcSidebarAvatar, uc_sidebar_avatar, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_SIZE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
uc_sidebar_avatar_measure (GtkWidget     *widget,
                           GtkOrientation orientation,
                           int            for_size,
                           int           *minimum,
                           int           *natural,
                           int           *minimum_baseline,
                           int           *natural_baseline)
{
  *minimum = *natural = UC_SIDEBAR_AVATAR (widget)->size;
}

static void
uc_sidebar_avatar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  UcSidebarAvatar *self = UC_SIDEBAR_AVATAR (widget);

  uc_row_avatar_snapshot (widget, snapshot, self->user_id, self->initials,
                          (gtk_widget_get_width (widget) - self->size) / 2,
                          (gtk_widget_get_height (widget) - self->size) / 2, self->size);
}

static void
uc_sidebar_avatar_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UcSidebarAvatar *self = UC_SIDEBAR_AVATAR (object);

  switch (prop_id) {
  case PROP_SIZE:
    g_value_set_int (value, self->size);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_sidebar_avatar_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  UcSidebarAvatar *self = UC_SIDEBAR_AVATAR (object);

  switch (prop_id) {
  case PROP_SIZE:
    if (self->size == g_value_get_int (value))
      break;
    self->size = g_value_get_int (value);
    gtk_widget_queue_resize (GTK_WIDGET (self));
    g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_sidebar_avatar_finalize (GObject *object)
{
  UcSidebarAvatar *self = UC_SIDEBAR_AVATAR (object);

  g_free (self->user_id);
  g_free (self->initials);

  G_OBJECT_CLASS (uc_sidebar_avatar_parent_class)->finalize (object);
}

static void
uc_sidebar_avatar_class_init (UcSidebarAvatarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = uc_sidebar_avatar_get_property;
  object_class->set_property = uc_sidebar_avatar_set_property;
  object_class->finalize = uc_sidebar_avatar_finalize;
  widget_class->measure = uc_sidebar_avatar_measure;
  widget_class->snapshot = uc_sidebar_avatar_snapshot;

  properties[PROP_SIZE] =
      g_param_spec_int ("size", NULL, NULL, 1, 256, 24,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* The name stands beside it. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
uc_sidebar_avatar_init (UcSidebarAvatar *self)
{
  self->size = 24;
  self->user_id = g_strdup ("");
  self->initials = g_strdup ("");
}

/**
 * uc_sidebar_avatar_set_person:
 * @user_id: whose colour
 * @name: whose initials
 *
 * Shows a person.
 */
void
uc_sidebar_avatar_set_person (UcSidebarAvatar *self, const char *user_id, const char *name)
{
  g_autofree char *initials = NULL;
  gboolean         is_changed;

  g_return_if_fail (UC_IS_SIDEBAR_AVATAR (self));
  g_return_if_fail (user_id != NULL && name != NULL);

  initials = uc_sidebar_avatar_dup_initials (name);
  is_changed = g_set_str (&self->user_id, user_id);
  is_changed = g_set_str (&self->initials, initials) || is_changed;
  if (is_changed)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The first letter at or after @word, upper case; 0 for none before the next space. */
static gunichar
get_letter (const char *word)
{
  for (const char *at = word; *at != '\0' && *at != ' '; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (g_unichar_isalnum (c))
      return g_unichar_toupper (c);
  }

  return 0;
}

/**
 * uc_sidebar_avatar_dup_initials:
 * @name: what a person is called, valid UTF-8
 *
 * Returns: (transfer full): the first letters of its first and its last word
 */
char *
uc_sidebar_avatar_dup_initials (const char *name)
{
  GString    *initials = g_string_new (NULL);
  const char *last;
  gunichar    c;

  g_return_val_if_fail (name != NULL, NULL);

  c = get_letter (name);
  if (c != 0)
    g_string_append_unichar (initials, c);
  last = strrchr (name, ' ');
  c = last != NULL ? get_letter (last + 1) : 0;
  if (c != 0)
    g_string_append_unichar (initials, c);

  return g_string_free (initials, FALSE);
}
