"""One file per thing the service does."""
