"""The upload form: server-rendered pages that work without scripts."""
