"""People of all roles who do anything at all, a world that fails beside them, and an oracle at the end."""
