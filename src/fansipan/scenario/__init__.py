"""Forecasts, growth scenarios, simulation and the gap to plan."""
