"""What stands in the way of a backup or of bringing it back."""


class Unusable(Exception):
    """A sentence for whoever runs it; nothing was changed unless it says so."""
