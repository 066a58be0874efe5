"""The HTML door of accounts: profiles, settings, requests, reports."""

from accounts.views.activity import activity, activity_standing, open_activity, read_activity
from accounts.views.data import ask_for_copy, data, delete_account, fetch_copy, left
from accounts.views.decisions import decision, decisions, house_rules
from accounts.views.devices import devices, follow_activity, remove_device
from accounts.views.family import (
    answer_time,
    consent_family,
    end_family,
    family,
    family_code,
    family_join,
    family_link,
    family_passcode,
    tighten_family,
)
from accounts.views.links import link_picture
from accounts.views.notification_preferences import notification_settings, stop_digest
from accounts.views.people import (
    answer_request,
    avatar,
    bell,
    block,
    follow,
    follow_requests,
    followers,
    following,
    profile,
    remove_follower,
)
from accounts.views.privacy import privacy
from accounts.views.reports import report, report_made, reports
from accounts.views.screen_time import (
    screen_ask,
    screen_passcode,
    screen_time,
    screen_unlock,
)
from accounts.views.security import end_session, end_sessions, security
from accounts.views.settings import avatar_change, preferences, profile_settings, settings
from accounts.views.standing import how_you_stand, standing_acts, standing_copy
from accounts.views.transparency import transparency, transparency_csv
from accounts.views.viewing_as import view_as

__all__ = [
    "activity",
    "activity_standing",
    "answer_request",
    "answer_time",
    "ask_for_copy",
    "avatar",
    "avatar_change",
    "bell",
    "block",
    "consent_family",
    "data",
    "decision",
    "decisions",
    "delete_account",
    "devices",
    "end_family",
    "end_session",
    "end_sessions",
    "family",
    "family_code",
    "family_join",
    "family_link",
    "family_passcode",
    "fetch_copy",
    "follow",
    "follow_activity",
    "follow_requests",
    "followers",
    "following",
    "house_rules",
    "how_you_stand",
    "left",
    "link_picture",
    "notification_settings",
    "open_activity",
    "preferences",
    "privacy",
    "profile",
    "profile_settings",
    "read_activity",
    "remove_device",
    "remove_follower",
    "report",
    "report_made",
    "reports",
    "screen_ask",
    "screen_passcode",
    "screen_time",
    "screen_unlock",
    "security",
    "settings",
    "standing_acts",
    "standing_copy",
    "stop_digest",
    "tighten_family",
    "transparency",
    "transparency_csv",
    "view_as",
]
