"""Case to letter: composes classified sentences with citations and sets them as PDF and plain text."""
