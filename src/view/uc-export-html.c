/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HTML pages for reading and printing: a page for each month of a conversation, and an
 * index. They hold no script and may load nothing but pictures that lie beside them
 * (a content security policy says so to the browser), and every text is escaped. */

#include "config.h"

#include "uc-export-private.h"

#include "uc-sanitize.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *STYLE =
    ":root{color-scheme:light dark;--dim:#5e5c64;--line:#d9d7dc;--tint:#f1f0f3;--link:#1a5fb4}\n"
    "@media (prefers-color-scheme:dark){:root{--dim:#b8b6bd;--line:#44424a;--tint:#2b2a30;"
    "--link:#99c1f1}}\n"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1rem;"
    "overflow-wrap:anywhere}\n"
    "a{color:var(--link)}nav{display:flex;flex-wrap:wrap;gap:1rem}\n"
    "h1{font-size:1.6rem;line-height:1.2;margin:1rem 0}\n"
    "h2{font-size:1rem;color:var(--dim);border-bottom:1px solid var(--line);margin:2rem 0 1rem}\n"
    "article{margin:0 0 1rem}article.reply{margin-inline-start:1.5rem;padding-inline-start:.75rem;"
    "border-inline-start:2px solid var(--line)}\n"
    "article.system{color:var(--dim)}article p,article pre{margin:.2rem 0;white-space:pre-wrap}\n"
    ".who{font-weight:700}.dim,time{color:var(--dim);font-size:.85rem;text-decoration:none}\n"
    ".note{font-size:.85rem;font-style:italic}.heading{font-weight:700}\n"
    ".mention{font-weight:600}.item{padding-inline-start:1rem}.i2{padding-inline-start:2rem}"
    ".i3{padding-inline-start:3rem}.i4,.i5,.i6{padding-inline-start:4rem}\n"
    "blockquote{margin:.2rem 0;padding-inline-start:.75rem;border-inline-start:3px solid "
    "var(--line)}\n"
    "pre,code{font-family:ui-monospace,monospace;font-size:.9em;background:var(--tint);"
    "border-radius:4px}pre{padding:.5rem}pre code{background:none}\n"
    "table{border-collapse:collapse}td,th{border:1px solid var(--line);padding:.2rem .5rem;"
    "text-align:start}\n"
    "img{max-width:100%;max-height:24rem;display:block;border-radius:4px;margin:.25rem 0}\n"
    "@media print{nav{display:none}body{max-width:none;padding:0}article{break-inside:avoid}"
    "a{color:inherit}}\n";

/* Shown in the page; others only behind a link. An SVG may hold more than a picture. */
static const char *const picture_types[] = { "image/png", "image/jpeg", "image/gif", "image/webp",
                                             NULL };

/* -- Parts -------------------------------------------------------------------------------- */

/* The one style that may apply is named by its digest. */
static char *
dup_style_digest (void)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize  n_digest = sizeof digest;

  g_checksum_update (checksum, (const guchar *) STYLE, (gssize) strlen (STYLE));
  g_checksum_get_digest (checksum, digest, &n_digest);
  return g_base64_encode (digest, n_digest);
}

static void
append_head (GString *out, const char *title)
{
  g_autofree char *digest = dup_style_digest ();

  g_string_append_printf (
      out,
      "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "img-src 'self' file:; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
      /* Translators: the language of this translation, as "en" or "de". */
      C_ ("language of HTML", "en"), digest);
  _uc_export_html_append_plain (out, title);
  g_string_append_printf (out, "</title>\n<style>%s</style>\n</head>\n<body>\n", STYLE);
}

static void
append_link (GString *out, const char *path, const char *text)
{
  g_autofree char *uri = g_uri_escape_string (path, "/", FALSE);

  g_string_append (out, "<a href=\"");
  _uc_export_html_append_plain (out, uri);
  g_string_append (out, "\">");
  _uc_export_html_append_plain (out, text);
  g_string_append (out, "</a>");
}

static void
append_span (GString *out, const char *class_name, const char *text)
{
  g_string_append_printf (out, "<span class=\"%s\">", class_name);
  _uc_export_html_append_plain (out, text);
  g_string_append (out, "</span> ");
}

static void
append_navigation (GString *out, const UcExportPage *page)
{
  g_string_append (out, "<nav>");
  append_link (out, "index.html", _ ("All conversations"));
  if (page->previous != NULL)
    append_link (out, page->previous, _ ("Earlier"));
  if (page->next != NULL)
    append_link (out, page->next, _ ("Later"));
  g_string_append (out, "</nav>\n");
}

/* -- Messages ----------------------------------------------------------------------------- */

static void
append_header (UcExport *self, const UcMessage *message, GString *out)
{
  const UcPost    *post = message->post;
  g_autofree char *author = _uc_export_dup_author (self, post);
  g_autofree char *username = uc_sanitize_name (_uc_export_get_username (self, post->user_id));
  g_autofree char *time = _uc_export_dup_time (post->create_at_ms, "%Y-%m-%d %H:%M");
  g_autofree char *iso = _uc_export_dup_time (post->create_at_ms, "%Y-%m-%dT%H:%M:%S%:z");
  const char      *note = _uc_export_get_note (message);

  g_string_append (out, "<header><bdi class=\"who\">");
  _uc_export_html_append_plain (out, author);
  g_string_append (out, "</bdi> ");
  if (*username != '\0' && post->override_name == NULL) {
    g_autofree char *at = g_strconcat ("@", username, NULL);

    append_span (out, "dim", at);
  }
  g_string_append_printf (out, "<time datetime=\"%s\">%s</time> ", iso, time);
  if (post->edit_at_ms > 0)
    append_span (out, "dim", _ ("edited"));
  if (post->is_pinned)
    append_span (out, "dim", _ ("pinned"));
  if (note != NULL)
    append_span (out, "note", note);
  g_string_append (out, "</header>\n");
}

static void
append_file (UcExport *self, const UcFile *file, const char *path, GString *out)
{
  g_autofree char *name = uc_sanitize_file_name (file->name);
  g_autofree char *size = g_format_size ((guint64) MAX (file->size_bytes, 0));

  g_string_append (out, "<p class=\"file\">📎 ");
  if (path != NULL)
    append_link (out, path, name);
  else
    append_span (out, "name", name);
  g_string_append (out, " <span class=\"dim\">");
  _uc_export_html_append_plain (out, size);
  if (path == NULL && self->with_files) {
    g_string_append (out, " · ");
    _uc_export_html_append_plain (out, _ ("not on this computer"));
  }
  g_string_append (out, "</span>");
  if (path != NULL && g_strv_contains (picture_types, file->mime_type)) {
    g_autofree char *uri = g_uri_escape_string (path, "/", FALSE);

    g_string_append (out, "<img loading=\"lazy\" alt=\"");
    _uc_export_html_append_plain (out, name);
    g_string_append (out, "\" src=\"");
    _uc_export_html_append_plain (out, uri);
    g_string_append (out, "\">");
  }
  g_string_append (out, "</p>\n");
}

static void
append_reactions (UcExport *self, const UcPost *post, GString *out)
{
  if (post->reactions->len == 0)
    return;
  g_string_append (out, "<p class=\"dim\">");
  for (guint i = 0; i < post->reactions->len; i++) {
    const UcReaction *reaction = g_ptr_array_index (post->reactions, i);
    const char       *username = _uc_export_get_username (self, reaction->user_id);
    g_autofree char  *text = g_strdup_printf ("%s:%s: %s", i > 0 ? ", " : "", reaction->emoji_name,
                                             *username != '\0' ? username : reaction->user_id);
    g_autofree char  *safe = uc_sanitize_name (text);

    _uc_export_html_append_plain (out, safe);
  }
  g_string_append (out, "</p>\n");
}

static void
write_message (UcExport *self, const UcMessage *message, GPtrArray *paths, GString *out)
{
  const UcPost    *post = message->post;
  g_autofree char *text = _uc_export_dup_text (message);

  g_string_append (out, "<article id=\"m-");
  _uc_export_html_append_plain (out, post->id);
  g_string_append_printf (out, "\" class=\"message%s%s\">\n",
                          *post->root_id != '\0' ? " reply" : "",
                          uc_post_is_system (post) ? " system" : "");
  append_header (self, message, out);
  g_string_append (out, "<div class=\"text\" dir=\"auto\">\n");
  _uc_export_html_append_text (out, text);
  g_string_append (out, "</div>\n");
  for (guint i = 0; i < post->files->len; i++)
    append_file (self, g_ptr_array_index (post->files, i), g_ptr_array_index (paths, i), out);
  append_reactions (self, post, out);
  g_string_append (out, "</article>\n");
}

/* -- Pages -------------------------------------------------------------------------------- */

static void
begin_page (UcExport *self, const UcExportPage *page, GString *out)
{
  g_autofree char *title = g_strdup_printf ("%s · %s", page->title, page->label);

  append_head (out, title);
  append_navigation (out, page);
  g_string_append (out, "<h1><bdi>");
  _uc_export_html_append_plain (out, page->title);
  g_string_append (out, "</bdi></h1>\n<h2>");
  _uc_export_html_append_plain (out, page->label);
  g_string_append (out, "</h2>\n<main>\n");
}

static void
end_page (UcExport *self, const UcExportPage *page, GString *out)
{
  g_string_append (out, "</main>\n");
  append_navigation (out, page);
  g_string_append (out, "</body>\n</html>\n");
}

static void
append_drafts (GPtrArray *drafts, GString *out)
{
  if (drafts->len == 0)
    return;
  g_string_append (out, "<h2>");
  _uc_export_html_append_plain (out, _ ("Drafts"));
  g_string_append (out, "</h2>\n");
  for (guint i = 0; i < drafts->len; i++) {
    const UcDraft   *draft = g_ptr_array_index (drafts, i);
    g_autofree char *text = uc_sanitize_text (draft->text, -1);

    g_string_append (out, "<article><p dir=\"auto\">");
    _uc_export_html_append_plain (out, text);
    g_string_append (out, "</p></article>\n");
  }
}

static void
write_index (UcExport *self, GPtrArray *pages, GPtrArray *drafts, GString *out)
{
  g_autofree char *time = _uc_export_dup_time (self->now_ms, "%Y-%m-%d %H:%M");
  g_autofree char *about = g_strdup_printf ("%s · %s · %s", self->username, self->site, time);
  const UcChannel *channel = NULL;

  append_head (out, _ ("Messages"));
  g_string_append (out, "<h1>");
  _uc_export_html_append_plain (out, _ ("Messages"));
  g_string_append (out, "</h1>\n<p class=\"dim\">");
  _uc_export_html_append_plain (out, about);
  g_string_append (out, "</p>\n<main>\n");
  for (guint i = 0; i < pages->len; i++) {
    const UcExportPage *page = g_ptr_array_index (pages, i);

    if (page->channel != channel) {
      g_string_append (out, channel != NULL ? "</p>\n<h2><bdi>" : "<h2><bdi>");
      _uc_export_html_append_plain (out, page->title);
      g_string_append (out, "</bdi></h2>\n<p>");
      channel = page->channel;
    }
    append_link (out, page->file_name, page->label);
    g_string_append_printf (out, " <span class=\"dim\">%" G_GINT64_FORMAT "</span> ",
                            page->n_messages);
  }
  g_string_append (out, channel != NULL ? "</p>\n" : "");
  append_drafts (drafts, out);
  g_string_append (out, "</main>\n</body>\n</html>\n");
}

const UcExportFormat _uc_export_html = {
  .name = "html",
  .extension = "html",
  .is_paged = TRUE,
  .begin_page = begin_page,
  .message = write_message,
  .end_page = end_page,
  .index = write_index,
};
