"""The chat app's pages."""

from django.urls import path

from chat import views

app_name = "chat"

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/requests/", views.requests_tray, name="requests"),
    path("chat/unread/", views.unread, name="unread"),
    path("chat/new/", views.new_conversation, name="new"),
    path("chat/new/people/", views.people, name="people"),
    path("chat/with/<str:username>/", views.direct_with, name="with"),
    path("chat/<uuid:conversation_id>/", views.conversation, name="conversation"),
    path("chat/<uuid:conversation_id>/older/", views.older, name="older"),
    path("chat/<uuid:conversation_id>/accept/", views.accept, name="accept"),
    path("chat/<uuid:conversation_id>/decline/", views.decline, name="decline"),
    path("chat/<uuid:conversation_id>/info/", views.info, name="info"),
    path("chat/<uuid:conversation_id>/info/people/", views.add_people, name="add_people"),
    path(
        "chat/<uuid:conversation_id>/info/people/<str:username>/remove/",
        views.remove_person,
        name="remove_person",
    ),
    path("chat/<uuid:conversation_id>/leave/", views.leave, name="leave"),
    path("share/<str:kind>/<uuid:object_id>/", views.share, name="share"),
]
