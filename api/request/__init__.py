"""What every request passes: gate, sessions, body, language, problems, idempotency."""
