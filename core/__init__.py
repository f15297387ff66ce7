"""The dispatch desk: rules and decisions. No chat, no database, no network, no clock."""
