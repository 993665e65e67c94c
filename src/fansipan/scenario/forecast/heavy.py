"""Loaded once by the server that working processes are forked from: importing statsforecast takes seconds."""

import statsforecast.ces
import statsforecast.ets
import statsforecast.theta

__all__ = ["statsforecast"]
