"""Stories: people with phones, a desk, a clock that is moved; PTB talks HTTP to the emulator."""
