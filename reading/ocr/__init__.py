"""Text recognition: the contract of an engine, its passes over a page, further engines."""
