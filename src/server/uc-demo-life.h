/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-demo-cast.h"
#include "uc-dispatch.h"

G_BEGIN_DECLS

/**
 * UcDemoLife:
 *
 * What the people of the demo do while somebody looks on: they answer who writes to
 * them, talk among themselves, come and go. When nobody is connected nothing happens,
 * and no timer runs. All of it goes through the services, as from a client. Main thread.
 */
typedef struct _UcDemoLife UcDemoLife;

/* Open sockets: of one user, or of anybody (NULL). */
typedef guint (*UcDemoCountFunc) (gpointer audience, const char *user_id);

typedef struct {
  UcDispatch     *dispatch; /* outlives the life */
  UcDemoCountFunc count;
  gpointer        audience;  /* its argument */
  guint           second_ms; /* how long a second of theirs lasts */
  guint32         seed;
} UcDemoStage;

/* @cast is (transfer full). */
UcDemoLife *uc_demo_life_new (const UcDemoStage *stage,
                              UcDemoCast        *cast,
                              GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* An event that was committed: something to answer to, perhaps. */
void uc_demo_life_see (UcDemoLife *self, UcPush *push);
/* Whether anybody is looking on, as far as it has noticed. */
gboolean uc_demo_life_is_awake (UcDemoLife *self);
void     uc_demo_life_free (UcDemoLife *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcDemoLife, uc_demo_life_free)

G_END_DECLS
