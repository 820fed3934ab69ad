UPDATE notes SET text = upper (text), person = 3 - person WHERE id < 10;
