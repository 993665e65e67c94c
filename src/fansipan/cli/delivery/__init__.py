"""The commands of delivery and targets."""
