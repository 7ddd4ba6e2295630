"""One file per front page."""
