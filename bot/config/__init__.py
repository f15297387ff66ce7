"""The configuration: keys, defaults, value types, and where they are read from."""
