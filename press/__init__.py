"""The printing craft: HTML to PDF, PDF assembly, images, fonts. Knows no case."""
