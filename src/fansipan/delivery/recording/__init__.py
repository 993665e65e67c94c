"""Recording milestones, obstacles and steps."""
