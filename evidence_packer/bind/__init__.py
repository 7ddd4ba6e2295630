"""From evidence to what is sent: plan, front pages, bundle, deliveries."""
