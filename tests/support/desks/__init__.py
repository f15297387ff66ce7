"""Desks as they run in the field: processes of their own, which can be started, killed and told to end."""
