"""The work book: job kinds and everything that keeps their results."""
