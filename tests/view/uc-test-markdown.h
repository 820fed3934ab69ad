/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-markdown.h"

G_BEGIN_DECLS

/* One line a block: what it is, its info in angle brackets, its text with each run as
 * {flags target|text}. Flags: b i s c(ode) l(ink) @ M(e) ~ # p(icture) e(moji). */
char *uc_test_dump_markdown   (const UcMarkdown        *markdown) G_GNUC_WARN_UNUSED_RESULT;
/* Parses, checks what must hold for any text, compares the dump. */
void  uc_test_assert_markdown (const char              *text,
                               const UcMarkdownContext *context,
                               const char              *expected);
/* What must hold for any text. */
void  uc_test_check_markdown  (const UcMarkdown        *markdown);

G_END_DECLS
