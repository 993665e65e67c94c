"""Vietnam's statistics office: its monthly workbooks, read into the table of official figures."""
