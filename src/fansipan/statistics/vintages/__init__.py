"""Figures as known on any date: publishing freezes them with a digest, revisions are shown and traced to returns."""
