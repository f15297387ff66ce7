"""The dispatch desk: rules and decisions. No channel, no database, no network, no clock."""
