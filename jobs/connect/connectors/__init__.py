"""One file a service: what it sends, how that is proved, where a pack goes back."""
