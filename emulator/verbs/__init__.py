"""Acts of people: each module is one part of `emulator.telegram.Telegram`, in a person's words."""
