"""Project finance: cash flow, what it is worth, how far it can go wrong, and what the province has of it."""
