/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Every bound on what comes from outside stands here; tests hold each at the
 * limit, one past it and far past it. Sizes are bytes unless the name says so. */

/* JSON: nesting a parser may meet, the largest body worth parsing, and the values
 * in it (a parsed one takes some 100 bytes, however short its text). */
#define UC_LIMIT_JSON_DEPTH           64
#define UC_LIMIT_JSON_BYTES           (32 * 1024 * 1024)
#define UC_LIMIT_JSON_VALUES          (1000 * 1000)

/* HTTP answers: JSON bodies, the part of a refusal that is read, files saved to disk. */
#define UC_LIMIT_HTTP_JSON_BYTES      (32 * 1024 * 1024)
#define UC_LIMIT_HTTP_ERROR_BYTES     (64 * 1024)
#define UC_LIMIT_HTTP_FILE_BYTES      (4LL * 1024 * 1024 * 1024)

/* WebSocket: one message from the server; to it the server takes 8 KiB. */
#define UC_LIMIT_SOCKET_IN_BYTES      (4 * 1024 * 1024)
#define UC_LIMIT_SOCKET_OUT_BYTES     (8 * 1024)

/* Text: characters a Mattermost server takes in one post; what is laid out at
 * once (longer text is cut with "Show more"); marks stacked on one letter; the
 * longest run without a break that is handed to layout in one piece. */
#define UC_LIMIT_POST_CHARS           16383
#define UC_LIMIT_PROPS_CHARS          8000
#define UC_LIMIT_SHOWN_BYTES          8192
#define UC_LIMIT_COMBINING_MARKS      8
#define UC_LIMIT_UNBROKEN_CHARS       256

/* Files of one post; a picture that is decoded. */
#define UC_LIMIT_FILES_PER_POST       10
#define UC_LIMIT_IMAGE_PIXELS         (40 * 1000 * 1000)
#define UC_LIMIT_IMAGE_BYTES          (32 * 1024 * 1024)
#define UC_LIMIT_FILE_NAME_BYTES      200

/* Search: terms and length of one query. */
#define UC_LIMIT_QUERY_TERMS          12
#define UC_LIMIT_QUERY_BYTES          256

/* The feature flags document of a server. */
#define UC_LIMIT_FLAGS_BYTES          (256 * 1024)
