"""Who is told of what: webhooks, their outbox, reminders."""
