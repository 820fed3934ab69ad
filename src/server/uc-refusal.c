/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The refusals of the API in one table. A #GError of another domain (the database,
 * a file) is a failure of the server: its text goes to the log, not to the client. */

#include "config.h"

#include "uc-refusal.h"

#include "uc-error.h"

static const struct {
  guint       status;
  const char *id;
  const char *text;
} rows[] = {
#define UC_REFUSAL_ROW(name, status, id, text) { status, id, text },
#include "uc-refusal-list.def"
#undef UC_REFUSAL_ROW
};

G_DEFINE_QUARK (uc - refusal - quark, uc_refusal)

static gboolean
is_refusal (const GError *error)
{
  return error->domain == UC_REFUSAL && error->code >= 0 && error->code < UC_N_REFUSALS;
}

/**
 * uc_refuse:
 * @error: (nullable) (out): where the refusal goes
 * @refusal: the row of the table
 */
void
uc_refuse (GError **error, UcRefusal refusal)
{
  g_set_error_literal (error, UC_REFUSAL, refusal, rows[refusal].text);
}

/**
 * uc_refuse_named:
 * @detail: what stands for the `{}` in the row's text
 */
void
uc_refuse_named (GError **error, UcRefusal refusal, const char *detail)
{
  g_autoptr (GString) text = g_string_new (rows[refusal].text);

  g_string_replace (text, "{}", detail, 1);
  g_set_error_literal (error, UC_REFUSAL, refusal, text->str);
}

/**
 * uc_refuse_body:
 * @member: the member of the body that is missing or wrong
 */
void
uc_refuse_body (GError **error, const char *member)
{
  uc_refuse_named (error, UC_REFUSAL_BODY_PARAM, member);
}

/**
 * uc_refuse_url:
 * @param: the part of the address that is missing or wrong
 */
void
uc_refuse_url (GError **error, const char *param)
{
  uc_refuse_named (error, UC_REFUSAL_URL_PARAM, param);
}

/**
 * uc_refusal_get_status:
 *
 * Returns: the HTTP status of the answer
 */
guint
uc_refusal_get_status (const GError *error)
{
  if (is_refusal (error))
    return rows[error->code].status;
  /* A full disk, a locked database, a search that takes too long: that passes, and the
   * client may come back. */
  return g_error_matches (error, UC_ERROR, UC_ERROR_STORAGE) ||
                 g_error_matches (error, UC_ERROR, UC_ERROR_TIMEOUT)
             ? 503
             : 500;
}

/**
 * uc_refusal_get_id:
 *
 * Returns: (transfer none): the error id of the API
 */
const char *
uc_refusal_get_id (const GError *error)
{
  return is_refusal (error) ? rows[error->code].id : "app.internal.app_error";
}

/**
 * uc_refusal_get_text:
 *
 * Returns: (transfer none): a sentence for a person
 */
const char *
uc_refusal_get_text (const GError *error)
{
  return is_refusal (error) ? error->message : "The server could not do this just now.";
}
