"""How good the scenario's forecasts would have been: rolling origin over the province's history (rules BT of docs)."""
