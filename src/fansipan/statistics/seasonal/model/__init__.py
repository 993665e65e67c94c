"""The regARIMA model of a series: Tết windows, given regressors, choice, settlement."""
