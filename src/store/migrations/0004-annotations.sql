-- What messages are about. History from before gets placeholders (source 0), in
-- batches; new messages get theirs when they are written.

CREATE TABLE annotations (
  seq        INTEGER PRIMARY KEY REFERENCES messages ON UPDATE CASCADE ON DELETE CASCADE,
  category   INTEGER NOT NULL DEFAULT 0,
  priority   INTEGER NOT NULL DEFAULT 0,
  source     INTEGER NOT NULL DEFAULT 0,
  confidence REAL    NOT NULL DEFAULT 0,
  model      TEXT    NOT NULL DEFAULT '',
  actions    TEXT    NOT NULL DEFAULT '',
  at_ms      INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX annotations_missing ON annotations (seq) WHERE source = 0;
CREATE INDEX annotations_by_category ON annotations (category) WHERE source > 0;
CREATE INDEX annotations_by_priority ON annotations (priority) WHERE source > 0;
