/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * UcServerGuard:
 *
 * What stands between the HTTP library and the network (safety.md 1.2): it counts
 * headers and connections, knows whose address to believe, and takes `Range` away so
 * that the library never answers one. Main thread.
 */
typedef struct _UcServerGuard UcServerGuard;

UcServerGuard *uc_server_guard_new (const char *trusted_proxy) G_GNUC_WARN_UNUSED_RESULT;
void           uc_server_guard_free (UcServerGuard *self);

/* FALSE when @address may not be bound: other machines reach it, and no proxy is named
 * that they come through. */
gboolean
uc_server_guard_check_bind (const char *address, const char *trusted_proxy, GError **error);
/* A connection was opened, or goes on. FALSE when there are too many. */
gboolean
uc_server_guard_admit (UcServerGuard *self, SoupServerMessage *message, gboolean *is_known);
/* 0, or the status of a refusal; takes what is dangerous out of the headers. */
guint    uc_server_guard_check_headers (UcServerGuard *self, SoupServerMessage *message);
gboolean uc_server_guard_check_origin (UcServerGuard *self, SoupServerMessage *message);
/* The address of the person, not of the proxy. */
char *uc_server_guard_dup_address (UcServerGuard     *self,
                                   SoupServerMessage *message) G_GNUC_WARN_UNUSED_RESULT;
/* Answers without the library, which would first read the whole body; what is still
 * sent is read and thrown away for a while, so that the answer arrives. */
void uc_server_guard_cut_off (SoupServerMessage *message,
                              guint              status,
                              const char        *reason,
                              const char        *body);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcServerGuard, uc_server_guard_free)

G_END_DECLS
