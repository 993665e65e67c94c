"""`fansipan scenario`."""
