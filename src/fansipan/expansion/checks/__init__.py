"""What is refused before anything is solved: contradictions in a system."""
