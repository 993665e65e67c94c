"""The planning system of a province: its tables, what the register adds, scenarios, slices, accounting."""
