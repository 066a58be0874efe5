"""People and what all apps share: relations, tickets, the outbox."""

from accounts.models.age_refusal import AgeRefusal
from accounts.models.appeal import Appeal
from accounts.models.audit import AuditEntry, AuditHead
from accounts.models.case import Case
from accounts.models.case_note import CaseNote
from accounts.models.data_request import Export
from accounts.models.decision import Decision
from accounts.models.device import Device
from accounts.models.entitlement import Entitlement
from accounts.models.guardian_link import GuardianLink, GuardianLook, PairingCode
from accounts.models.idempotency import KeptAnswer
from accounts.models.link import LinkBlock, LinkCard, LinkHost
from accounts.models.notification import (
    Notification,
    NotificationActor,
    NotificationChoice,
    NotificationLine,
)
from accounts.models.notification_preferences import NotificationPreferences
from accounts.models.outbox import OutboxJob
from accounts.models.region_rule import RegionRule
from accounts.models.relation import (
    Block,
    Follow,
    Standing,
    relation_between,
    relations_of,
    standing_between,
    unblocked,
)
from accounts.models.report import Report
from accounts.models.saved_reply import SavedReply
from accounts.models.screen_time import Guesses, Passcode, ScreenDay, TimeRequest
from accounts.models.screening import HashList, KnownHash, KnownSoundMark, ScreeningHit
from accounts.models.sign_in import SecurityEvent, SignIn
from accounts.models.strike import Strike
from accounts.models.ticket import SocketTicket
from accounts.models.timetable import BeatSlot, Canary
from accounts.models.tombstone import Tombstone
from accounts.models.transparency import TransparencyTotal
from accounts.models.upload import Upload
from accounts.models.user import User

__all__ = [
    "AgeRefusal",
    "Appeal",
    "AuditEntry",
    "AuditHead",
    "BeatSlot",
    "Block",
    "Canary",
    "Case",
    "CaseNote",
    "Decision",
    "Device",
    "Entitlement",
    "Export",
    "Follow",
    "GuardianLink",
    "GuardianLook",
    "Guesses",
    "HashList",
    "KeptAnswer",
    "KnownHash",
    "KnownSoundMark",
    "LinkBlock",
    "LinkCard",
    "LinkHost",
    "Notification",
    "NotificationActor",
    "NotificationChoice",
    "NotificationLine",
    "NotificationPreferences",
    "OutboxJob",
    "PairingCode",
    "Passcode",
    "RegionRule",
    "Report",
    "SavedReply",
    "ScreenDay",
    "ScreeningHit",
    "SecurityEvent",
    "SignIn",
    "SocketTicket",
    "Standing",
    "Strike",
    "TimeRequest",
    "Tombstone",
    "TransparencyTotal",
    "Upload",
    "User",
    "relation_between",
    "relations_of",
    "standing_between",
    "unblocked",
]
