"""From the text of cells to checked frames, with every fault and its place."""
