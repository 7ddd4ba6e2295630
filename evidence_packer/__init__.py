"""Readings to facts to findings to bundle to deliveries: what the product is about."""
