"""The doors: HTTP, upload form, command line; settings and wiring."""
