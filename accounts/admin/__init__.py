"""The staff's door to people, their relations, reports and jobs: it reads, and calls actions."""

from accounts.admin import cases, jobs, links, people, regions, reports
from accounts.admin.base import ReadOnlyAdmin

__all__ = ["ReadOnlyAdmin", "cases", "jobs", "links", "people", "regions", "reports"]
