UPDATE notes SET text = upper (text);
DELETE FROM tags WHERE note = 1;
DELETE FROM lengths WHERE id = 1;
DELETE FROM notes WHERE id = 1;
