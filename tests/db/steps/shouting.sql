UPDATE notes SET text = upper (text);
