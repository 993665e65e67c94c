"""The planning model - what fits the province, where and when."""
