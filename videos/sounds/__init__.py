"""Sounds: heard, told apart, imported, found. Knows paths and rows, no requests."""
