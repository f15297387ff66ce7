"""The HTTP API for programs: the same desk as in the chats, through the same commands."""
