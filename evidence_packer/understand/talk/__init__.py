"""Conversations on pages: which lines are one message, who wrote it, and what is meant by it."""
