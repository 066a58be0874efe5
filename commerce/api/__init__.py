"""The shop's REST door."""
