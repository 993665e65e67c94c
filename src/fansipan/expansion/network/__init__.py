"""From the tables of a system to the arrays that the constraints read."""
