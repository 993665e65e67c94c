"""OSeMOSYS models as otoole folders of CSV files, read into the planning engine."""
