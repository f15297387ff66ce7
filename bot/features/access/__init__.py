"""Who is in: asking for access, invitations, roles, the roster, help."""
