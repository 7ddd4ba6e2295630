"""One file per file type that can be read; found by walking this folder."""
