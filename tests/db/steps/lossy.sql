DELETE FROM notes WHERE id = 7;
