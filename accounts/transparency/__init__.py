"""The public totals of moderation (R42, DSA Art. 24): counted by a job, read from a table."""

from accounts.transparency.counting import count, count_current
from accounts.transparency.periods import bounds, half_of
from accounts.transparency.shown import Section, sections

__all__ = ["Section", "bounds", "count", "count_current", "half_of", "sections"]
