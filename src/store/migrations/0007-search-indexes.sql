-- For searches by operators alone, which walk an index instead of the store, and for the
-- graves of deleted roots. Each index ends with the key, so these give the order too.

CREATE INDEX messages_of_user ON messages (user) WHERE delete_at_ms = 0;
CREATE INDEX messages_with_files ON messages (delete_at_ms)
  WHERE delete_at_ms = 0 AND file_ids <> '';
CREATE INDEX messages_with_reactions ON messages (has_reactions) WHERE has_reactions = 1;
-- What a deleted message is pinned for is its replies.
CREATE INDEX messages_graves ON messages (channel) WHERE is_pinned = 1 AND delete_at_ms > 0;
