/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls about channels and memberships. */

#include "config.h"

#include "uc-request-private.h"

#include <libsoup/soup.h>

static UcRequest *
channel_request (UcRequest *self)
{
  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_channel,
                          (GDestroyNotify) uc_channel_unref);
  return self;
}

static UcRequest *
channels_request (UcRequest *self)
{
  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_channels,
                          (GDestroyNotify) g_ptr_array_unref);
  return self;
}

static UcRequest *
member_request (UcRequest *self)
{
  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_member,
                          (GDestroyNotify) uc_member_unref);
  return self;
}

/**
 * uc_request_my_channels:
 *
 * My channels of a team and, whatever the team, all my direct and group channels.
 */
UcRequest *
uc_request_my_channels (const char *team_id)
{
  return channels_request (
      _uc_request_new (SOUP_METHOD_GET, "/users/me/teams/{id}/channels", team_id, NULL));
}

/**
 * uc_request_my_members:
 *
 * My memberships of the channels of uc_request_my_channels().
 */
UcRequest *
uc_request_my_members (const char *team_id)
{
  UcRequest *self =
      _uc_request_new (SOUP_METHOD_GET, "/users/me/teams/{id}/channels/members", team_id, NULL);

  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_members,
                          (GDestroyNotify) g_ptr_array_unref);
  return self;
}

/**
 * uc_request_channel:
 *
 * One channel I may see.
 */
UcRequest *
uc_request_channel (const char *channel_id)
{
  return channel_request (_uc_request_new (SOUP_METHOD_GET, "/channels/{id}", channel_id, NULL));
}

/**
 * uc_request_my_member:
 *
 * My membership of one channel; UC_ERROR_NOT_FOUND when I am not in it.
 */
UcRequest *
uc_request_my_member (const char *channel_id)
{
  return member_request (
      _uc_request_new (SOUP_METHOD_GET, "/channels/{id}/members/me", channel_id, NULL));
}

/**
 * uc_request_public_channels:
 *
 * Public channels of a team, mine or not, by display name.
 */
UcRequest *
uc_request_public_channels (const char *team_id, int page, int per_page)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_GET, "/teams/{id}/channels", team_id, NULL);

  _uc_request_add_paging (self, page, per_page);
  return channels_request (self);
}

/**
 * uc_request_search_channels:
 *
 * Public channels of a team by name, display name or purpose.
 */
UcRequest *
uc_request_search_channels (const char *team_id, const char *term)
{
  UcRequest *self =
      _uc_request_new (SOUP_METHOD_POST, "/teams/{id}/channels/search", team_id, NULL);

  _uc_request_take_body (self, uc_wire_build_term (term, NULL));
  return channels_request (self);
}

/**
 * uc_request_create_channel:
 * @channel: team, name, display name, type and, if wanted, header and purpose
 */
UcRequest *
uc_request_create_channel (const UcChannel *channel)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_POST, "/channels", NULL);

  _uc_request_take_body (self, uc_wire_build_channel (channel));
  return channel_request (self);
}

/**
 * uc_request_create_direct:
 *
 * The direct channel of two people, made when it does not exist; one of them is me.
 */
UcRequest *
uc_request_create_direct (const char *user_a, const char *user_b)
{
  const char *ids[] = { user_a, user_b, NULL };
  UcRequest  *self = _uc_request_new (SOUP_METHOD_POST, "/channels/direct", NULL);

  _uc_request_take_body (self, uc_wire_build_ids (ids));
  return channel_request (self);
}

/**
 * uc_request_create_group:
 * @ids: (array zero-terminated=1): three to eight people, me among them
 */
UcRequest *
uc_request_create_group (const char *const *ids)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_POST, "/channels/group", NULL);

  _uc_request_take_body (self, uc_wire_build_ids (ids));
  return channel_request (self);
}

/**
 * uc_request_join_channel:
 *
 * Adds somebody, or oneself to a public channel.
 */
UcRequest *
uc_request_join_channel (const char *channel_id, const char *user_id)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_POST, "/channels/{id}/members", channel_id, NULL);

  _uc_request_take_body (self, uc_wire_build_user_id (user_id));
  return member_request (self);
}

/**
 * uc_request_leave_channel:
 *
 * Takes somebody, or oneself, out of a channel.
 */
UcRequest *
uc_request_leave_channel (const char *channel_id, const char *user_id)
{
  return _uc_request_new (SOUP_METHOD_DELETE, "/channels/{id}/members/{id}", channel_id, user_id,
                          NULL);
}

/**
 * uc_request_view_channel:
 * @previous_id: (nullable): a channel that was left behind, read as well
 *
 * Marks a channel read.
 */
UcRequest *
uc_request_view_channel (const char *channel_id, const char *previous_id)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_POST, "/channels/members/me/view", NULL);

  _uc_request_take_body (self, uc_wire_build_view (channel_id, previous_id));
  return self;
}

/**
 * uc_request_mute_channel:
 * @user_id: oneself
 *
 * Mutes a channel for oneself, or no longer.
 */
UcRequest *
uc_request_mute_channel (const char *channel_id, const char *user_id, gboolean is_muted)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_PUT, "/channels/{id}/members/{id}/notify_props",
                                     channel_id, user_id, NULL);

  _uc_request_take_body (self, uc_wire_build_mute (is_muted));
  return self;
}
