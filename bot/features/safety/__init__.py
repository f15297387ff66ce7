"""Looking after agents: check-ins, duress, availability."""
