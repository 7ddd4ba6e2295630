"""Sentence blocks by family: what a letter can talk about; found by walking this folder."""
