"""report/month."""
