/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Roles and their permissions: one fixed table. Who has which role stands in the
 * records of users, team members and channel members. */

#include "config.h"

#include "uc-role.h"

typedef struct {
  const char *name;
  const char *display_name;
  gboolean    is_scheme_managed;
  const char *permissions;
} Role;

static const Role roles_table[] = {
#define UC_ROLE(name, display_name, scheme_managed, permissions)                                   \
  { name, display_name, scheme_managed, permissions },
#include "uc-role-list.def"
#undef UC_ROLE
};

/* TRUE when @word is one of the space separated words of @words. */
static gboolean
has_word (const char *words, const char *word, gsize length)
{
  const char *at = words;

  while ((at = strstr (at, word)) != NULL) {
    gboolean starts = at == words || at[-1] == ' ';
    gboolean ends = at[length] == '\0' || at[length] == ' ';

    if (starts && ends)
      return TRUE;
    at += length;
  }
  return FALSE;
}

static const Role *
find_role (const char *name, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles_table); i++) {
    if (strncmp (roles_table[i].name, name, length) == 0 && roles_table[i].name[length] == '\0')
      return &roles_table[i];
  }
  return NULL;
}

/**
 * uc_role_exists:
 *
 * Returns: whether there is a role of that name
 */
gboolean
uc_role_exists (const char *role)
{
  return find_role (role, strlen (role)) != NULL;
}

/**
 * uc_roles_allow:
 * @roles: space separated names
 * @permission: what is to be done
 *
 * Returns: whether one of the roles allows it
 */
gboolean
uc_roles_allow (const char *roles, const char *permission)
{
  gsize length = strlen (permission);

  while (*roles != '\0') {
    gsize       n = strcspn (roles, " ");
    const Role *role = find_role (roles, n);

    if (role != NULL && has_word (role->permissions, permission, length))
      return TRUE;
    roles += n;
    roles += strspn (roles, " ");
  }
  return FALSE;
}

/**
 * uc_roles_contain:
 *
 * Returns: whether @role is one of @roles
 */
gboolean
uc_roles_contain (const char *roles, const char *role)
{
  return has_word (roles, role, strlen (role));
}

/**
 * uc_permission_exists:
 *
 * Returns: whether any role allows @permission
 */
gboolean
uc_permission_exists (const char *permission)
{
  return uc_roles_allow ("system_admin team_user channel_user", permission);
}

static char *
dup_role_id (const char *name)
{
  /* The same on every server and at every start: a digest that looks like an id. */
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);

  digest[26] = '\0';
  for (char *at = digest; *at != '\0'; at++) {
    if (*at == '0' || *at == '2')
      *at = 'y';
  }
  return g_steal_pointer (&digest);
}

/**
 * uc_role_to_json:
 *
 * Returns: (transfer full) (nullable): the role as the API has it
 */
JsonObject *
uc_role_to_json (const char *name)
{
  const Role      *role = find_role (name, strlen (name));
  g_autofree char *id = NULL;
  g_autofree char *description = NULL;
  g_autoptr (GString) text = NULL;
  g_auto (GStrv) permissions = NULL;
  JsonArray  *list;
  JsonObject *object;

  if (role == NULL)
    return NULL;

  id = dup_role_id (name);
  text = g_string_new (role->display_name);
  g_string_replace (text, ".name", ".description", 1);
  description = g_string_free (g_steal_pointer (&text), FALSE);
  permissions = g_strsplit (role->permissions, " ", -1);
  list = json_array_new ();
  for (guint i = 0; permissions[i] != NULL; i++)
    json_array_add_string_element (list, permissions[i]);

  object = json_object_new ();
  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "name", role->name);
  json_object_set_string_member (object, "display_name", role->display_name);
  json_object_set_string_member (object, "description", description);
  json_object_set_int_member (object, "create_at", 1);
  json_object_set_int_member (object, "update_at", 1);
  json_object_set_int_member (object, "delete_at", 0);
  json_object_set_array_member (object, "permissions", list);
  json_object_set_boolean_member (object, "scheme_managed", role->is_scheme_managed);
  json_object_set_boolean_member (object, "built_in", TRUE);
  return object;
}
