"""The first GRUPO_GAD under the same k6, on this kind of machine: what each report has beside its own figures."""

# Requests a second of 50 users who do one thing alone.
FIRST = {"health": "374", "list": "98–127", "createAndRead": "51–91"}
LABELS = {"health": "health", "list": "a page of a list", "createAndRead": "create a task"}
CREATE_P95 = "1.0 to 1.7 s"


def in_a_line() -> str:
    """All of it, for a report."""
    each = ", ".join(f"{LABELS[kind]} {rate}" for kind, rate in FIRST.items())
    return f"the first GRUPO_GAD, 50 users who do one thing alone, a second: {each} (p95 {CREATE_P95})"
