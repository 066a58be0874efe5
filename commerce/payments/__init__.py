"""Paying: the port to providers, providers, and the one place where a payment changes."""
