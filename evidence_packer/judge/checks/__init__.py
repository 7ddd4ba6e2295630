"""One check per file; each says what it judges."""
