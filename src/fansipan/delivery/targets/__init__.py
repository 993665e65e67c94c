"""delivery/targets."""
