"""Keeping all that Medley has, and bringing it back (docs/operations.md, "Backup and restore").

The database comes first, then the files: a row without its file would be a hole, a file without its
row is swept up. Restoring, it is the other way round: the files are there before anybody asks.
"""

from config.backup.folder import Report, back_up, restore
from config.backup.problems import Unusable

__all__ = ["Report", "Unusable", "back_up", "restore"]
