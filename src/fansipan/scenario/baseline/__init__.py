"""The lines of a province and what carries them forward: seasons, water, commissioning."""
