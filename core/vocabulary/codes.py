"""Codes of tasks: ``T-000123``."""


def code_of(task_id: int) -> str:
    """``123`` → ``T-000123``."""
    return f"T-{task_id:06d}"


def id_of(code: str) -> int | None:
    """``T-000123``, ``t-123`` or ``123`` → 123; None for anything else, or what no desk will ever reach."""
    digits = code.strip().removeprefix("T-").removeprefix("t-")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 15 else None
