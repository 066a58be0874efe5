"""Faults against the whole of Medley under load, and a checker of its promises: `make chaos`."""
