"""The API: one file for each resource, and what the description says of it."""
