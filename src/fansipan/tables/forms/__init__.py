"""Blank forms and the data dictionary, from the declarations."""
