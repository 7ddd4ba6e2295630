"""Untrusted bytes to Readings: the only room that sees what was uploaded."""
