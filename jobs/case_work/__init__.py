"""One case: its kinds of work, the steps it passes, and the tools they share."""
