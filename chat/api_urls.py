"""The chat app's part of the REST API."""

from django.urls import include, path

from chat.api import conversation, inbox, members, messages, polls, shares

one = [
    path("", conversation.ConversationDoor.as_view(), name="conversation"),
    path("messages/", messages.Messages.as_view(), name="messages"),
    path("messages/<int:seq>/", messages.MessageDoor.as_view(), name="message"),
    path("messages/<int:seq>/reactions/", messages.Reactions.as_view(), name="reactions"),
    path("messages/<int:seq>/poll/votes/", polls.Votes.as_view(), name="poll-votes"),
    path("messages/<int:seq>/poll/options/", polls.PollOptions.as_view(), name="poll-options"),
    path("messages/<int:seq>/poll/close/", polls.PollClosing.as_view(), name="poll-close"),
    path("polls/", polls.Polls.as_view(), name="polls"),
    path("changes/", conversation.Changes.as_view(), name="changes"),
    path("read/", conversation.Read.as_view(), name="read"),
    path("typing/", conversation.Typing.as_view(), name="typing"),
    path("members/", members.Members.as_view(), name="members"),
    path("members/<str:username>/", members.MemberDoor.as_view(), name="member"),
    path("leave/", conversation.Leave.as_view(), name="leave"),
    path("accept/", conversation.Accept.as_view(), name="accept-conversation"),
    path("decline/", conversation.Decline.as_view(), name="decline-conversation"),
]

urlpatterns = [
    path("conversations/", inbox.Conversations.as_view(), name="conversations"),
    path("conversations/requests/", inbox.Requests.as_view(), name="conversation-requests"),
    path("conversations/<uuid:pk>/", include(one)),
    path("shares/", shares.Shares.as_view(), name="shares"),
]
