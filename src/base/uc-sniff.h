/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of a file's beginning that are enough to judge it by. */
#define UC_SNIFF_BYTES 4096

/**
 * UcFileRisk:
 * @UC_FILE_PLAIN: nothing speaks against opening it
 * @UC_FILE_DISGUISED: its content is not what its name says
 * @UC_FILE_RUNS: it is a program, or something that others run: a script, a starter, a
 *   web page, a document with macros
 *
 * What opening a file from somebody else could do.
 */
typedef enum {
  UC_FILE_PLAIN,
  UC_FILE_DISGUISED,
  UC_FILE_RUNS,
} UcFileRisk;

UcFileRisk uc_sniff_judge (const char *name, const guint8 *bytes, gsize length);

G_END_DECLS
