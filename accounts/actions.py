"""Every verb of accounts that writes."""


def keep_birthdays() -> int:
    """Ask the relation observers again for everybody whose age changed today; answer how many."""
    return 0
