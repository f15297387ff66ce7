"""Access: asking for access, invitations, roles, the roster, help."""
