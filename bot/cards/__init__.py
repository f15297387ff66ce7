"""A task's card: what one reader sees of it, and which buttons stand below."""
