"""Office files as what is set on pages: words, tables and pictures in their order."""
