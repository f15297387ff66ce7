"""Repositories of the core: tasks, people, units, lists, searches."""
