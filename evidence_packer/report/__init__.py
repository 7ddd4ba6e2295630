"""The report: what was found, as data and on paper, for the operator only."""
