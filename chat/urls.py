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
    path("chat/<uuid:conversation_id>/history/", views.history, name="history"),
    path("chat/<uuid:conversation_id>/pins/", views.pins, name="pins"),
    path("chat/<uuid:conversation_id>/forward/", views.forward, name="forward"),
    path("chat/<uuid:conversation_id>/thread/<int:seq>/", views.thread, name="thread"),
    path("chat/<uuid:conversation_id>/message/<int:seq>/", views.message, name="message"),
    path(
        "chat/<uuid:conversation_id>/message/<int:seq>/<str:part>/",
        views.message_part,
        name="message_part",
    ),
    path("chat/<uuid:conversation_id>/accept/", views.accept, name="accept"),
    path("chat/<uuid:conversation_id>/decline/", views.decline, name="decline"),
    path("chat/<uuid:conversation_id>/info/", views.info, name="info"),
    path("chat/<uuid:conversation_id>/info/people/", views.add_people, name="add_people"),
    path(
        "chat/<uuid:conversation_id>/info/people/<str:username>/remove/",
        views.remove_person,
        name="remove_person",
    ),
    path("chat/<uuid:conversation_id>/polls/", views.list_polls, name="polls"),
    path("chat/<uuid:conversation_id>/polls/new/", views.new_poll, name="new_poll"),
    path("chat/<uuid:conversation_id>/polls/<int:seq>/vote/", views.vote, name="vote"),
    path(
        "chat/<uuid:conversation_id>/polls/<int:seq>/options/",
        views.add_option,
        name="poll_options",
    ),
    path("chat/<uuid:conversation_id>/polls/<int:seq>/close/", views.close_poll, name="close_poll"),
    path("chat/<uuid:conversation_id>/polls/<int:seq>/voters/", views.voters, name="voters"),
    path("chat/<uuid:conversation_id>/leave/", views.leave, name="leave"),
    path("share/<str:kind>/<uuid:object_id>/", views.share, name="share"),
]
