"""What operators and programs see of the desk: health, instruments, and the HTTP API beside the chats."""
