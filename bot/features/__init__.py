"""Features: each handler turns words or a press into one core command and a view."""
