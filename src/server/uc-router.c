/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the line of the table for a call and does what every call needs before its
 * handler: session, parameters, body, permission. What is not in the table does not
 * exist (404), whatever the method. */

#include "config.h"

#include "uc-router.h"

#include "uc-id.h"
#include "uc-refusal.h"
#include "uc-role.h"
#include "uc-server-auth.h"
#include "uc-text.h"

/* The next segment of a path or pattern; FALSE at its end. */
static gboolean
next_segment (const char **at, const char **start, gsize *length)
{
  if (**at != '/')
    return FALSE;
  *start = *at + 1;
  *length = strcspn (*start, "/");
  *at = *start + *length;
  return TRUE;
}

/* How well a route fits: the number of literal segments, -1 when it does not. */
static int
match (const UcRoute *route, const char *path)
{
  const char *pattern = route->pattern;
  const char *want;
  const char *have;
  gsize       want_length;
  gsize       have_length;
  int         literals = 0;

  while (next_segment (&pattern, &want, &want_length)) {
    if (!next_segment (&path, &have, &have_length) || have_length == 0)
      return -1;
    if (*want == '{')
      continue;
    if (want_length != have_length || strncmp (want, have, want_length) != 0)
      return -1;
    literals++;
  }
  return *path == '\0' ? literals : -1;
}

static void
take_params (const UcRoute *route, const char *path, char *params[UC_CALL_MAX_PARAMS])
{
  const char *pattern = route->pattern;
  const char *want;
  const char *have;
  gsize       want_length;
  gsize       have_length;
  guint       n = 0;

  while (next_segment (&pattern, &want, &want_length) &&
         next_segment (&path, &have, &have_length)) {
    if (*want == '{')
      params[n++] = g_uri_unescape_segment (have, have + have_length, NULL);
  }
}

/**
 * uc_router_find:
 * @path: still percent-encoded, without a slash at its end
 * @params: (out): texts between the slashes, decoded; %NULL for what is no text
 *
 * Returns: (transfer none) (nullable): the line that fits best
 */
const UcRoute *
uc_router_find (const char *method, const char *path, char *params[UC_CALL_MAX_PARAMS])
{
  const UcRoute *best = NULL;
  int            best_literals = -1;

  for (const UcRoute *route = uc_routes; route->method != NULL; route++) {
    int literals = g_str_equal (route->method, method) ? match (route, path) : -1;

    if (literals > best_literals) {
      best = route;
      best_literals = literals;
    }
  }
  if (best != NULL)
    take_params (best, path, params);
  return best;
}

/**
 * uc_route_find_param:
 * @name: without braces
 *
 * Returns: its place among the parameters, -1 when the pattern has none of that name
 */
int
uc_route_find_param (const UcRoute *route, const char *name)
{
  const char *pattern = route->pattern;
  const char *want;
  gsize       length;
  gsize       name_length = strlen (name);
  int         n = 0;

  while (next_segment (&pattern, &want, &length)) {
    if (*want != '{')
      continue;
    if (length == name_length + 2 && strncmp (want + 1, name, name_length) == 0)
      return n;
    n++;
  }
  return -1;
}

/**
 * uc_router_check:
 *
 * At start: a table that contradicts itself is a programmer's mistake.
 */
void
uc_router_check (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const UcRoute *route = uc_routes; route->method != NULL; route++) {
    char    *line = g_strconcat (route->method, " ", route->pattern, NULL);
    gboolean is_named = route->permission != NULL;

    if (!g_hash_table_add (seen, line))
      g_error ("Two routes are called %s %s", route->method, route->pattern);
    if (route->handler == NULL || is_named != (route->need > UC_NEED_SESSION))
      g_error ("%s %s does not say what it needs", route->method, route->pattern);
    if (is_named && !uc_permission_exists (route->permission))
      g_error ("There is no permission %s", route->permission);
    if ((route->need == UC_NEED_SELF && uc_route_find_param (route, "user_id") < 0) ||
        (route->need == UC_NEED_TEAM && uc_route_find_param (route, "team_id") < 0) ||
        (route->need == UC_NEED_CHANNEL && uc_route_find_param (route, "channel_id") < 0))
      g_error ("%s %s does not name what it needs", route->method, route->pattern);
  }
}

/* {…_id} is an id; "me" stands for oneself. */
static gboolean
check_params (UcCall *call, GError **error)
{
  const char *pattern = call->route->pattern;
  const char *want;
  gsize       length;
  guint       n = 0;

  while (next_segment (&pattern, &want, &length)) {
    g_autofree char *name = NULL;

    if (*want != '{')
      continue;
    name = g_strndup (want + 1, length - 2);
    if (g_str_equal (name, "user_id") && g_strcmp0 (call->params[n], "me") == 0 &&
        call->session != NULL) {
      g_free (call->params[n]);
      call->params[n] = g_strdup (call->session->user_id);
    }
    if (call->params[n] == NULL || !g_utf8_validate (call->params[n], -1, NULL) ||
        (g_str_has_suffix (name, "_id") && !uc_id_is_valid (call->params[n]))) {
      uc_refuse_url (error, name);
      return FALSE;
    }
    n++;
  }
  return TRUE;
}

static gboolean
check_need (UcCall *call, UcTxn *txn, GError **error)
{
  const UcRoute *route = call->route;

  switch (route->need) {
  case UC_NEED_NOTHING:
  case UC_NEED_SESSION:
    return TRUE;
  case UC_NEED_SYSTEM:
    return uc_access_need_system (&call->actor, route->permission, error);
  case UC_NEED_SELF:
    return uc_access_need_self (&call->actor, uc_call_get_param (call, "user_id"),
                                route->permission, error);
  case UC_NEED_TEAM:
    return uc_access_need_team (txn, &call->actor, uc_call_get_param (call, "team_id"),
                                route->permission, error);
  case UC_NEED_CHANNEL:
    return uc_access_need_channel (txn, &call->actor, uc_call_get_param (call, "channel_id"),
                                   route->permission, error);
  default:
    g_assert_not_reached ();
  }
}

/**
 * uc_route_runs_twice:
 *
 * Returns: whether something lies between finding out who calls and answering
 */
gboolean
uc_route_runs_twice (const UcRoute *route)
{
  return route->prepare != NULL || route->body == UC_BODY_UPLOAD || route->is_slow;
}

/**
 * uc_router_run:
 * @call: a #UcCall
 *
 * Runs the call's handler; in the first of two runs what prepares it.
 */
gboolean
uc_router_run (UcTxn *txn, gpointer data, GError **error)
{
  UcCall        *call = data;
  const UcRoute *route = call->route;

  if (!call->is_prepared) {
    if (call->token != NULL && !uc_server_auth_load (txn, call, error))
      return FALSE;
    if (call->session == NULL && route->need != UC_NEED_NOTHING) {
      uc_refuse (error, UC_REFUSAL_SESSION);
      return FALSE;
    }
    /* What can't be read is no body; the handler says which it misses. */
    if (call->body != NULL && route->body == UC_BODY_JSON)
      call->json = uc_text_parse_body (call->body);
  }
  if (!check_params (call, error) || !check_need (call, txn, error))
    return FALSE;
  if (!call->is_prepared && uc_route_runs_twice (route)) {
    call->is_prepared = TRUE;
    return route->prepare == NULL || route->prepare (call, txn, error);
  }
  return route->handler (call, txn, error);
}
