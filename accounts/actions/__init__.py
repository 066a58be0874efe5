"""Every verb of accounts that writes."""

from accounts.actions.devices import forget_devices, register_device, remove_device
from accounts.actions.direct_uploads import join_parts, sign_parts
from accounts.actions.exports import ask_for_export
from accounts.actions.leaving import come_back, leave_medley
from accounts.actions.linking import (
    apply_link_blocks,
    block_hosts,
    hosts_in,
    refetch_link_card,
    remove_link_card,
    unblock_hosts,
)
from accounts.actions.notification_preferences import (
    NOTIFICATION_PREFERENCES,
    choose_notifications,
)
from accounts.actions.notifications import (
    forget_notifications,
    read_all_notifications,
    read_notifications,
    see_notifications,
)
from accounts.actions.people import keep_birthdays
from accounts.actions.profile import (
    PRIVACY_FIELDS,
    PROFILE_FIELDS,
    apply_age_defaults,
    remove_avatar,
    set_avatar,
    update_privacy,
    update_profile,
)
from accounts.actions.regions import switch_off, switch_on
from accounts.actions.relations import (
    accept_follow,
    block,
    decline_follow,
    follow,
    remove_follower,
    set_bell,
    unblock,
    unfollow,
)
from accounts.actions.reporting import evidence_of, report
from accounts.actions.sessions import (
    end_session,
    end_sessions,
    note_leaked_password,
    note_security,
    note_session,
)
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
    "NOTIFICATION_PREFERENCES",
    "PRIVACY_FIELDS",
    "PROFILE_FIELDS",
    "accept_follow",
    "append_to_upload",
    "apply_age_defaults",
    "apply_link_blocks",
    "ask_for_export",
    "begin_upload",
    "block",
    "block_hosts",
    "cancel_upload",
    "choose_notifications",
    "come_back",
    "count_stored",
    "decline_follow",
    "end_session",
    "end_sessions",
    "evidence_of",
    "follow",
    "forget_devices",
    "forget_notifications",
    "hosts_in",
    "join_parts",
    "keep_birthdays",
    "leave_medley",
    "note_leaked_password",
    "note_security",
    "note_session",
    "read_all_notifications",
    "read_notifications",
    "refetch_link_card",
    "register_device",
    "release_uploads",
    "remove_avatar",
    "remove_device",
    "remove_follower",
    "remove_link_card",
    "report",
    "resume_upload",
    "see_notifications",
    "set_avatar",
    "set_bell",
    "sign_parts",
    "sweep_uploads",
    "switch_off",
    "switch_on",
    "unblock",
    "unblock_hosts",
    "unfollow",
    "update_privacy",
    "update_profile",
]
