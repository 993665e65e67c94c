"""The law's tests of zones."""
