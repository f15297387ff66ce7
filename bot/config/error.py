"""The refusal of a configuration, in a file of its own so that the command line need not load what reads one."""


class ConfigError(Exception):
    """The configuration can't be used; ``lines`` has one for each mistake: the key, and what is expected there.

    The text is one line: the first of them, and how many more there are.
    """

    def __init__(self, *lines: str) -> None:
        more = f" (and {len(lines) - 1} more: gad check)" if len(lines) > 1 else ""
        super().__init__(f"{lines[0]}{more}")
        self.lines = lines
