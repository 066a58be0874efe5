"""The accounts app's part of the REST API."""

from django.urls import path

from accounts.api import (
    ages,
    data,
    decisions,
    devices,
    families,
    notification_preferences,
    notifications,
    people,
    sessions,
    transparency,
    uploads,
)

urlpatterns = [
    path("users/", people.People.as_view(), name="users"),
    path("users/<str:username>/", people.Profile.as_view(), name="user"),
    path("users/<str:username>/follow/", people.FollowDoor.as_view(), name="follow"),
    path("users/<str:username>/bell/", people.BellDoor.as_view(), name="bell"),
    path("users/<str:username>/block/", people.BlockDoor.as_view(), name="block"),
    path("users/<str:username>/followers/", people.Followers.as_view(), name="followers"),
    path("users/<str:username>/following/", people.Following.as_view(), name="following"),
    path("me/", people.Me.as_view(), name="me"),
    path("me/avatar/", people.MyAvatar.as_view(), name="my-avatar"),
    path(
        "me/notifications/",
        notification_preferences.MyNotificationPreferences.as_view(),
        name="my-notifications",
    ),
    path("me/decisions/", decisions.MyDecisions.as_view(), name="my-decisions"),
    path("me/decisions/<uuid:decision_id>/", decisions.MyDecision.as_view(), name="my-decision"),
    path(
        "me/decisions/<uuid:decision_id>/appeal/", decisions.MyAppeal.as_view(), name="my-appeal"
    ),
    path("me/blocks/", people.MyBlocks.as_view(), name="my-blocks"),
    path("me/deletion/", data.MyDeletion.as_view(), name="my-deletion"),
    path("me/export/", data.MyExport.as_view(), name="my-export"),
    path("me/export/<uuid:export_id>/", data.MyExportFile.as_view(), name="my-export-file"),
    path("me/devices/", devices.Devices.as_view(), name="my-devices"),
    path("me/devices/<uuid:device_id>/", devices.OneDevice.as_view(), name="my-device"),
    path("me/sessions/", sessions.Sessions.as_view(), name="my-sessions"),
    path("me/sessions/<uuid:sign_in_id>/", sessions.OneSession.as_view(), name="my-session"),
    path("me/security-events/", sessions.SecurityEvents.as_view(), name="my-security-events"),
    path("me/followers/<str:username>/", people.FollowerDoor.as_view(), name="my-follower"),
    path("me/follow-requests/", people.FollowRequests.as_view(), name="follow-requests"),
    path("me/follow-requests/<str:username>/accept/", people.AcceptFollow.as_view(), name="accept"),
    path(
        "me/follow-requests/<str:username>/decline/", people.DeclineFollow.as_view(), name="decline"
    ),
    path("me/family/", families.Family.as_view(), name="my-family"),
    path("me/family/codes/", families.FamilyCodes.as_view(), name="my-family-codes"),
    path(
        "me/family/time/<uuid:request_id>/", families.AnswerTime.as_view(), name="my-family-time"
    ),
    path("me/family/<uuid:link_id>/", families.FamilyLink.as_view(), name="my-family-link"),
    path(
        "me/family/<uuid:link_id>/consent/", families.Consent.as_view(), name="my-family-consent"
    ),
    path("me/family/<uuid:link_id>/seen/", families.SeenOfTeen.as_view(), name="my-family-seen"),
    path(
        "me/family/<uuid:link_id>/passcode/",
        families.GuardianPasscode.as_view(),
        name="my-family-passcode",
    ),
    path("me/age-correction/", ages.AgeCorrection.as_view(), name="my-age-correction"),
    path("me/screen-time/", families.ScreenTime.as_view(), name="my-screen-time"),
    path("me/screen-time/passcode/", families.MyPasscode.as_view(), name="my-passcode"),
    path("me/screen-time/unlock/", families.Unlock.as_view(), name="my-screen-unlock"),
    path("me/screen-time/requests/", families.AskForMore.as_view(), name="my-screen-request"),
    path("notifications/", notifications.Notifications.as_view(), name="notifications"),
    path("notifications/changes/", notifications.Changes.as_view(), name="notification-changes"),
    path("notifications/seen/", notifications.Seen.as_view(), name="notifications-seen"),
    path("notifications/read/", notifications.Read.as_view(), name="notifications-read"),
    path("reports/", people.Reports.as_view(), name="reports"),
    path("transparency/", transparency.Transparency.as_view(), name="transparency"),
    path(
        "transparency/<str:period>/",
        transparency.Transparency.as_view(),
        name="transparency-of",
    ),
    path("uploads/", uploads.Uploads.as_view(), name="uploads"),
    path("uploads/<uuid:upload_id>/", uploads.OneUpload.as_view(), name="upload"),
    path("socket-tickets/", people.SocketTickets.as_view(), name="socket-tickets"),
]
