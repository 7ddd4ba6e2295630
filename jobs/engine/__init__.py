"""Who does what when: the durable engine, worker processes, dispatch, periodic work."""
