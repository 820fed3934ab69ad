-- Legal holds: what retention must leave alone. channel_id '' is every conversation;
-- since_ms and until_ms are the ends of the time that is held, 0 an open end. By the
-- server's ids: a hold outlives what it holds.

CREATE TABLE holds (
  hold       INTEGER PRIMARY KEY,
  channel_id TEXT    NOT NULL,
  since_ms   INTEGER NOT NULL,
  until_ms   INTEGER NOT NULL,
  reason     TEXT    NOT NULL,
  set_at_ms  INTEGER NOT NULL,
  CHECK (until_ms = 0 OR since_ms <= until_ms)
);
