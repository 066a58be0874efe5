"""How far back one looks."""

LENGTHS = (28, 90, 365)


def days_of(text: str) -> int:
    """One of LENGTHS; 28 for everything else."""
    return int(text) if text in {str(length) for length in LENGTHS} else LENGTHS[0]
