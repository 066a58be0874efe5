"""Every verb of accounts that writes."""

from accounts.actions.people import deactivate, keep_birthdays, reactivate
from accounts.actions.profile import (
    PRIVACY_FIELDS,
    PROFILE_FIELDS,
    apply_age_defaults,
    remove_avatar,
    set_avatar,
    update_privacy,
    update_profile,
)
from accounts.actions.relations import (
    accept_follow,
    block,
    decline_follow,
    follow,
    remove_follower,
    unblock,
    unfollow,
)
from accounts.actions.reporting import evidence_of, report
from accounts.actions.sessions import end_sessions

__all__ = [
    "PRIVACY_FIELDS",
    "PROFILE_FIELDS",
    "accept_follow",
    "apply_age_defaults",
    "block",
    "deactivate",
    "decline_follow",
    "end_sessions",
    "evidence_of",
    "follow",
    "keep_birthdays",
    "reactivate",
    "remove_avatar",
    "remove_follower",
    "report",
    "set_avatar",
    "unblock",
    "unfollow",
    "update_privacy",
    "update_profile",
]
