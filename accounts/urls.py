"""The accounts app's pages."""

from django.urls import path, re_path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("@<str:username>/", views.profile, name="profile"),
    path("@<str:username>/followers/", views.followers, name="followers"),
    path("@<str:username>/following/", views.following, name="following"),
    path("@<str:username>/follow/", views.follow, name="follow"),
    path("@<str:username>/bell/", views.bell, name="bell"),
    path("@<str:username>/block/", views.block, name="block"),
    path("@<str:username>/remove/", views.remove_follower, name="remove_follower"),
    path("report/<slug:kind>/<uuid:object_id>/", views.report, name="report"),
    path("settings/reports/", views.reports, name="reports"),
    path("activity/", views.activity, name="activity"),
    path("activity/read/", views.read_activity, name="read_activity"),
    path("activity/standing/", views.activity_standing, name="activity_standing"),
    path("activity/<uuid:notification_id>/", views.open_activity, name="open_activity"),
    path("activity/<uuid:notification_id>/place/", views.follow_activity, name="follow_activity"),
    path("settings/", views.settings, name="settings"),
    path("settings/profile/", views.save_profile, name="save_profile"),
    path("settings/privacy/", views.save_privacy, name="save_privacy"),
    path("settings/preferences/", views.save_preferences, name="save_preferences"),
    path("settings/notifications/", views.notification_settings, name="notification_settings"),
    path("mail/stop/<str:token>/", views.stop_digest, name="stop_digest"),
    path("settings/avatar/", views.avatar_change, name="avatar_change"),
    path("settings/sessions/end/", views.end_sessions, name="end_sessions"),
    path("settings/devices/", views.devices, name="devices"),
    path("settings/devices/<uuid:device_id>/remove/", views.remove_device, name="remove_device"),
    path("settings/follow-requests/", views.follow_requests, name="follow_requests"),
    path("settings/follow-requests/<str:username>/", views.answer_request, name="answer_request"),
    re_path(r"^media/(?P<name>avatars/[\w-]+\.webp)$", views.avatar, name="avatar"),
    re_path(r"^media/(?P<name>links/[\w-]+\.webp)$", views.link_picture, name="link_picture"),
]
