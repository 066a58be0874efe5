"""The HTML door of accounts: profiles, settings, requests, reports."""

from accounts.views.activity import activity, activity_standing, open_activity, read_activity
from accounts.views.devices import devices, follow_activity, remove_device
from accounts.views.links import link_picture
from accounts.views.notification_preferences import notification_settings, stop_digest
from accounts.views.people import (
    answer_request,
    avatar,
    avatar_change,
    bell,
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
    "bell",
    "block",
    "devices",
    "end_sessions",
    "follow",
    "follow_activity",
    "follow_requests",
    "followers",
    "following",
    "link_picture",
    "notification_settings",
    "open_activity",
    "profile",
    "read_activity",
    "remove_device",
    "remove_follower",
    "report",
    "reports",
    "save_preferences",
    "save_privacy",
    "save_profile",
    "settings",
    "stop_digest",
]
