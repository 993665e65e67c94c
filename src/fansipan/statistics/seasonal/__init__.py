"""Seasonal adjustment and regARIMA modelling by X-13ARIMA-SEATS, with Tết windows (rules SA1.. of docs/methods)."""
