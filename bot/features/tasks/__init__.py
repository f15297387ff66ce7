"""Tasks: made, assigned, worked on, noted, listed, looked up."""
