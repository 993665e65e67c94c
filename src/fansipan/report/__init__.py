"""Figures, charts, pages, Word and Excel from one content model."""
