-- Accounts, teams, channels, posts and what belongs to them.
-- Times are milliseconds since 1970 UTC, 0 means never; ids are those of the API.

CREATE TABLE users (
  id                   TEXT    NOT NULL PRIMARY KEY,
  username             TEXT    NOT NULL UNIQUE,
  email                TEXT    NOT NULL UNIQUE COLLATE NOCASE,
  first_name           TEXT    NOT NULL,
  last_name            TEXT    NOT NULL,
  nickname             TEXT    NOT NULL,
  position             TEXT    NOT NULL,
  roles                TEXT    NOT NULL,
  locale               TEXT    NOT NULL,
  notify_props         TEXT    NOT NULL,
  timezone             TEXT    NOT NULL,
  props                TEXT    NOT NULL,
  search_names         TEXT    NOT NULL, -- case-folded, each name on a line of its own
  has_keywords         INTEGER NOT NULL, -- words other than the own name call this user
  password_hash        TEXT    NOT NULL,
  last_password_update INTEGER NOT NULL,
  failed_attempts      INTEGER NOT NULL,
  is_bot               INTEGER NOT NULL,
  bot_description      TEXT    NOT NULL,
  bot_owner_id         TEXT    NOT NULL,
  picture              TEXT    NOT NULL, -- name of a file in pictures/, or empty
  last_picture_update  INTEGER NOT NULL,
  create_at            INTEGER NOT NULL,
  update_at            INTEGER NOT NULL,
  delete_at            INTEGER NOT NULL
) STRICT;

CREATE INDEX users_with_keywords ON users (id) WHERE has_keywords = 1;

CREATE TABLE sessions (
  id               TEXT    NOT NULL PRIMARY KEY,
  token_hash       TEXT    NOT NULL UNIQUE, -- SHA-256; the token itself is nowhere
  csrf             TEXT    NOT NULL,
  user_id          TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  device_id        TEXT    NOT NULL,
  user_agent       TEXT    NOT NULL,
  access_token_id  TEXT    NOT NULL, -- of a personal access token, or empty
  create_at        INTEGER NOT NULL,
  expires_at       INTEGER NOT NULL,
  last_activity_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id, create_at);
CREATE INDEX sessions_by_end ON sessions (expires_at);

CREATE TABLE access_tokens (
  id          TEXT    NOT NULL PRIMARY KEY,
  token_hash  TEXT    NOT NULL UNIQUE,
  user_id     TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  description TEXT    NOT NULL,
  is_active   INTEGER NOT NULL,
  create_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX access_tokens_by_user ON access_tokens (user_id, create_at);

CREATE TABLE statuses (
  user_id          TEXT    NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  status           TEXT    NOT NULL,
  is_manual        INTEGER NOT NULL,
  last_activity_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE preferences (
  user_id  TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  category TEXT NOT NULL,
  name     TEXT NOT NULL,
  value    TEXT NOT NULL,
  PRIMARY KEY (user_id, category, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE teams (
  id                TEXT    NOT NULL PRIMARY KEY,
  name              TEXT    NOT NULL UNIQUE,
  display_name      TEXT    NOT NULL,
  description       TEXT    NOT NULL,
  email             TEXT    NOT NULL,
  type              TEXT    NOT NULL,
  company_name      TEXT    NOT NULL,
  allowed_domains   TEXT    NOT NULL,
  invite_id         TEXT    NOT NULL UNIQUE,
  allow_open_invite INTEGER NOT NULL,
  create_at         INTEGER NOT NULL,
  update_at         INTEGER NOT NULL,
  delete_at         INTEGER NOT NULL
) STRICT;

CREATE TABLE team_members (
  team_id      TEXT    NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
  user_id      TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  scheme_user  INTEGER NOT NULL,
  scheme_admin INTEGER NOT NULL,
  create_at    INTEGER NOT NULL,
  delete_at    INTEGER NOT NULL,
  PRIMARY KEY (team_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX team_members_by_user ON team_members (user_id, delete_at);

CREATE TABLE channels (
  id                   TEXT    NOT NULL PRIMARY KEY,
  team_id              TEXT    NOT NULL, -- empty for direct and group channels
  type                 TEXT    NOT NULL,
  name                 TEXT    NOT NULL,
  display_name         TEXT    NOT NULL,
  header               TEXT    NOT NULL,
  purpose              TEXT    NOT NULL,
  creator_id           TEXT    NOT NULL,
  last_post_at         INTEGER NOT NULL,
  total_msg_count      INTEGER NOT NULL,
  total_msg_count_root INTEGER NOT NULL,
  extra_update_at      INTEGER NOT NULL,
  create_at            INTEGER NOT NULL,
  update_at            INTEGER NOT NULL,
  delete_at            INTEGER NOT NULL,
  UNIQUE (team_id, name)
) STRICT;

CREATE TABLE channel_members (
  channel_id         TEXT    NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
  user_id            TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  scheme_user        INTEGER NOT NULL,
  scheme_admin       INTEGER NOT NULL,
  last_viewed_at     INTEGER NOT NULL,
  msg_count          INTEGER NOT NULL, -- posts already read
  msg_count_root     INTEGER NOT NULL,
  mention_count      INTEGER NOT NULL,
  mention_count_root INTEGER NOT NULL,
  notify_props       TEXT    NOT NULL,
  last_update_at     INTEGER NOT NULL,
  PRIMARY KEY (channel_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_members_by_user ON channel_members (user_id, channel_id);

-- The key carries the time (create_at << 12 | n), so that its order is the order of
-- posts and one index serves pages and search.
CREATE TABLE posts (
  seq             INTEGER NOT NULL PRIMARY KEY,
  id              TEXT    NOT NULL UNIQUE,
  channel_id      TEXT    NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
  user_id         TEXT    NOT NULL,
  root_id         TEXT    NOT NULL,
  message         TEXT    NOT NULL CHECK (instr (message, char (0)) = 0),
  type            TEXT    NOT NULL,
  props           TEXT    NOT NULL,
  hashtags        TEXT    NOT NULL,
  file_ids        TEXT    NOT NULL, -- space separated, in the author's order
  is_pinned       INTEGER NOT NULL,
  has_reactions   INTEGER NOT NULL,
  reply_count     INTEGER NOT NULL, -- of a root: its living replies
  last_reply_at   INTEGER NOT NULL,
  pending_post_id TEXT    NOT NULL,
  op              TEXT    NOT NULL, -- props.unified_chat.op, or empty
  create_at       INTEGER NOT NULL,
  update_at       INTEGER NOT NULL,
  edit_at         INTEGER NOT NULL,
  delete_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX posts_by_channel ON posts (channel_id, seq);
CREATE INDEX posts_by_change ON posts (channel_id, update_at);
CREATE INDEX posts_by_root ON posts (root_id, seq) WHERE root_id <> '';
CREATE INDEX posts_pinned ON posts (channel_id, seq) WHERE is_pinned = 1;
-- A message is created once, however often it is sent.
CREATE UNIQUE INDEX posts_by_pending_id ON posts (user_id, channel_id, pending_post_id)
  WHERE pending_post_id <> '';
CREATE UNIQUE INDEX posts_by_op ON posts (user_id, channel_id, op)
  WHERE op <> '';

CREATE VIRTUAL TABLE posts_text USING fts5 (
  message,
  hashtags,
  content = 'posts',
  content_rowid = 'seq',
  tokenize = "unicode61 remove_diacritics 0"
);
CREATE TRIGGER posts_text_insert AFTER INSERT ON posts WHEN new.delete_at = 0 BEGIN
  INSERT INTO posts_text (rowid, message, hashtags)
  VALUES (new.seq, new.message, new.hashtags);
END;
CREATE TRIGGER posts_text_delete AFTER DELETE ON posts WHEN old.delete_at = 0 BEGIN
  INSERT INTO posts_text (posts_text, rowid, message, hashtags)
  VALUES ('delete', old.seq, old.message, old.hashtags);
END;
-- Reactions, pins and counters rewrite the row; only its text concerns the index.
CREATE TRIGGER posts_text_update AFTER UPDATE OF message, hashtags, delete_at ON posts
WHEN old.delete_at = 0
 AND (old.message IS NOT new.message OR old.hashtags IS NOT new.hashtags OR new.delete_at <> 0) BEGIN
  INSERT INTO posts_text (posts_text, rowid, message, hashtags)
  VALUES ('delete', old.seq, old.message, old.hashtags);
  INSERT INTO posts_text (rowid, message, hashtags)
  SELECT new.seq, new.message, new.hashtags WHERE new.delete_at = 0;
END;

CREATE TABLE reactions (
  post_id    TEXT    NOT NULL,
  user_id    TEXT    NOT NULL,
  emoji_name TEXT    NOT NULL,
  create_at  INTEGER NOT NULL,
  update_at  INTEGER NOT NULL,
  PRIMARY KEY (post_id, user_id, emoji_name)
) STRICT, WITHOUT ROWID;

CREATE TABLE thread_members (
  root_id        TEXT    NOT NULL,
  user_id        TEXT    NOT NULL,
  is_following   INTEGER NOT NULL,
  last_viewed_at INTEGER NOT NULL,
  mention_count  INTEGER NOT NULL,
  PRIMARY KEY (root_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_members_by_user ON thread_members (user_id, root_id);

CREATE TABLE files (
  id          TEXT    NOT NULL PRIMARY KEY,
  user_id     TEXT    NOT NULL,
  channel_id  TEXT    NOT NULL,
  post_id     TEXT    NOT NULL, -- empty until it is posted
  name        TEXT    NOT NULL,
  extension   TEXT    NOT NULL,
  mime_type   TEXT    NOT NULL,
  size        INTEGER NOT NULL,
  width       INTEGER NOT NULL,
  height      INTEGER NOT NULL,
  create_at   INTEGER NOT NULL,
  update_at   INTEGER NOT NULL,
  delete_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX files_by_post ON files (post_id) WHERE post_id <> '';
CREATE INDEX files_by_channel ON files (channel_id, create_at);

CREATE TABLE uploads (
  id          TEXT    NOT NULL PRIMARY KEY,
  user_id     TEXT    NOT NULL,
  channel_id  TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  size        INTEGER NOT NULL,
  offset      INTEGER NOT NULL,
  create_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX uploads_by_user ON uploads (user_id, create_at);

CREATE TABLE emoji (
  id         TEXT    NOT NULL PRIMARY KEY,
  name       TEXT    NOT NULL,
  creator_id TEXT    NOT NULL,
  mime_type  TEXT    NOT NULL,
  create_at  INTEGER NOT NULL,
  update_at  INTEGER NOT NULL,
  delete_at  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX emoji_by_name ON emoji (name) WHERE delete_at = 0;

CREATE TABLE categories (
  id           TEXT    NOT NULL PRIMARY KEY,
  user_id      TEXT    NOT NULL,
  team_id      TEXT    NOT NULL,
  type         TEXT    NOT NULL,
  display_name TEXT    NOT NULL,
  sorting      TEXT    NOT NULL,
  is_muted     INTEGER NOT NULL,
  is_collapsed INTEGER NOT NULL,
  position     INTEGER NOT NULL
) STRICT;
CREATE INDEX categories_by_user ON categories (user_id, team_id, position);

CREATE TABLE category_channels (
  category_id TEXT    NOT NULL REFERENCES categories (id) ON DELETE CASCADE,
  channel_id  TEXT    NOT NULL,
  position    INTEGER NOT NULL,
  PRIMARY KEY (category_id, channel_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE flags (
  name     TEXT NOT NULL PRIMARY KEY,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE facts (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
