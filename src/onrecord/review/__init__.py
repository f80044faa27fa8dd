"""What people say of what was found: verdicts, the log they go to, and the record as it reads with them applied."""
