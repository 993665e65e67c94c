"""`fansipan zones`."""
