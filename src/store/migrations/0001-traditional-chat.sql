-- The traditional chat: people, teams, channels, messages, files, drafts. Integer keys
-- inside, the server's 26-character ids UNIQUE beside them; the key of a message
-- carries its time, so that one index serves order, pages and search.

CREATE TABLE facts (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- A person who was only named so far (is_known = 0) has nothing but an id.
CREATE TABLE users (
  user                     INTEGER PRIMARY KEY,
  id                       TEXT    NOT NULL UNIQUE,
  is_known                 INTEGER NOT NULL DEFAULT 0,
  username                 TEXT    NOT NULL DEFAULT '',
  first_name               TEXT    NOT NULL DEFAULT '',
  last_name                TEXT    NOT NULL DEFAULT '',
  nickname                 TEXT    NOT NULL DEFAULT '',
  position                 TEXT    NOT NULL DEFAULT '',
  email                    TEXT    NOT NULL DEFAULT '',
  roles                    TEXT    NOT NULL DEFAULT '',
  locale                   TEXT    NOT NULL DEFAULT '',
  bot_description          TEXT    NOT NULL DEFAULT '',
  custom_status_emoji      TEXT    NOT NULL DEFAULT '',
  custom_status_text       TEXT    NOT NULL DEFAULT '',
  custom_status_expires_ms INTEGER NOT NULL DEFAULT 0,
  notify_props             TEXT,
  timezone                 TEXT,
  create_at_ms             INTEGER NOT NULL DEFAULT 0,
  update_at_ms             INTEGER NOT NULL DEFAULT 0,
  delete_at_ms             INTEGER NOT NULL DEFAULT 0,
  last_picture_update_ms   INTEGER NOT NULL DEFAULT 0,
  is_bot                   INTEGER NOT NULL DEFAULT 0,
  is_mfa_active            INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX users_by_name ON users (username);

-- What a name can be completed from: every word of every name, case folded.
CREATE TABLE user_words (
  word TEXT    NOT NULL,
  user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
  PRIMARY KEY (word, user)
) WITHOUT ROWID;
CREATE INDEX user_words_of_user ON user_words (user);

CREATE TABLE teams (
  team              INTEGER PRIMARY KEY,
  id                TEXT    NOT NULL UNIQUE,
  name              TEXT    NOT NULL,
  display_name      TEXT    NOT NULL,
  description       TEXT    NOT NULL,
  email             TEXT    NOT NULL,
  company_name      TEXT    NOT NULL,
  allowed_domains   TEXT    NOT NULL,
  invite_id         TEXT    NOT NULL,
  type              TEXT    NOT NULL,
  allow_open_invite INTEGER NOT NULL,
  create_at_ms      INTEGER NOT NULL,
  update_at_ms      INTEGER NOT NULL,
  delete_at_ms      INTEGER NOT NULL
);

-- A channel that was left, or only named so far, is not joined; its messages stay.
-- The total is the server's, as of counted_at_ms, and what was pushed since.
CREATE TABLE channels (
  channel              INTEGER PRIMARY KEY,
  id                   TEXT    NOT NULL UNIQUE,
  is_joined            INTEGER NOT NULL DEFAULT 0,
  team_id              TEXT    NOT NULL DEFAULT '',
  name                 TEXT    NOT NULL DEFAULT '',
  display_name         TEXT    NOT NULL DEFAULT '',
  header               TEXT    NOT NULL DEFAULT '',
  purpose              TEXT    NOT NULL DEFAULT '',
  creator_id           TEXT    NOT NULL DEFAULT '',
  type                 INTEGER NOT NULL DEFAULT 0,
  create_at_ms         INTEGER NOT NULL DEFAULT 0,
  update_at_ms         INTEGER NOT NULL DEFAULT 0,
  delete_at_ms         INTEGER NOT NULL DEFAULT 0,
  last_post_at_ms      INTEGER NOT NULL DEFAULT 0,
  total_msg_count      INTEGER NOT NULL DEFAULT 0,
  total_msg_count_root INTEGER NOT NULL DEFAULT 0,
  counted_at_ms        INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX channels_by_name ON channels (name);

-- One's own memberships.
CREATE TABLE members (
  channel                 INTEGER PRIMARY KEY REFERENCES channels,
  user_id                 TEXT    NOT NULL,
  roles                   TEXT    NOT NULL,
  notify_desktop          TEXT    NOT NULL,
  notify_push             TEXT    NOT NULL,
  notify_email            TEXT    NOT NULL,
  ignore_channel_mentions TEXT    NOT NULL,
  is_muted                INTEGER NOT NULL,
  last_viewed_at_ms       INTEGER NOT NULL,
  last_update_at_ms       INTEGER NOT NULL,
  read_msg_count          INTEGER NOT NULL,
  read_msg_count_root     INTEGER NOT NULL,
  mention_count           INTEGER NOT NULL,
  mention_count_root      INTEGER NOT NULL
);

CREATE TABLE preferences (
  category TEXT NOT NULL,
  name     TEXT NOT NULL,
  value    TEXT NOT NULL,
  user_id  TEXT NOT NULL,
  PRIMARY KEY (category, name)
) WITHOUT ROWID;

-- seq = create_at_ms << 12 | n. A deleted message stays, without its text, so that a
-- page that was fetched earlier does not bring it back.
CREATE TABLE messages (
  seq              INTEGER PRIMARY KEY,
  id               TEXT    NOT NULL UNIQUE,
  channel          INTEGER NOT NULL REFERENCES channels,
  user             INTEGER NOT NULL REFERENCES users,
  root_id          TEXT    NOT NULL,
  type             TEXT    NOT NULL,
  message          TEXT    NOT NULL,
  props            TEXT    NOT NULL,
  hashtags         TEXT    NOT NULL,
  file_ids         TEXT    NOT NULL,
  override_name    TEXT,
  create_at_ms     INTEGER NOT NULL,
  update_at_ms     INTEGER NOT NULL,
  edit_at_ms       INTEGER NOT NULL,
  delete_at_ms     INTEGER NOT NULL,
  last_reply_at_ms INTEGER NOT NULL,
  reply_count      INTEGER NOT NULL,
  is_pinned        INTEGER NOT NULL,
  has_reactions    INTEGER NOT NULL,
  is_from_bot      INTEGER NOT NULL,
  has_metadata     INTEGER NOT NULL
);
-- Each index ends with the key, so these give the order too.
CREATE INDEX messages_of_channel ON messages (channel) WHERE delete_at_ms = 0;
CREATE INDEX messages_pinned ON messages (is_pinned) WHERE is_pinned = 1;
CREATE INDEX messages_of_thread ON messages (root_id) WHERE root_id <> '';

CREATE TABLE reactions (
  seq          INTEGER NOT NULL REFERENCES messages ON UPDATE CASCADE ON DELETE CASCADE,
  user         INTEGER NOT NULL REFERENCES users,
  emoji_name   TEXT    NOT NULL,
  create_at_ms INTEGER NOT NULL,
  PRIMARY KEY (seq, user, emoji_name)
) WITHOUT ROWID;

CREATE TABLE files (
  file         INTEGER PRIMARY KEY,
  id           TEXT    NOT NULL UNIQUE,
  seq          INTEGER REFERENCES messages ON UPDATE CASCADE ON DELETE CASCADE,
  user_id      TEXT    NOT NULL,
  post_id      TEXT    NOT NULL,
  channel_id   TEXT    NOT NULL,
  name         TEXT    NOT NULL,
  extension    TEXT    NOT NULL,
  mime_type    TEXT    NOT NULL,
  mini_preview TEXT,
  local_path   TEXT,
  size_bytes   INTEGER NOT NULL,
  width        INTEGER NOT NULL,
  height       INTEGER NOT NULL,
  has_preview  INTEGER NOT NULL,
  create_at_ms INTEGER NOT NULL,
  update_at_ms INTEGER NOT NULL,
  delete_at_ms INTEGER NOT NULL
);
CREATE INDEX files_of_message ON files (seq);

-- By the server's ids: drafts outlive everything else.
CREATE TABLE drafts (
  channel_id   TEXT    NOT NULL,
  root_id      TEXT    NOT NULL,
  text         TEXT    NOT NULL,
  update_at_ms INTEGER NOT NULL,
  PRIMARY KEY (channel_id, root_id)
) WITHOUT ROWID;
