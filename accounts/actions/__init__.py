"""Every verb of accounts that writes."""

from accounts.actions.notifications import (
    forget_notifications,
    read_all_notifications,
    read_notifications,
    see_notifications,
)
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
from accounts.actions.uploading import (
    append_to_upload,
    begin_upload,
    cancel_upload,
    count_stored,
    release_uploads,
    resume_upload,
    sweep_uploads,
)

__all__ = [
    "PRIVACY_FIELDS",
    "PROFILE_FIELDS",
    "accept_follow",
    "append_to_upload",
    "apply_age_defaults",
    "begin_upload",
    "block",
    "cancel_upload",
    "count_stored",
    "deactivate",
    "decline_follow",
    "end_sessions",
    "evidence_of",
    "follow",
    "forget_notifications",
    "keep_birthdays",
    "reactivate",
    "read_all_notifications",
    "read_notifications",
    "release_uploads",
    "remove_avatar",
    "remove_follower",
    "report",
    "resume_upload",
    "see_notifications",
    "set_avatar",
    "sweep_uploads",
    "unblock",
    "unfollow",
    "update_privacy",
    "update_profile",
]
