"""What the events have made of tasks, people and units."""
