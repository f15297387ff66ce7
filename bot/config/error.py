"""The refusal of a configuration, in a file of its own so that the command line need not load what reads one."""


class ConfigError(Exception):
    """The configuration can't be used. The text is one line: the key, and what is expected there."""
