-- History with holes, and what waits to be sent.

-- Stretches of complete history; between two lies a hole. They never overlap.
CREATE TABLE spans (
  channel       INTEGER NOT NULL REFERENCES channels,
  lo_seq        INTEGER NOT NULL,
  hi_seq        INTEGER NOT NULL,
  reaches_start INTEGER NOT NULL,
  reaches_tip   INTEGER NOT NULL,
  PRIMARY KEY (channel, lo_seq),
  CHECK (lo_seq <= hi_seq)
) WITHOUT ROWID;

-- Everything that is needed to send lies in the row itself, so that it can be saved
-- from a damaged store. post_key is the key of the message it works on.
CREATE TABLE outbox (
  number        INTEGER PRIMARY KEY AUTOINCREMENT,
  op_id         TEXT    NOT NULL UNIQUE,
  kind          INTEGER NOT NULL,
  state         INTEGER NOT NULL,
  user_id       TEXT    NOT NULL,
  channel_id    TEXT    NOT NULL,
  root_id       TEXT    NOT NULL,
  post_id       TEXT    NOT NULL,
  post_key      TEXT    NOT NULL,
  waits_for     TEXT,
  message       TEXT    NOT NULL,
  props         TEXT    NOT NULL,
  emoji_name    TEXT    NOT NULL,
  last_known_id TEXT    NOT NULL,
  reason        TEXT,
  tries         INTEGER NOT NULL,
  queued_at_ms  INTEGER NOT NULL,
  first_try_ms  INTEGER NOT NULL,
  next_try_ms   INTEGER NOT NULL
);
CREATE INDEX outbox_of_message ON outbox (post_key);
CREATE INDEX outbox_failed ON outbox (channel_id) WHERE state = 5;
CREATE INDEX outbox_waiting ON outbox (waits_for) WHERE waits_for IS NOT NULL;

CREATE TABLE outbox_files (
  op_id      TEXT    NOT NULL REFERENCES outbox (op_id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  file_id    TEXT    NOT NULL,
  local_path TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  extension  TEXT    NOT NULL,
  mime_type  TEXT    NOT NULL,
  size_bytes INTEGER NOT NULL,
  width      INTEGER NOT NULL,
  height     INTEGER NOT NULL,
  PRIMARY KEY (op_id, position)
) WITHOUT ROWID;

-- The operation that made a message; is_local: it was written in this store, and the
-- operation's id is what the screen knows it by. is_pushed: it came over a stream that
-- is in order, so all before it came too. in_total: the channel's total was raised for
-- it here. is_counted: a post of a kind that the server counts at all.
ALTER TABLE messages ADD COLUMN op_id TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN is_local INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN is_pushed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN in_total INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN mentions_me INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN is_counted INTEGER NOT NULL DEFAULT 1;
UPDATE messages
   SET is_counted = 0
 WHERE type IN ('system_join_leave', 'system_add_remove', 'system_join_channel',
                'system_leave_channel', 'system_join_team', 'system_leave_team',
                'system_add_to_channel', 'system_remove_from_channel', 'system_add_to_team',
                'system_remove_from_team', 'system_guest_join_channel',
                'system_add_guest_to_chan', 'system_ephemeral');
CREATE UNIQUE INDEX messages_by_op ON messages (op_id) WHERE is_local = 1;
