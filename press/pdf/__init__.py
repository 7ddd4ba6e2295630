"""PDF assembly by pikepdf: placing pictures and pages untouched, labels, outline, links, reading back."""
