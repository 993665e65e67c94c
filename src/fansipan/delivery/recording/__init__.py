"""delivery/recording."""
