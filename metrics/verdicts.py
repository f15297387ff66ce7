"""Answers to a call of Telegram's, as labels: a closed set, however many codes there are."""

TAKEN = "taken"
# The codes that say something of their own; of the others the class is enough.
CODES = ("400", "401", "403", "404", "409", "429", "4xx", "5xx", "other")
# It never left; somebody else answered; it left and no answer came; the desk itself failed at it.
NO_VERDICT = ("not_sent", "broken", "unknown", "stumbled")
VERDICTS = (TAKEN, *CODES, *NO_VERDICT)


def verdict_of(code: int) -> str:
    """The label of a refusal's code."""
    if str(code) in CODES:
        return str(code)
    return f"{code // 100}xx" if code // 100 in (4, 5) else "other"


def verdict_in(outcome: str) -> str:
    """The label of an outcome in a word, or of a code as it is written."""
    return verdict_of(int(outcome)) if outcome.isdecimal() else outcome
