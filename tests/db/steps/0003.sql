CREATE INDEX notes_of_person ON notes (person);
