"""Measures of industry - editing, imputation, output value, index, contributions, seasonal adjustment, vintages."""
