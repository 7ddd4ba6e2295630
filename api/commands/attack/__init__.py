"""The own installation under attack: a throw-away service is started and every drill of ``api/drills`` is tried on it."""
