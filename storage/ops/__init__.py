"""What operators do with a database: migrate, back up, move, lock."""
