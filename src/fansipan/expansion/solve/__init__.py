"""Solving a network: the plan, its relaxation, a warm start, recourse, the deterministic equivalent."""
