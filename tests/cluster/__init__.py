"""Several processes of one desk, on PostgreSQL and Redis, behind a load balancer; any of them may die at any time."""
