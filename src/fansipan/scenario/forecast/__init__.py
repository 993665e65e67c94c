"""Forecasts of monthly series: a guarded median of four models, calibrated intervals (rules F1.. of docs/methods)."""
