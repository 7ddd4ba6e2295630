"""From what pages say to evidence: coverage, contradictions, timeline, checks."""
