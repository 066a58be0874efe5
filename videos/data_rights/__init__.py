"""What videos give of a person and how they let go of one (R46); how long they keep what has its
time."""

from videos.data_rights.exporting import EXPORTER
from videos.data_rights.keeping import RETENTION
from videos.data_rights.purging import PURGER

__all__ = ["EXPORTER", "PURGER", "RETENTION"]
