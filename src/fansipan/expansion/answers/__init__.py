"""What is asked of a plan: outcome, bottlenecks, diagnosis, alternatives, frontier, uncertainty."""
