"""`fansipan index`."""
