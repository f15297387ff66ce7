"""What people see: pure functions from the desk's things to words and buttons."""
