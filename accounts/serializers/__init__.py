"""The shapes that the REST door of accounts speaks."""

from accounts.serializers.notifications import (
    ActorSerializer,
    NotificationChangesSerializer,
    NotificationPageSerializer,
    NotificationSerializer,
    ReadNotificationsSerializer,
    SeenNotificationsSerializer,
    StandingOfNotificationsSerializer,
)
from accounts.serializers.people import (
    AvatarSerializer,
    CapabilitiesSerializer,
    CardSerializer,
    MeSerializer,
    NewReportSerializer,
    PersonSerializer,
    ProfileSerializer,
    RelationSerializer,
    ReportSerializer,
    ResumableUploadSerializer,
    TicketSerializer,
)

__all__ = [
    "ActorSerializer",
    "AvatarSerializer",
    "CapabilitiesSerializer",
    "CardSerializer",
    "MeSerializer",
    "NewReportSerializer",
    "NotificationChangesSerializer",
    "NotificationPageSerializer",
    "NotificationSerializer",
    "PersonSerializer",
    "ProfileSerializer",
    "ReadNotificationsSerializer",
    "RelationSerializer",
    "ReportSerializer",
    "ResumableUploadSerializer",
    "SeenNotificationsSerializer",
    "StandingOfNotificationsSerializer",
    "TicketSerializer",
]
