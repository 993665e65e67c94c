"""Bilateral formulas, sampled prices, chaining and splicing."""
