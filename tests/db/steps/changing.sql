UPDATE notes SET text = 'other' WHERE id = 7;
