"""Words in, one core command, a view out."""
