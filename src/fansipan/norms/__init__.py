"""The law's figures by date of effect, each with decree and article."""
