/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The roles every server has, and what they allow. Any thread. */

gboolean uc_role_exists (const char *role);
/* @roles is space separated, as in records of users and members. */
gboolean uc_roles_allow (const char *roles, const char *permission);
gboolean uc_roles_contain (const char *roles, const char *role);
/* A permission somebody could have: a misspelt one is a programmer's mistake. */
gboolean    uc_permission_exists (const char *permission);
JsonObject *uc_role_to_json (const char *role) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
