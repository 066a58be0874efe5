"""What the shop gives of a person and how it lets go of one (R46); how long it keeps what has its
time."""

from commerce.data_rights.exporting import EXPORTER
from commerce.data_rights.keeping import RETENTION
from commerce.data_rights.purging import PURGER

__all__ = ["EXPORTER", "PURGER", "RETENTION"]
