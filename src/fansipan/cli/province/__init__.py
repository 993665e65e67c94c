"""The commands on the tables of a province."""
