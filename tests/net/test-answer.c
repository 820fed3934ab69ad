/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-answer-private.h"

#include <libsoup/soup.h>

#include <string.h>

#define EXPIRED                                                                                    \
  "{\"id\":\"api.context.session_expired.app_error\",\"message\":\"Session expired.\","            \
  "\"status_code\":401}"
#define OTHER(id) "{\"id\":\"" id "\",\"message\":\"Words of the server.\",\"status_code\":400}"
#define PAGE      "  <!DOCTYPE html><html><body>Welcome to Hotel Free WiFi</body></html>"

static GError *
dup_refusal (guint       status,
             const char *body,
             gboolean    is_login,
             gboolean    is_me,
             gboolean    is_extension)
{
  UcAnswer         answer = { 0 };
  g_autofree char *id = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  GError *error;

  answer.status = status;
  answer.body = bytes;
  answer.is_login = is_login;
  answer.is_me = is_me;
  answer.is_extension = is_extension;
  error = _uc_answer_dup_refusal (&answer, &id);
  g_assert_nonnull (id);
  return error;
}

static void
test_statuses (void)
{
  static const struct {
    guint       status;
    const char *body;
    UcErrorCode code;
  } cases[] = {
    { 400, OTHER ("api.context.invalid_body_param.app_error"), UC_ERROR_INVALID },
    { 401, EXPIRED, UC_ERROR_AUTH },
    { 401, OTHER ("api.team.delete_team.disabled.app_error"), UC_ERROR_FORBIDDEN },
    { 403, OTHER ("api.context.permissions.app_error"), UC_ERROR_FORBIDDEN },
    { 404, OTHER ("app.user.missing_account.const"), UC_ERROR_NOT_FOUND },
    { 404, "404 page not found", UC_ERROR_NOT_FOUND },
    { 407, "", UC_ERROR_OFFLINE },
    { 408, "", UC_ERROR_TIMEOUT },
    { 409, OTHER ("x"), UC_ERROR_CONFLICT },
    { 413, OTHER ("api.file.upload_file.too_large_detailed.app_error"), UC_ERROR_INVALID },
    { 413, PAGE, UC_ERROR_INVALID },
    { 429, "limit exceeded\n", UC_ERROR_RATE_LIMITED },
    { 429, PAGE, UC_ERROR_RATE_LIMITED },
    { 500, OTHER ("x"), UC_ERROR_SERVER },
    { 500, OTHER ("api.post.deduplicate_create_post.pending"), UC_ERROR_CONFLICT },
    { 501, OTHER ("x.disabled"), UC_ERROR_DISABLED },
    { 502, PAGE, UC_ERROR_SERVER },
    { 503, "", UC_ERROR_SERVER },
    { 504, PAGE, UC_ERROR_TIMEOUT },
    /* What some proxy says about an address says nothing about the message. */
    { 400, PAGE, UC_ERROR_PROTOCOL },
    { 401, PAGE, UC_ERROR_PROTOCOL },
    { 403, PAGE, UC_ERROR_PROTOCOL },
    { 404, PAGE, UC_ERROR_PROTOCOL },
    { 511, PAGE, UC_ERROR_PROTOCOL },
    { 304, "", UC_ERROR_PROTOCOL },
    { 999, "", UC_ERROR_SERVER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = dup_refusal (cases[i].status, cases[i].body, FALSE, FALSE, FALSE);

    g_test_message ("%u %s", cases[i].status, cases[i].body);
    g_assert_error (error, UC_ERROR, (int) cases[i].code);
    g_assert_cmpuint (strlen (error->message), >, 10);
  }
}

static void
test_special_calls (void)
{
  g_autoptr (GError) login = dup_refusal (
      401, OTHER ("api.user.login.invalid_credentials_email_username"), TRUE, FALSE, FALSE);
  g_autoptr (GError) me = dup_refusal (401, "", FALSE, TRUE, FALSE);
  g_autoptr (GError) stock = dup_refusal (404, PAGE, FALSE, FALSE, TRUE);
  g_autoptr (GError) off = dup_refusal (501, OTHER ("x"), FALSE, FALSE, TRUE);

  g_assert_error (login, UC_ERROR, UC_ERROR_AUTH);
  g_assert_cmpstr (login->message, ==, "Words of the server. (HTTP 401)");
  g_assert_error (me, UC_ERROR, UC_ERROR_AUTH);
  g_assert_error (stock, UC_ERROR, UC_ERROR_NOT_FOUND);
  g_assert_error (off, UC_ERROR, UC_ERROR_NOT_FOUND);
}

static void
test_message_is_tame (void)
{
  g_autofree char *filler = g_strnfill (5000, 'x');
  g_autofree char *body =
      g_strdup_printf ("{\"id\":\"a\",\"message\":\"line\\nbreak \\u202e%s\"}", filler);
  g_autoptr (GError) error = dup_refusal (400, body, FALSE, FALSE, FALSE);

  g_assert_null (strchr (error->message, '\n'));
  g_assert_cmpuint (strlen (error->message), <, 400);
}

static gboolean
check_good (guint       status,
            const char *content_type,
            const char *body,
            gboolean    is_extension,
            GError    **error)
{
  UcAnswer answer = { 0 };
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  answer.status = status;
  answer.content_type = content_type;
  answer.body = bytes;
  answer.is_extension = is_extension;
  return _uc_answer_check_good (&answer, error);
}

static void
test_good (void)
{
  g_autoptr (GError) error = NULL;

  /* Parsed by content, not by type. */
  g_assert_true (check_good (200, "text/plain", " {\"status\":\"OK\"}", FALSE, NULL));
  g_assert_true (check_good (200, "text/html", "[]", FALSE, NULL));
  g_assert_true (check_good (200, NULL, "null", FALSE, NULL));
  g_assert_true (check_good (204, NULL, "", FALSE, NULL));

  g_assert_false (check_good (200, "application/json", PAGE, FALSE, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, "login page"));
  g_clear_error (&error);
  g_assert_false (check_good (200, "text/html; charset=utf-8", "Please log in", FALSE, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, "login page"));
  g_clear_error (&error);
  g_assert_false (check_good (200, "application/json", "", FALSE, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_false (check_good (200, "text/plain", "ok", FALSE, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_false (check_good (200, "text/html", PAGE, TRUE, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_NOT_FOUND);
}

static void
test_wait (void)
{
  /* 2026-11-20 14:00:00 UTC */
  const gint64 now = 1795183200;

  g_assert_cmpint (_uc_answer_get_wait_s ("7", now), ==, 7);
  g_assert_cmpint (_uc_answer_get_wait_s (" 7 ", now), ==, 7);
  g_assert_cmpint (_uc_answer_get_wait_s ("0", now), ==, 1);
  g_assert_cmpint (_uc_answer_get_wait_s ("-5", now), ==, 1);
  g_assert_cmpint (_uc_answer_get_wait_s ("1000000000", now), ==, 300);
  g_assert_cmpint (_uc_answer_get_wait_s ("99999999999999999999999", now), ==, 300);
  g_assert_cmpint (_uc_answer_get_wait_s ("Fri, 20 Nov 2026 14:00:42 GMT", now), ==, 42);
  g_assert_cmpint (_uc_answer_get_wait_s ("Fri, 20 Nov 2020 14:00:42 GMT", now), ==, 1);
  g_assert_cmpint (_uc_answer_get_wait_s ("Fri, 20 Nov 2066 14:00:42 GMT", now), ==, 300);
  g_assert_cmpint (_uc_answer_get_wait_s ("soon", now), ==, 5);
  g_assert_cmpint (_uc_answer_get_wait_s ("", now), ==, 5);
  g_assert_cmpint (_uc_answer_get_wait_s (NULL, now), ==, 5);
}

static void
check_transport (GQuark      domain,
                 int         code,
                 UcPhase     phase,
                 gboolean    is_timed_out,
                 UcErrorCode expected)
{
  g_autoptr (GError) cause = g_error_new_literal (domain, code, "the cause");
  g_autoptr (GError) error = _uc_answer_dup_transport (cause, phase, is_timed_out);

  g_assert_error (error, UC_ERROR, (int) expected);
}

static void
test_transport (void)
{
  g_autoptr (GError) cancelled =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  g_autoptr (GError) kept = _uc_answer_dup_transport (cancelled, UC_PHASE_IN_DOUBT, FALSE);

  g_assert_error (kept, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  check_transport (G_RESOLVER_ERROR, 0, UC_PHASE_CONNECTING, FALSE, UC_ERROR_OFFLINE);
  check_transport (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, UC_PHASE_CONNECTING, FALSE,
                   UC_ERROR_OFFLINE);
  check_transport (G_IO_ERROR, G_IO_ERROR_CANCELLED, UC_PHASE_CONNECTING, TRUE, UC_ERROR_OFFLINE);
  check_transport (G_IO_ERROR, G_IO_ERROR_CANCELLED, UC_PHASE_READING, TRUE, UC_ERROR_TIMEOUT);
  check_transport (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, UC_PHASE_READING, FALSE, UC_ERROR_OFFLINE);
  /* A message that was on its way may have arrived. */
  check_transport (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, UC_PHASE_IN_DOUBT, FALSE,
                   UC_ERROR_TIMEOUT);
  check_transport (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, UC_PHASE_IN_DOUBT, FALSE,
                   UC_ERROR_TIMEOUT);
  check_transport (G_IO_ERROR, G_IO_ERROR_CANCELLED, UC_PHASE_IN_DOUBT, TRUE, UC_ERROR_TIMEOUT);
  check_transport (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, UC_PHASE_CONNECTING, FALSE,
                   UC_ERROR_PROTOCOL);
  check_transport (G_TLS_ERROR, G_TLS_ERROR_NOT_TLS, UC_PHASE_CONNECTING, FALSE, UC_ERROR_PROTOCOL);
  check_transport (G_TLS_ERROR, G_TLS_ERROR_EOF, UC_PHASE_READING, FALSE, UC_ERROR_OFFLINE);
  check_transport (G_IO_ERROR, G_IO_ERROR_PROXY_FAILED, UC_PHASE_CONNECTING, FALSE,
                   UC_ERROR_OFFLINE);
  check_transport (SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING, UC_PHASE_READING, FALSE,
                   UC_ERROR_PROTOCOL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/net/answer/statuses", test_statuses);
  g_test_add_func ("/net/answer/special-calls", test_special_calls);
  g_test_add_func ("/net/answer/message-is-tame", test_message_is_tame);
  g_test_add_func ("/net/answer/good", test_good);
  g_test_add_func ("/net/answer/wait", test_wait);
  g_test_add_func ("/net/answer/transport", test_transport);
  return g_test_run ();
}
