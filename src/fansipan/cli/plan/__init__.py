"""`fansipan plan`."""
