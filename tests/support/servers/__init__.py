"""Real servers for tests: PostgreSQL and Redis from wheels, or those that ``GAD_TEST_*_URL`` name."""
