"""The shapes that the REST door of accounts speaks."""

from accounts.serializers.data import DeletionSerializer, ExportSerializer
from accounts.serializers.devices import (
    DeviceListSerializer,
    DeviceSerializer,
    NewDeviceSerializer,
)
from accounts.serializers.notification_preferences import (
    NotificationPreferencesChangeSerializer,
    NotificationPreferencesSerializer,
)
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
    PersonSerializer,
    ProfileSerializer,
    RelationSerializer,
    ResumableUploadSerializer,
    TicketSerializer,
    UploadPartSerializer,
)
from accounts.serializers.words import BlockedHostsField

__all__ = [
    "ActorSerializer",
    "AvatarSerializer",
    "BlockedHostsField",
    "CapabilitiesSerializer",
    "CardSerializer",
    "DeletionSerializer",
    "DeviceListSerializer",
    "DeviceSerializer",
    "ExportSerializer",
    "MeSerializer",
    "NewDeviceSerializer",
    "NotificationChangesSerializer",
    "NotificationPageSerializer",
    "NotificationPreferencesChangeSerializer",
    "NotificationPreferencesSerializer",
    "NotificationSerializer",
    "PersonSerializer",
    "ProfileSerializer",
    "ReadNotificationsSerializer",
    "RelationSerializer",
    "ResumableUploadSerializer",
    "SeenNotificationsSerializer",
    "StandingOfNotificationsSerializer",
    "TicketSerializer",
    "UploadPartSerializer",
]
