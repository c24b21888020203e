"""What is said: candidates, their parts, how they are ranked, and why one was chosen."""
