"""The constraints of the planning model, one function each, with its inequality."""
