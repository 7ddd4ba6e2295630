"""One file per thing that a reading can tell."""
