"""Slips: in how many letters two words differ, as fingers in a hurry make them differ."""

SLIPS = 2
"""The most that is counted."""


def slips(typed: str, meant: str) -> int:
    """Letters that are missing, too many, wrong or in the wrong order (Damerau-Levenshtein); ``SLIPS`` + 1 for more."""
    if abs(len(typed) - len(meant)) > SLIPS:
        return SLIPS + 1
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(typed, start=1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(meant, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == wanted:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return min(row[-1], SLIPS + 1)
