-- The last flags document of the server, for when there is no server.

CREATE TABLE flags (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  revision INTEGER NOT NULL,
  document TEXT    NOT NULL
);
