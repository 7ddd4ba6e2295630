"""Sentence blocks: one file per thing a letter talks about, each ``write(scene) -> paragraphs``."""
