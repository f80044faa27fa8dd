"""What happened: words for events of PLOVER's types, with who did it and to whom, as written."""
