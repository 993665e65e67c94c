"""The members that a forecast combines."""
