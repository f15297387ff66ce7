"""One person's turn: from an update in the inbox to its answer."""
