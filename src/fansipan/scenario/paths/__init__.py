"""Joint paths of the months ahead, and the figures and chances read from them."""
