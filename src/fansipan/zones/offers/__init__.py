"""What a zone offers an investor: zones side by side, and needs matched with reasons (rule Z25)."""
