"""The pages of zones and of calls for investment."""
