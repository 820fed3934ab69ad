-- Full text. The index holds no text of its own (external content) and forgets for
-- real (secure-delete). Triggers keep it when a text changes, moves or goes, and leave
-- an unchanged text alone. What is added is indexed by the statement that follows its
-- INSERT: a trigger there would write the index out after each row. No sizes of rows
-- are kept: nothing is ranked, results are newest first by rowid.

CREATE VIRTUAL TABLE message_words USING fts5 (
  message,
  content = 'messages',
  content_rowid = 'seq',
  tokenize = 'uc_words remove_diacritics 2',
  columnsize = 0
);
INSERT INTO message_words (message_words, rank) VALUES ('secure-delete', 1);
INSERT INTO message_words (message_words) VALUES ('rebuild');

CREATE TRIGGER messages_words_delete AFTER DELETE ON messages
WHEN old.message <> ''
BEGIN
  INSERT INTO message_words (message_words, rowid, message)
  VALUES ('delete', old.seq, old.message);
END;

CREATE TRIGGER messages_words_update AFTER UPDATE OF seq, message ON messages
WHEN old.message IS NOT new.message OR old.seq IS NOT new.seq
BEGIN
  INSERT INTO message_words (message_words, rowid, message)
  SELECT 'delete', old.seq, old.message WHERE old.message <> '';
  INSERT INTO message_words (rowid, message)
  SELECT new.seq, new.message WHERE new.message <> '';
END;
