/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The team of the demo, and the word that signs in every person of it: no secret, it
 * is printed in the README. */
#define UC_DEMO_TEAM     "lindenhof"
#define UC_DEMO_PASSWORD "demo-Lindenhof-1"
/* Through whose eyes the demo is looked at. */
#define UC_DEMO_VISITOR "anna.keller"

/**
 * UcDemoPerson:
 *
 * Somebody who works at Lindenhof. @talkative says how easily they put in a word, and
 * how much they are at a screen, of 10.
 */
typedef struct {
  const char *username;
  const char *first_name;
  const char *last_name;
  const char *position;
  const char *status_emoji; /* (nullable): of the custom status */
  const char *status_text;  /* (nullable) */
  guint       talkative;
} UcDemoPerson;

/* The first of them is the one who runs the server. */
extern const UcDemoPerson uc_demo_people[];
extern const guint        uc_demo_n_people;

const UcDemoPerson *uc_demo_people_find (const char *username);

G_END_DECLS
