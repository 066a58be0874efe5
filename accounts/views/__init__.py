"""The HTML door of accounts: profiles, settings, requests, reports."""

from accounts.views.activity import activity, activity_standing, open_activity, read_activity
from accounts.views.people import (
    answer_request,
    avatar,
    avatar_change,
    block,
    end_sessions,
    follow,
    follow_requests,
    followers,
    following,
    profile,
    remove_follower,
    save_preferences,
    save_privacy,
    save_profile,
    settings,
)
from accounts.views.reports import report, reports

__all__ = [
    "activity",
    "activity_standing",
    "answer_request",
    "avatar",
    "avatar_change",
    "block",
    "end_sessions",
    "follow",
    "follow_requests",
    "followers",
    "following",
    "open_activity",
    "profile",
    "read_activity",
    "remove_follower",
    "report",
    "reports",
    "save_preferences",
    "save_privacy",
    "save_profile",
    "settings",
]
