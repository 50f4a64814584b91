"""What is demanded of implementations, and the command line that demands it."""
