"""Questions that change nothing: plans, reasons, allowed actions, lists."""
