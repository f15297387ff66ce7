"""Databases: connections, transactions, errors, schema revisions."""
