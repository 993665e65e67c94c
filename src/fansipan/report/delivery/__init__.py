"""The pages of delivery and of the meeting."""
