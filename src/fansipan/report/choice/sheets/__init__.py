"""The sheets that a council signs: Word and Excel, Vietnamese with English."""
