/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row of the sidebar: a heading, or a conversation that changes in place. Knows its own
 * place in the order, not the list it is in.
 */

#include "config.h"

#include "uc-sidebar-item-private.h"

#include <string.h>

struct _UcSidebarItem {
  GObject parent_instance;

  UcChannelState *state;      /* (owned) (nullable) of conversations */
  char           *title;      /* (owned) */
  char           *title_key;  /* (owned) for sorting */
  char           *partner_id; /* (owned) "" but for direct ones */
  UcSection       section;    /* of headings; of conversations see get_section */
  UcPresence      presence;
  gboolean        is_typing;
};

G_DEFINE_FINAL_TYPE (UcSidebarItem, uc_sidebar_item, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_TITLE,
  PROP_UNREAD,
  PROP_MENTIONS,
  PROP_PRESENCE,
  PROP_MUTED,
  PROP_TYPING,
  PROP_HAS_DRAFT,
  PROP_HAS_FAILED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
uc_sidebar_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UcSidebarItem *self = UC_SIDEBAR_ITEM (object);

  switch (prop_id) {
  case PROP_TITLE:
    g_value_set_string (value, self->title);
    break;
  case PROP_UNREAD:
    g_value_set_int64 (value, uc_sidebar_item_get_unread (self));
    break;
  case PROP_MENTIONS:
    g_value_set_int64 (value, uc_sidebar_item_get_mentions (self));
    break;
  case PROP_PRESENCE:
    g_value_set_int (value, (int) self->presence);
    break;
  case PROP_MUTED:
    g_value_set_boolean (value, uc_sidebar_item_is_muted (self));
    break;
  case PROP_TYPING:
    g_value_set_boolean (value, self->is_typing);
    break;
  case PROP_HAS_DRAFT:
    g_value_set_boolean (value, uc_sidebar_item_has_draft (self));
    break;
  case PROP_HAS_FAILED:
    g_value_set_boolean (value, uc_sidebar_item_has_failed (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_sidebar_item_finalize (GObject *object)
{
  UcSidebarItem *self = UC_SIDEBAR_ITEM (object);

  g_clear_pointer (&self->state, uc_channel_state_free);
  g_free (self->title);
  g_free (self->title_key);
  g_free (self->partner_id);

  G_OBJECT_CLASS (uc_sidebar_item_parent_class)->finalize (object);
}

static void
uc_sidebar_item_class_init (UcSidebarItemClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = uc_sidebar_item_get_property;
  object_class->finalize = uc_sidebar_item_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_UNREAD] = g_param_spec_int64 ("unread", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_MENTIONS] = g_param_spec_int64 ("mentions", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_PRESENCE] = g_param_spec_int ("presence", NULL, NULL, UC_PRESENCE_OFFLINE,
                                                UC_PRESENCE_ONLINE, UC_PRESENCE_OFFLINE, flags);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, flags);
  properties[PROP_TYPING] = g_param_spec_boolean ("typing", NULL, NULL, FALSE, flags);
  properties[PROP_HAS_DRAFT] = g_param_spec_boolean ("has-draft", NULL, NULL, FALSE, flags);
  properties[PROP_HAS_FAILED] = g_param_spec_boolean ("has-failed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
uc_sidebar_item_init (UcSidebarItem *self)
{
  self->title = g_strdup ("");
  self->title_key = g_strdup ("");
  self->partner_id = g_strdup ("");
}

UcSidebarItem *
_uc_sidebar_item_new_heading (UcSection section, const char *title)
{
  UcSidebarItem *self = g_object_new (UC_TYPE_SIDEBAR_ITEM, NULL);

  self->section = section;
  _uc_sidebar_item_set_title (self, title);
  return self;
}

UcSidebarItem *
_uc_sidebar_item_new (UcChannelState *state, const char *my_user_id)
{
  UcSidebarItem *self = g_object_new (UC_TYPE_SIDEBAR_ITEM, NULL);
  char          *partner_id = uc_channel_dup_partner_id (state->channel, my_user_id);

  self->state = state;
  if (partner_id != NULL) {
    g_free (self->partner_id);
    self->partner_id = partner_id;
  }
  return self;
}

static gboolean
has_failed (const UcChannelState *state)
{
  return state->n_failed > 0;
}

static gboolean
is_muted (const UcChannelState *state)
{
  return state->member != NULL && state->member->is_muted;
}

void
_uc_sidebar_item_set_state (UcSidebarItem *self, UcChannelState *state)
{
  UcChannelState *before = self->state;
  GObject        *object = G_OBJECT (self);

  self->state = state;
  if (before->unread != state->unread)
    g_object_notify_by_pspec (object, properties[PROP_UNREAD]);
  if (before->mentions != state->mentions)
    g_object_notify_by_pspec (object, properties[PROP_MENTIONS]);
  if (is_muted (before) != is_muted (state))
    g_object_notify_by_pspec (object, properties[PROP_MUTED]);
  if (before->has_draft != state->has_draft)
    g_object_notify_by_pspec (object, properties[PROP_HAS_DRAFT]);
  if (has_failed (before) != has_failed (state))
    g_object_notify_by_pspec (object, properties[PROP_HAS_FAILED]);
  uc_channel_state_free (before);
}

void
_uc_sidebar_item_set_title (UcSidebarItem *self, const char *title)
{
  g_autofree char *folded = NULL;

  if (strcmp (self->title, title) == 0)
    return;
  folded = g_utf8_casefold (title, -1);
  g_free (self->title);
  g_free (self->title_key);
  self->title = g_strdup (title);
  self->title_key = g_utf8_collate_key (folded, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

void
_uc_sidebar_item_set_presence (UcSidebarItem *self, UcPresence presence)
{
  if (self->presence == presence)
    return;
  self->presence = presence;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRESENCE]);
}

void
_uc_sidebar_item_set_typing (UcSidebarItem *self, gboolean is_typing)
{
  if (self->is_typing == is_typing)
    return;
  self->is_typing = is_typing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TYPING]);
}

UcChannelState *
_uc_sidebar_item_get_state (UcSidebarItem *self)
{
  return self->state;
}

/* Conversations of people belong to every team. */
gboolean
_uc_sidebar_item_is_in_team (UcSidebarItem *self, const char *team_id)
{
  return self->state != NULL && (*self->state->channel->team_id == '\0' ||
                                 strcmp (self->state->channel->team_id, team_id) == 0);
}

/* A place in the order of messages. */
gint64
_uc_sidebar_item_get_newest (UcSidebarItem *self)
{
  if (self->state == NULL)
    return 0;
  return MAX (self->state->newest_seq, UC_SEQ_FROM_MS (self->state->channel->last_post_at_ms));
}

int
_uc_sidebar_item_compare (UcSidebarItem *first, UcSidebarItem *second)
{
  UcSection section = uc_sidebar_item_get_section (first);
  gint64    newest = _uc_sidebar_item_get_newest (first);
  int       order;

  if (section != uc_sidebar_item_get_section (second))
    return section < uc_sidebar_item_get_section (second) ? -1 : 1;
  if (first->state == NULL || second->state == NULL)
    return first->state == NULL ? -1 : 1;
  if (section == UC_SECTION_DIRECT && newest != _uc_sidebar_item_get_newest (second))
    return newest > _uc_sidebar_item_get_newest (second) ? -1 : 1;
  order = strcmp (first->title_key, second->title_key);
  return order != 0 ? order : strcmp (first->state->channel->id, second->state->channel->id);
}

/**
 * uc_sidebar_item_is_heading:
 * @self: an item
 *
 * Returns: %TRUE for a heading
 */
gboolean
uc_sidebar_item_is_heading (UcSidebarItem *self)
{
  g_return_val_if_fail (UC_IS_SIDEBAR_ITEM (self), FALSE);

  return self->state == NULL;
}

/**
 * uc_sidebar_item_get_section:
 * @self: an item
 *
 * Returns: where it stands
 */
UcSection
uc_sidebar_item_get_section (UcSidebarItem *self)
{
  g_return_val_if_fail (UC_IS_SIDEBAR_ITEM (self), UC_SECTION_CHANNELS);

  if (self->state == NULL)
    return self->section;
  if (self->state->is_favourite)
    return UC_SECTION_FAVOURITES;
  if (self->state->channel->type == UC_CHANNEL_DIRECT ||
      self->state->channel->type == UC_CHANNEL_GROUP)
    return UC_SECTION_DIRECT;
  return UC_SECTION_CHANNELS;
}

/**
 * uc_sidebar_item_get_title:
 * @self: an item
 *
 * Returns: (transfer none): what it is called
 */
const char *
uc_sidebar_item_get_title (UcSidebarItem *self)
{
  g_return_val_if_fail (UC_IS_SIDEBAR_ITEM (self), NULL);

  return self->title;
}

/**
 * uc_sidebar_item_get_channel:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): its channel; %NULL of headings
 */
UcChannel *
uc_sidebar_item_get_channel (UcSidebarItem *self)
{
  g_return_val_if_fail (UC_IS_SIDEBAR_ITEM (self), NULL);

  return self->state != NULL ? self->state->channel : NULL;
}

/**
 * uc_sidebar_item_get_partner_id:
 * @self: an item
 *
 * Returns: (transfer none): the other one of a direct conversation, else ""
 */
const char *
uc_sidebar_item_get_partner_id (UcSidebarItem *self)
{
  g_return_val_if_fail (UC_IS_SIDEBAR_ITEM (self), NULL);

  return self->partner_id;
}

/**
 * uc_sidebar_item_get_unread:
 * @self: an item
 *
 * Returns: unread messages to show
 */
gint64
uc_sidebar_item_get_unread (UcSidebarItem *self)
{
  g_return_val_if_fail (UC_IS_SIDEBAR_ITEM (self), 0);

  return self->state != NULL ? MAX (self->state->unread, 0) : 0;
}

/**
 * uc_sidebar_item_get_mentions:
 * @self: an item
 *
 * Returns: unread mentions
 */
gint64
uc_sidebar_item_get_mentions (UcSidebarItem *self)
{
  g_return_val_if_fail (UC_IS_SIDEBAR_ITEM (self), 0);

  return self->state != NULL ? MAX (self->state->mentions, 0) : 0;
}

/**
 * uc_sidebar_item_get_presence:
 * @self: an item
 *
 * Returns: whether the partner is there; of direct conversations only
 */
UcPresence
uc_sidebar_item_get_presence (UcSidebarItem *self)
{
  g_return_val_if_fail (UC_IS_SIDEBAR_ITEM (self), UC_PRESENCE_OFFLINE);

  return self->presence;
}

/**
 * uc_sidebar_item_is_muted:
 * @self: an item
 *
 * Returns: %TRUE when only mentions count
 */
gboolean
uc_sidebar_item_is_muted (UcSidebarItem *self)
{
  g_return_val_if_fail (UC_IS_SIDEBAR_ITEM (self), FALSE);

  return self->state != NULL && is_muted (self->state);
}

/**
 * uc_sidebar_item_is_favourite:
 * @self: an item
 *
 * Returns: %TRUE when it stands among the favourites
 */
gboolean
uc_sidebar_item_is_favourite (UcSidebarItem *self)
{
  g_return_val_if_fail (UC_IS_SIDEBAR_ITEM (self), FALSE);

  return self->state != NULL && self->state->is_favourite;
}

/**
 * uc_sidebar_item_is_typing:
 * @self: an item
 *
 * Returns: %TRUE while somebody else types there
 */
gboolean
uc_sidebar_item_is_typing (UcSidebarItem *self)
{
  g_return_val_if_fail (UC_IS_SIDEBAR_ITEM (self), FALSE);

  return self->is_typing;
}

/**
 * uc_sidebar_item_has_draft:
 * @self: an item
 *
 * Returns: %TRUE when something was begun and not sent
 */
gboolean
uc_sidebar_item_has_draft (UcSidebarItem *self)
{
  g_return_val_if_fail (UC_IS_SIDEBAR_ITEM (self), FALSE);

  return self->state != NULL && self->state->has_draft;
}

/**
 * uc_sidebar_item_has_failed:
 * @self: an item
 *
 * Returns: %TRUE when something in it was refused and waits for a decision
 */
gboolean
uc_sidebar_item_has_failed (UcSidebarItem *self)
{
  g_return_val_if_fail (UC_IS_SIDEBAR_ITEM (self), FALSE);

  return self->state != NULL && has_failed (self->state);
}
