/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* An answer as far as it was read. */
typedef struct
{
  guint       status;
  const char *content_type; /* (nullable) */
  const char *retry_after;  /* (nullable) the header as sent */
  GBytes     *body;
  gboolean    is_login;
  gboolean    is_me;
  gboolean    is_extension;
} UcAnswer;

/* How far a call had come when its connection failed. */
typedef enum
{
  UC_PHASE_CONNECTING, /* nothing was sent */
  UC_PHASE_READING,    /* what was sent only asks, doing it twice is the same */
  UC_PHASE_IN_DOUBT,   /* sent, and it may have had its effect */
} UcPhase;

gboolean _uc_answer_is_html         (const UcAnswer *self);
gboolean _uc_answer_check_good      (const UcAnswer *self,
                                     GError        **error);
GError  *_uc_answer_dup_refusal     (const UcAnswer *self,
                                     char          **error_id) G_GNUC_WARN_UNUSED_RESULT;
int      _uc_answer_get_wait_s      (const char     *retry_after,
                                     gint64          now_s);
GError  *_uc_answer_dup_transport   (const GError   *cause,
                                     UcPhase         phase,
                                     gboolean        is_timed_out) G_GNUC_WARN_UNUSED_RESULT;
GError  *_uc_answer_new_unproven    (GTlsCertificateFlags why) G_GNUC_WARN_UNUSED_RESULT;
GError  *_uc_answer_new_login_page  (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
