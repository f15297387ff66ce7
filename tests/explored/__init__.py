"""An exhaustive search over what a small desk can come to: every order of a few acts, with every promise checked."""
