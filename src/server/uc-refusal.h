/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UC_REFUSAL:
 *
 * Why a call was refused, in the words of the API: the code of such a #GError is
 * the row of uc-refusal-list.def that gives HTTP status, error id and text.
 */
#define UC_REFUSAL (uc_refusal_quark ())

typedef enum {
#define UC_REFUSAL_ROW(name, status, id, text) UC_REFUSAL_##name,
#include "uc-refusal-list.def"
#undef UC_REFUSAL_ROW
  UC_N_REFUSALS,
} UcRefusal;

GQuark uc_refusal_quark (void);

void uc_refuse (GError **error, UcRefusal refusal);
void uc_refuse_named (GError **error, UcRefusal refusal, const char *detail);
/* The usual one: a body, or a part of the address, that is missing or wrong. */
void uc_refuse_body (GError **error, const char *member);
void uc_refuse_url (GError **error, const char *param);

guint       uc_refusal_get_status (const GError *error);
const char *uc_refusal_get_id (const GError *error);
const char *uc_refusal_get_text (const GError *error);

G_END_DECLS
