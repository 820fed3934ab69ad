DELETE FROM lengths WHERE id = 7;
DELETE FROM notes WHERE id = 7;
