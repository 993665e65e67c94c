"""Forecasts of monthly series: four guarded models combined, calibrated intervals (rules F1.. of docs/methods)."""
