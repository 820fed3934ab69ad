/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How text is cut into words for the full-text index: as SQLite's unicode61 does it,
 * and in scripts that are written without spaces each character by itself. A query
 * is cut the same way and becomes a phrase, so that any part of a Chinese or
 * Japanese sentence is found, at any length, in the one index; a second, trigram
 * index costs half the store again and cannot find words of two characters. */

#include "config.h"

#include "uc-db-private.h"

#include <string.h>

#define MODULE_NAME "uc_words"

typedef int (
    *TokenFunc) (void *context, int flags, const char *token, int n_token, int start, int end);

typedef struct {
  fts5_tokenizer parent;
  void          *parent_data;
} Module;

typedef struct {
  fts5_tokenizer *parent; /* (unowned) the module's */
  Fts5Tokenizer  *inner;  /* (owned) */
} Tokenizer;

/* A stretch of the text, handed to the parent; its offsets move by @offset. */
typedef struct {
  TokenFunc func;
  void     *context;
  int       offset;
} Stretch;

static gboolean
is_unspaced (gunichar c)
{
  static const struct {
    gunichar first;
    gunichar last;
  } ranges[] = {
    { 0x0e00, 0x0eff },   /* Thai, Lao */
    { 0x1000, 0x109f },   /* Myanmar */
    { 0x1100, 0x11ff },   /* Hangul Jamo */
    { 0x1780, 0x17ff },   /* Khmer */
    { 0x2e80, 0x2fdf },   /* radicals */
    { 0x3005, 0x3007 },   /* iteration marks */
    { 0x3040, 0x318f },   /* kana, bopomofo, Jamo */
    { 0x31a0, 0x31ff },   /* extensions of those */
    { 0x3400, 0x4dbf },   /* Han, extension A */
    { 0x4e00, 0x9fff },   /* Han */
    { 0xa960, 0xa97f },   /* Jamo, extension A */
    { 0xac00, 0xd7ff },   /* Hangul syllables */
    { 0xf900, 0xfaff },   /* Han, compatibility */
    { 0xff66, 0xffdc },   /* half-width kana and Jamo */
    { 0x1b000, 0x1b16f }, /* kana, supplement */
    { 0x20000, 0x3ffff }, /* Han, further extensions */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ranges) && c >= ranges[i].first; i++) {
    if (c <= ranges[i].last)
      return g_unichar_isalnum (c) || g_unichar_ismark (c);
  }
  return FALSE;
}

static int
stretch_cb (void *context, int flags, const char *token, int n_token, int start, int end)
{
  Stretch *stretch = context;

  return stretch->func (stretch->context, flags, token, n_token, start + stretch->offset,
                        end + stretch->offset);
}

static int
tokenize_stretch (Tokenizer  *self,
                  Stretch    *stretch,
                  int         flags,
                  const char *text,
                  int         start,
                  int         end)
{
  if (start == end)
    return SQLITE_OK;
  stretch->offset = start;
  return self->parent->xTokenize (self->inner, stretch, flags, text + start, end - start,
                                  stretch_cb);
}

static int
tokenize (Fts5Tokenizer *tokenizer,
          void          *context,
          int            flags,
          const char    *text,
          int            n_text,
          TokenFunc      func)
{
  Tokenizer *self = (Tokenizer *) tokenizer;
  Stretch    stretch = { func, context, 0 };
  int        code = SQLITE_OK;
  int        start = 0;
  int        i = 0;

  while (i < n_text && code == SQLITE_OK) {
    guchar   byte = (guchar) text[i];
    gunichar c = byte < 0xe0 ? byte : g_utf8_get_char_validated (text + i, n_text - i);
    int      length;

    /* No unspaced script lies below U+0E00; what is not UTF-8 is the parent's. */
    if (byte < 0xe0 || c == (gunichar) -1 || c == (gunichar) -2 || !is_unspaced (c)) {
      i++;
      continue;
    }
    length = g_unichar_to_utf8 (c, NULL);
    code = tokenize_stretch (self, &stretch, flags, text, start, i);
    if (code == SQLITE_OK)
      code = func (context, 0, text + i, length, i, i + length);
    i += length;
    start = i;
  }
  if (code == SQLITE_OK)
    code = tokenize_stretch (self, &stretch, flags, text, start, n_text);
  return code;
}

static int
create (void *data, const char **arguments, int n_arguments, Fts5Tokenizer **tokenizer)
{
  Module    *module = data;
  Tokenizer *self = g_new0 (Tokenizer, 1);
  int        code;

  self->parent = &module->parent;
  code = module->parent.xCreate (module->parent_data, arguments, n_arguments, &self->inner);
  if (code != SQLITE_OK)
    g_clear_pointer (&self, g_free);
  *tokenizer = (Fts5Tokenizer *) self;
  return code;
}

static void delete (Fts5Tokenizer *tokenizer)
{
  Tokenizer *self = (Tokenizer *) tokenizer;

  self->parent->xDelete (self->inner);
  g_free (self);
}

static fts5_api *
get_api (sqlite3 *handle)
{
  sqlite3_stmt *stmt = NULL;
  fts5_api     *api = NULL;

  if (sqlite3_prepare_v2 (handle, "SELECT fts5 (?1)", -1, &stmt, NULL) != SQLITE_OK)
    return NULL;
  sqlite3_bind_pointer (stmt, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step (stmt);
  sqlite3_finalize (stmt);
  return api;
}

gboolean
_uc_tokenizer_register (sqlite3 *handle)
{
  fts5_api      *api = get_api (handle);
  Module        *module;
  fts5_tokenizer own = { create, delete, tokenize };

  if (api == NULL || api->iVersion < 2)
    return FALSE;
  module = g_new0 (Module, 1);
  if (api->xFindTokenizer (api, "unicode61", &module->parent_data, &module->parent) != SQLITE_OK) {
    g_free (module);
    return FALSE;
  }
  return api->xCreateTokenizer (api, MODULE_NAME, module, &own, g_free) == SQLITE_OK &&
         _uc_places_register (api);
}
