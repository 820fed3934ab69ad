-- For the counts that the server's lists are completed with: what was pushed after a list
-- was made. Without these, every channel of a list reads all messages since its last one.

CREATE INDEX messages_mentioning ON messages (channel) WHERE mentions_me = 1;
CREATE INDEX messages_in_total ON messages (channel) WHERE in_total = 1;
