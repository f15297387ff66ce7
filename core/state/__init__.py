"""State of tasks, people and units, as the events made it."""
