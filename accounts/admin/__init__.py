"""The staff's door to people, their relations, reports and jobs: it reads, and calls actions."""

from accounts.admin import audit, cases, jobs, links, people, regions, replies, screening
from accounts.admin.base import ReadOnlyAdmin

__all__ = [
    "ReadOnlyAdmin",
    "audit",
    "cases",
    "jobs",
    "links",
    "people",
    "regions",
    "replies",
    "screening",
]
