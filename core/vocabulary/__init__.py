"""The desk's words: closed sets, places, civil time, commands, events, refusals."""
