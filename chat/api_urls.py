"""The chat app's part of the REST API."""

from django.urls import include, path

from chat import api

conversation = [
    path("", api.ConversationDoor.as_view(), name="conversation"),
    path("messages/", api.Messages.as_view(), name="messages"),
    path("messages/<int:seq>/", api.MessageDoor.as_view(), name="message"),
    path("messages/<int:seq>/reactions/", api.Reactions.as_view(), name="reactions"),
    path("changes/", api.Changes.as_view(), name="changes"),
    path("read/", api.Read.as_view(), name="read"),
    path("typing/", api.Typing.as_view(), name="typing"),
    path("members/", api.Members.as_view(), name="members"),
    path("members/<str:username>/", api.MemberDoor.as_view(), name="member"),
    path("leave/", api.Leave.as_view(), name="leave"),
    path("accept/", api.Accept.as_view(), name="accept-conversation"),
    path("decline/", api.Decline.as_view(), name="decline-conversation"),
]

urlpatterns = [
    path("conversations/", api.Conversations.as_view(), name="conversations"),
    path("conversations/requests/", api.Requests.as_view(), name="conversation-requests"),
    path("conversations/<uuid:pk>/", include(conversation)),
    path("shares/", api.Shares.as_view(), name="shares"),
]
