"""The desk as operators and programs see it: health, instruments, and the HTTP API beside the chats."""
