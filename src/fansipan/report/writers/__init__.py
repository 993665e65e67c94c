"""Writers of content: HTML, Excel, Word, terminal."""
