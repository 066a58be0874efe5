"""The shop's shapes in REST."""
