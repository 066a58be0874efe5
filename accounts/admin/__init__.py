"""The staff's door to people, their relations, reports and jobs: it reads, and calls actions."""

from accounts.admin import jobs, links, people, reports
from accounts.admin.base import ReadOnlyAdmin

__all__ = ["ReadOnlyAdmin", "jobs", "links", "people", "reports"]
