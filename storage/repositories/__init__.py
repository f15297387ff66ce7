"""What the core reads and writes: tasks, people, units, lists, searches."""
