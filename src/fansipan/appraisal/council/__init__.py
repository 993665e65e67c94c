"""The council: its roster, its marks compared alike, and what must be said of them."""
