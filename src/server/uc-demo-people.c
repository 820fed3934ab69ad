/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who works at the hospital of the demo. */

#include "config.h"

#include "uc-demo-people.h"

const UcDemoPerson uc_demo_people[] = {
  { "helen.brooks", "Helen", "Brooks", "Managing director", NULL, NULL, 4 },
  { "anna.keller", "Anna", "Keller", "Nurse in charge, ward 3", NULL, NULL, 8 },
  { "ben.ortiz", "Ben", "Ortiz", "Nurse, ward 3", "hospital", "Early shift", 9 },
  { "julia.roth", "Julia", "Roth", "Nurse, ward 3", NULL, NULL, 8 },
  { "clara.wu", "Clara", "Wu", "Physician, internal medicine", NULL, NULL, 8 },
  { "samir.aziz", "Samir", "Aziz", "Senior physician, internal medicine", NULL, NULL, 7 },
  { "oliver.kane", "Oliver", "Kane", "Physician, emergency department", "crescent_moon",
    "On nights until Friday", 5 },
  { "noah.fischer", "Noah", "Fischer", "IT & medical technology", "wrench",
    "Hotline 2222 is faster", 9 },
  { "lena.hartmann", "Lena", "Hartmann", "Hygiene & quality, ward 4", NULL, NULL, 5 },
  { "marta.silva", "Marta", "Silva", "Admissions", NULL, NULL, 6 },
  { "paul.meier", "Paul", "Meier", "Kitchen & reception", "stew", "Lunch 11:30 to 13:30", 6 },
};
const guint uc_demo_n_people = G_N_ELEMENTS (uc_demo_people);

/**
 * uc_demo_people_find:
 *
 * Returns: (transfer none) (nullable): the person of this user name
 */
const UcDemoPerson *
uc_demo_people_find (const char *username)
{
  for (guint i = 0; i < uc_demo_n_people; i++) {
    if (g_str_equal (uc_demo_people[i].username, username))
      return &uc_demo_people[i];
  }
  return NULL;
}
